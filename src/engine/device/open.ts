import type { BackendChoice } from '../../protocol/device';
import { LabError } from '../errors';
import { openCpuDevice } from './cpu';
import type { Device } from './device';
import type { WebGpuDevice } from './webgpu';

/** Milliseconds of a training step on a device. Passed in, since the device knows no training. */
export type Probe = (device: Device) => Promise<number>;

/**
 * Opens the backend that was asked for. `auto` takes WebGPU on a real GPU; where it is missing, the CPU backend; where it is played by the
 * CPU, whichever of the two is faster, by the probe.
 *
 * @throws LabError `no-webgpu` where WebGPU was asked for by name and isn't there
 */
export async function openDevice(choice: BackendChoice, probe: Probe): Promise<Device> {
  if (choice === 'cpu') {
    return openCpuDevice('You chose the CPU backend.');
  }
  const missing = await whyNoWebGpu();
  if (missing !== null) {
    if (choice === 'webgpu') {
      throw new LabError(
        'no-webgpu',
        missing,
        'Take the CPU backend in the settings, or a browser with WebGPU (Chrome, Edge, Safari 26, Firefox 141 or newer).',
      );
    }
    return openCpuDevice(`${missing} The lab uses its CPU backend: the same numbers, slower.`);
  }
  // tfjs weighs more than the lab: it is loaded only where WebGPU is used.
  const { openWebGpuDevice } = await import('./tfjs');
  if (choice === 'webgpu') {
    const device = await openWebGpuDevice('You chose WebGPU.');
    return device.report.software ? withReason(device, 'You chose WebGPU; rendering is software: the CPU plays the GPU.') : device;
  }
  let webgpu: WebGpuDevice | null = null;
  try {
    webgpu = await openWebGpuDevice('WebGPU on your own GPU.');
    return webgpu.report.software ? await chooseByProbe(webgpu, probe) : webgpu;
  } catch (error) {
    await webgpu?.close();
    const why = error instanceof Error ? error.message : String(error);
    return openCpuDevice(`WebGPU is there but did not work (${why}). The lab uses its CPU backend: the same numbers, slower.`);
  }
}

async function chooseByProbe(webgpu: WebGpuDevice, probe: Probe): Promise<Device> {
  const webgpuStepMs = await probe(webgpu);
  const cpuStepMs = await probe(openCpuDevice(''));
  const measured = `${webgpuStepMs.toFixed(1)} ms against ${cpuStepMs.toFixed(1)} ms a training step`;
  if (webgpuStepMs < cpuStepMs) {
    Object.assign(webgpu.report, { probe: { webgpuStepMs, cpuStepMs } });
    return withReason(webgpu, `Rendering is software (the CPU plays the GPU), and still faster than the CPU backend: ${measured}.`);
  }
  await webgpu.close();
  const cpu = openCpuDevice(
    `WebGPU here is a software emulation (${webgpu.report.name}), and the CPU backend is faster: ${cpuStepMs.toFixed(1)} ms against ${webgpuStepMs.toFixed(1)} ms a training step.`,
  );
  Object.assign(cpu.report, { probe: { webgpuStepMs, cpuStepMs } });
  return cpu;
}

function withReason(device: WebGpuDevice, reason: string): WebGpuDevice {
  device.report.reason = reason;
  return device;
}

/** One sentence, or null where an adapter is there. */
async function whyNoWebGpu(): Promise<string | null> {
  if (typeof navigator === 'undefined' || !navigator.gpu) {
    return 'This browser has no WebGPU.';
  }
  const adapter = await navigator.gpu.requestAdapter().catch(() => null);
  return adapter ? null : 'This browser has WebGPU, but no adapter for this machine’s GPU.';
}
