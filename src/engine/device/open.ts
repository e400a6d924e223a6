import type { BackendChoice, ProbeFigures } from '../../protocol/device';
import { LabError } from '../errors';
import { openCpuDevice } from './cpu';
import type { Device } from './device';
import { compareSteps, type ProbedWork, type StepTimes } from './probe';
import type { WebGpuDevice } from './webgpu';

/** What the choice by measurement needs from above: the device knows neither training nor where it runs. */
export interface ProbeEnvironment {
  /** Training steps, ready to be timed on a device. */
  prepare(device: Device): Promise<ProbedWork>;
  /** Milliseconds. */
  now(): number;
  /** Names and versions of the browser and of the lab: what was measured with others says nothing of these. */
  browser: string;
  lab: string;
  /** What earlier probes measured, on any adapter. */
  known: readonly ProbeFigures[];
}

/**
 * Opens the backend that was asked for. `auto` takes the faster of WebGPU, whether a GPU or the CPU plays it, and the CPU backend, by a
 * measurement of some milliseconds or by what is known of an earlier one; the CPU backend where there is no WebGPU.
 *
 * @throws LabError `no-webgpu` where WebGPU was asked for by name and isn't there
 */
export async function openDevice(choice: BackendChoice, environment: ProbeEnvironment): Promise<Device> {
  if (choice === 'cpu') {
    return openCpuDevice('You chose the CPU backend.');
  }
  const adapter = await findAdapter();
  if (typeof adapter === 'string') {
    if (choice === 'webgpu') {
      throw new LabError(
        'no-webgpu',
        adapter,
        'Take the CPU backend in the settings, or a browser with WebGPU (Chrome, Edge, Safari 26, Firefox 141 or newer).',
      );
    }
    return openCpuDevice(`${adapter} The lab uses its CPU backend: the same numbers, slower.`);
  }
  const machine = { adapter: nameOf(adapter), browser: environment.browser, lab: environment.lab };
  const known = environment.known.find((figures) => isOf(figures, machine)) ?? null;
  if (choice === 'auto' && known && !isWebGpuFaster(known)) {
    // tfjs weighs more than the lab: it is loaded only where WebGPU is used.
    return cpuByProbe(known);
  }
  let webgpu: WebGpuDevice | null = null;
  try {
    const { openWebGpuDevice } = await import('./tfjs');
    webgpu = await openWebGpuDevice('You chose WebGPU.');
    if (choice === 'webgpu') {
      webgpu.report.probe = known;
      if (webgpu.report.software) webgpu.report.reason = 'You chose WebGPU; rendering is software: the CPU plays the GPU.';
      return webgpu;
    }
    const figures = known ?? { ...machine, ...(await probe(webgpu, environment)), measuredAt: Date.now() };
    if (!isWebGpuFaster(figures)) {
      await webgpu.close();
      return cpuByProbe(figures);
    }
    webgpu.report.probe = figures;
    webgpu.report.reason = webgpu.report.software
      ? `Rendering is software (the CPU plays the GPU), and still faster than the CPU backend: ${compared(figures)}.`
      : `WebGPU on your own GPU is faster than the CPU backend: ${compared(figures)}.`;
    return webgpu;
  } catch (error) {
    if (choice === 'webgpu') throw error;
    await webgpu?.close();
    const why = error instanceof Error ? error.message : String(error);
    return openCpuDevice(`WebGPU is there but did not work (${why}). The lab uses its CPU backend: the same numbers, slower.`);
  }
}

async function probe(webgpu: WebGpuDevice, { prepare, now }: ProbeEnvironment): Promise<StepTimes> {
  const prepared: ProbedWork[] = [];
  try {
    for (const device of [webgpu, openCpuDevice('')]) prepared.push(await prepare(device));
    const [onWebGpu, onCpu] = prepared;
    return await compareSteps(onWebGpu.time, onCpu.time, now);
  } finally {
    for (const work of prepared) work.free();
  }
}

function isWebGpuFaster({ webgpuStepMs, cpuStepMs }: StepTimes): boolean {
  return webgpuStepMs < cpuStepMs;
}

function isOf(figures: ProbeFigures, machine: Pick<ProbeFigures, 'adapter' | 'browser' | 'lab'>): boolean {
  return figures.adapter === machine.adapter && figures.browser === machine.browser && figures.lab === machine.lab;
}

function cpuByProbe(figures: ProbeFigures): Device {
  const device = openCpuDevice(`The CPU backend is faster here than WebGPU on ${figures.adapter}: ${compared(figures)}.`);
  device.report.probe = figures;
  return device;
}

/** The shorter time first. */
function compared({ webgpuStepMs, cpuStepMs }: StepTimes): string {
  const [less, more] = [webgpuStepMs, cpuStepMs].sort((a, b) => a - b);
  return `${less.toFixed(2)} ms against ${more.toFixed(2)} ms a training step`;
}

/** The adapter that tfjs opens, or one sentence why there is none. */
async function findAdapter(): Promise<GPUAdapter | string> {
  if (typeof navigator === 'undefined' || !navigator.gpu) {
    return 'This browser has no WebGPU.';
  }
  const adapter = await navigator.gpu.requestAdapter({ powerPreference: 'high-performance' }).catch(() => null);
  return adapter ?? 'This browser has WebGPU, but no adapter for this machine’s GPU.';
}

/** All that the browser tells of an adapter. */
function nameOf({ info }: GPUAdapter): string {
  const { vendor, architecture, device, description } = info;
  return [vendor, architecture, device, description].filter(Boolean).join(' ') || 'an unnamed GPU';
}
