/**
 * The CPU twin of the device: buffers are typed arrays and a submit runs each kernel's TypeScript at once. It is the fallback where
 * WebGPU is missing or slower, and the oracle of every kernel's test.
 */
import type { DeviceReport } from '../../protocol/device';
import { checkRange, checkSize, countCreated, countDestroyed, newCounters } from './counters';
import type { Device, DeviceBuffer, Dispatch, ElementType, Program, StepValues, TypedArray } from './device';
import type { Recorder } from './recorder';

interface CpuBuffer extends DeviceBuffer {
  data: TypedArray;
}

interface CpuProgram extends Program {
  /** Arrays by binding name, one record a dispatch, looked up once. */
  arrays: Record<string, TypedArray>[];
}

/** V8's limit of a typed array is 2^33 bytes or more; this is what a tab can be expected to spare. */
const maxBufferBytes = 2 ** 32;

export class CpuDevice implements Device {
  readonly counters = newCounters();
  readonly maxBufferBytes = maxBufferBytes;
  readonly failure = null;
  readonly lost = new Promise<never>(() => {});
  recorder: Recorder | null = null;

  constructor(readonly report: DeviceReport) {}

  createBuffer(label: string, type: ElementType, lengthOrData: number | TypedArray): DeviceBuffer {
    const length = typeof lengthOrData === 'number' ? lengthOrData : lengthOrData.length;
    checkSize(label, length * 4, maxBufferBytes);
    const data = type === 'f32' ? new Float32Array(length) : new Uint32Array(length);
    if (typeof lengthOrData !== 'number') {
      data.set(lengthOrData);
      this.counters.uploadedBytes += length * 4;
    }
    countCreated(this.counters, length * 4);
    const buffer: CpuBuffer = { label, type, length, data };
    return buffer;
  }

  destroyBuffer(buffer: DeviceBuffer): void {
    (buffer as CpuBuffer).data = new Float32Array(0);
    countDestroyed(this.counters, buffer.length * 4);
  }

  write(buffer: DeviceBuffer, data: TypedArray, offset = 0): void {
    checkRange(buffer, offset, data.length);
    (buffer as CpuBuffer).data.set(data, offset);
    this.counters.uploadedBytes += data.length * 4;
  }

  copy(source: DeviceBuffer, target: DeviceBuffer): void {
    checkRange(target, 0, source.length);
    (target as CpuBuffer).data.set((source as CpuBuffer).data);
  }

  clear(buffer: DeviceBuffer): void {
    (buffer as CpuBuffer).data.fill(0);
  }

  async read(buffer: DeviceBuffer, offset = 0, length = buffer.length - offset): Promise<TypedArray> {
    checkRange(buffer, offset, length);
    this.counters.maps++;
    return (buffer as CpuBuffer).data.slice(offset, offset + length);
  }

  async compile(dispatches: readonly Dispatch[]): Promise<Program> {
    const arrays = dispatches.map(({ kernel, buffers }) =>
      Object.fromEntries(kernel.bindings.map(({ name }) => [name, (buffers[name] as CpuBuffer).data])),
    );
    const program: CpuProgram = { dispatches, arrays, destroy: () => {} };
    return program;
  }

  submit(work: readonly { program: Program; step: StepValues }[]): void {
    const { recorder } = this;
    this.counters.submits++;
    for (const { program, step } of work) {
      const { dispatches, arrays } = program as CpuProgram;
      for (let i = 0; i < dispatches.length; i++) {
        recorder?.kernel(dispatches[i].role ?? null);
        dispatches[i].kernel.cpu(arrays[i], dispatches[i].params, step);
        this.counters.dispatches++;
      }
    }
    recorder?.kernel(null);
  }

  async record(recorder: Recorder | null): Promise<void> {
    this.recorder = recorder;
    recorder?.timedBy('kernels');
  }

  async close(): Promise<void> {}
}

/** Opens the CPU backend; `reason` says in one sentence why it was taken. */
export function openCpuDevice(reason: string): CpuDevice {
  return new CpuDevice({
    backend: 'cpu',
    name: 'CPU backend',
    vendor: '',
    architecture: '',
    software: false,
    reason,
    probe: null,
  });
}
