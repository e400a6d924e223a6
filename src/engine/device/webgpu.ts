/**
 * The WebGPU twin of the device. tfjs opens the backend and owns the `GPUDevice`; buffers, pipelines and submits are ours, on that same
 * device, so that a training step is a fixed list of dispatches in one submit.
 */
import type { DeviceReport } from '../../protocol/device';
import { LabError } from '../errors';
import { checkRange, checkSize, countCreated, countDestroyed, newCounters } from './counters';
import type { Device, DeviceBuffer, Dispatch, ElementType, Kernel, Params, Program, Role, StepValues, TypedArray } from './device';
import type { Recorder } from './recorder';
import { RoleTimer } from './role-timer';
import { alignmentOf, packParams, packStep, shaderSource, stepBytes } from './wgsl';

/** `minUniformBufferOffsetAlignment` of every device by default. */
const uniformAlignment = 256;
/** Programs that one submit may hold: room of the step uniforms. */
const maxWorkPerSubmit = 256;

/** How long after a failed read-back the notice of a lost device may come. */
const lossNoticeMs = 200;

interface GpuLabBuffer extends DeviceBuffer {
  gpu: GPUBuffer;
}

interface Pipeline {
  pipeline: GPUComputePipeline;
  layout: GPUBindGroupLayout;
}

interface GpuProgram extends Program {
  pipelines: GPUComputePipeline[];
  /** Made once, when the plan is compiled: a cached bind group makes a dispatch a third cheaper (15 against 23 microseconds). */
  bindGroups: GPUBindGroup[];
}

export class WebGpuDevice implements Device {
  readonly counters = newCounters();
  readonly maxBufferBytes: number;
  readonly lost: Promise<never>;
  private readonly pipelines = new Map<string, Promise<Pipeline>>();
  private readonly ready = new Map<string, Pipeline>();
  private readonly stepUniforms: GPUBuffer;
  private readonly stepStaging = new DataView(new ArrayBuffer(maxWorkPerSubmit * uniformAlignment));
  failure: LabError | null = null;
  recorder: Recorder | null = null;
  private timer: RoleTimer | null = null;
  private closed = false;

  constructor(
    readonly gpu: GPUDevice,
    readonly report: DeviceReport,
    private readonly release: () => void,
  ) {
    this.maxBufferBytes = Math.min(gpu.limits.maxStorageBufferBindingSize, gpu.limits.maxBufferSize);
    this.stepUniforms = gpu.createBuffer({
      label: 'step values',
      size: maxWorkPerSubmit * uniformAlignment,
      usage: GPUBufferUsage.UNIFORM | GPUBufferUsage.COPY_DST,
    });
    this.lost = gpu.lost.then((info) => {
      this.failure = new LabError(
        'device-lost',
        `The GPU device was lost (${info.message || info.reason || 'no reason given'}).`,
        'Run again: what was finished is kept; if it happens again, take the CPU backend in the settings.',
      );
      throw this.failure;
    });
    // Whoever waits for `lost` handles it; without a waiter it is no unhandled rejection.
    this.lost.catch(() => {});
    gpu.addEventListener('uncapturederror', (event) => {
      this.failure ??= new LabError(
        event.error instanceof GPUOutOfMemoryError ? 'out-of-memory' : 'unexpected',
        `The GPU refused the work: ${event.error.message}`,
        'Keep fewer words of the table, or take the CPU backend in the settings.',
      );
    });
  }

  createBuffer(label: string, type: ElementType, lengthOrData: number | TypedArray): DeviceBuffer {
    const length = typeof lengthOrData === 'number' ? lengthOrData : lengthOrData.length;
    checkSize(label, length * 4, this.maxBufferBytes);
    const gpu = this.gpu.createBuffer({
      label,
      // A binding must not be empty, and one that is taken by fours ends with a whole four.
      size: Math.max(Math.ceil(length / 4), 1) * 16,
      usage: GPUBufferUsage.STORAGE | GPUBufferUsage.COPY_SRC | GPUBufferUsage.COPY_DST,
    });
    countCreated(this.counters, length * 4);
    const buffer: GpuLabBuffer = { label, type, length, gpu };
    if (typeof lengthOrData !== 'number') {
      this.write(buffer, lengthOrData);
    }
    return buffer;
  }

  destroyBuffer(buffer: DeviceBuffer): void {
    gpuBuffer(buffer).destroy();
    countDestroyed(this.counters, buffer.length * 4);
  }

  write(buffer: DeviceBuffer, data: TypedArray, offset = 0): void {
    checkRange(buffer, offset, data.length);
    this.gpu.queue.writeBuffer(gpuBuffer(buffer), offset * 4, data as Float32Array<ArrayBuffer>);
    this.counters.uploadedBytes += data.length * 4;
  }

  copy(source: DeviceBuffer, target: DeviceBuffer): void {
    checkRange(target, 0, source.length);
    this.encode((encoder) => encoder.copyBufferToBuffer(gpuBuffer(source), 0, gpuBuffer(target), 0, source.length * 4));
  }

  clear(buffer: DeviceBuffer): void {
    this.encode((encoder) => encoder.clearBuffer(gpuBuffer(buffer)));
  }

  async read(buffer: DeviceBuffer, offset = 0, length = buffer.length - offset): Promise<TypedArray> {
    checkRange(buffer, offset, length);
    const size = Math.max(length * 4, 4);
    const staging = this.gpu.createBuffer({ label: 'read-back', size, usage: GPUBufferUsage.MAP_READ | GPUBufferUsage.COPY_DST });
    try {
      this.encode((encoder) => encoder.copyBufferToBuffer(gpuBuffer(buffer), offset * 4, staging, 0, length * 4));
      this.counters.maps++;
      await staging.mapAsync(GPUMapMode.READ).catch((error: unknown) => this.lostOr(error));
      this.throwFailure();
      const bytes = staging.getMappedRange(0, size).slice(0, length * 4);
      return buffer.type === 'f32' ? new Float32Array(bytes) : new Uint32Array(bytes);
    } finally {
      staging.destroy();
    }
  }

  async compile(dispatches: readonly Dispatch[]): Promise<Program> {
    await Promise.all(dispatches.map(({ kernel, params }) => this.pipeline(kernel, params)));
    return this.bind(dispatches);
  }

  /** The same at once: a pipeline that is not there yet is compiled on the spot, which blocks for up to seconds. */
  bind(dispatches: readonly Dispatch[]): Program {
    const compiled = dispatches.map(({ kernel, params }) => this.readyPipeline(kernel, params));
    const staging = new DataView(new ArrayBuffer(Math.max(1, dispatches.length) * uniformAlignment));
    dispatches.forEach(({ kernel, params }, i) => packParams(staging, i * uniformAlignment, kernel, params));
    const uniforms = this.gpu.createBuffer({
      label: 'params',
      size: staging.byteLength,
      usage: GPUBufferUsage.UNIFORM | GPUBufferUsage.COPY_DST,
    });
    countCreated(this.counters, staging.byteLength);
    this.gpu.queue.writeBuffer(uniforms, 0, staging.buffer);
    const bindGroups = dispatches.map(({ kernel, buffers }, i) =>
      this.gpu.createBindGroup({
        label: kernel.name,
        layout: compiled[i].layout,
        entries: [
          { binding: 0, resource: { buffer: this.stepUniforms, size: stepBytes } },
          { binding: 1, resource: { buffer: uniforms, offset: i * uniformAlignment, size: paramsBytes(kernel) } },
          ...kernel.bindings.map(({ name }, b) => ({ binding: b + 2, resource: { buffer: gpuBuffer(buffers[name]) } })),
        ],
      }),
    );
    const program: GpuProgram = {
      dispatches,
      pipelines: compiled.map(({ pipeline }) => pipeline),
      bindGroups,
      destroy: () => {
        uniforms.destroy();
        countDestroyed(this.counters, staging.byteLength);
      },
    };
    return program;
  }

  submit(work: readonly { program: Program; step: StepValues }[]): void {
    this.throwFailure();
    if (work.length > maxWorkPerSubmit) {
      throw new RangeError(`${work.length} steps in one submit; at most ${maxWorkPerSubmit}`);
    }
    work.forEach(({ step }, slot) => packStep(this.stepStaging, slot * uniformAlignment, step));
    this.gpu.queue.writeBuffer(this.stepUniforms, 0, this.stepStaging.buffer, 0, work.length * uniformAlignment);
    const { timer } = this;
    this.encode((encoder) => {
      // WebGPU orders the dispatches of a pass, and passes: each sees all that the ones before it wrote.
      let pass: GPUComputePassEncoder | null = null;
      let role: Role | undefined;
      for (const [slot, { program, step }] of work.entries()) {
        const { dispatches, pipelines, bindGroups } = program as GpuProgram;
        for (let i = 0; i < dispatches.length; i++) {
          const [x, y, z] = dispatches[i].kernel.workgroups(dispatches[i].params, step);
          if (x * y * z === 0) {
            continue;
          }
          if (pass === null || (timer !== null && dispatches[i].role !== role)) {
            pass?.end();
            role = dispatches[i].role;
            pass = encoder.beginComputePass(timer?.pass(role));
          }
          pass.setPipeline(pipelines[i]);
          pass.setBindGroup(0, bindGroups[i], [slot * uniformAlignment]);
          pass.dispatchWorkgroups(x, y, z);
          this.counters.dispatches++;
        }
      }
      pass?.end();
      timer?.resolve(encoder);
    });
    timer?.collect();
    this.counters.submits++;
  }

  async record(recorder: Recorder | null, splitSteps: boolean): Promise<void> {
    const { timer } = this;
    const timed = recorder !== null && splitSteps && this.gpu.features.has('timestamp-query');
    this.timer = timed ? new RoleTimer(this.gpu, recorder) : null;
    this.recorder = recorder;
    recorder?.timedBy(timed ? 'timestamps' : 'waiting');
    await timer?.close();
  }

  async close(): Promise<void> {
    if (this.closed) {
      return;
    }
    this.closed = true;
    this.stepUniforms.destroy();
    this.release();
    this.gpu.destroy();
  }

  private encode(commands: (encoder: GPUCommandEncoder) => void): void {
    const encoder = this.gpu.createCommandEncoder();
    commands(encoder);
    this.gpu.queue.submit([encoder.finish()]);
  }

  /** A read-back may fail a moment before the browser says that the device was lost: then that is the reason. */
  private async lostOr(error: unknown): Promise<never> {
    await Promise.race([this.lost, new Promise((resolve) => setTimeout(resolve, lossNoticeMs))]);
    throw error;
  }

  private throwFailure(): void {
    if (this.failure) {
      throw this.failure;
    }
  }

  private readyPipeline(kernel: Kernel, params: Params): Pipeline {
    const key = pipelineKey(kernel, params);
    const known = this.ready.get(key);
    if (known) {
      return known;
    }
    const { layout, descriptor } = this.describePipeline(kernel, params);
    const made = { pipeline: this.gpu.createComputePipeline(descriptor), layout };
    this.ready.set(key, made);
    return made;
  }

  private pipeline(kernel: Kernel, params: Params): Promise<Pipeline> {
    const key = pipelineKey(kernel, params);
    const known = this.pipelines.get(key);
    if (known) {
      return known;
    }
    const { layout, descriptor } = this.describePipeline(kernel, params);
    const made = this.gpu.createComputePipelineAsync(descriptor).then((pipeline) => {
      this.ready.set(key, { pipeline, layout });
      return { pipeline, layout };
    });
    this.pipelines.set(key, made);
    return made;
  }

  private describePipeline(kernel: Kernel, params: Params): { layout: GPUBindGroupLayout; descriptor: GPUComputePipelineDescriptor } {
    const layout = this.gpu.createBindGroupLayout({
      label: kernel.name,
      entries: [
        { binding: 0, visibility: GPUShaderStage.COMPUTE, buffer: { type: 'uniform', hasDynamicOffset: true } },
        { binding: 1, visibility: GPUShaderStage.COMPUTE, buffer: { type: 'uniform' } },
        ...kernel.bindings.map(({ access }, b) => ({
          binding: b + 2,
          visibility: GPUShaderStage.COMPUTE,
          buffer: { type: access === 'read' ? ('read-only-storage' as const) : ('storage' as const) },
        })),
      ],
    });
    const code = shaderSource(kernel, alignmentOf(kernel, params));
    return {
      layout,
      descriptor: {
        label: kernel.name,
        layout: this.gpu.createPipelineLayout({ bindGroupLayouts: [layout] }),
        compute: { module: this.gpu.createShaderModule({ label: kernel.name, code }), entryPoint: 'main' },
      },
    };
  }
}

/** Constants that only change numbers share a pipeline: sizes are no part of it. */
function pipelineKey(kernel: Kernel, params: Params): string {
  return `${kernel.name} ${alignmentOf(kernel, params)}`;
}

/** A buffer that somebody else owns (tfjs), as the lab's kernels see it: no copy, and not the lab's to destroy. */
export function foreignBuffer(label: string, type: ElementType, length: number, gpu: GPUBuffer): DeviceBuffer {
  const buffer: GpuLabBuffer = { label, type, length, gpu };
  return buffer;
}

function gpuBuffer(buffer: DeviceBuffer): GPUBuffer {
  return (buffer as GpuLabBuffer).gpu;
}

function paramsBytes(kernel: Kernel): number {
  return Math.max(1, kernel.params.length) * 4;
}
