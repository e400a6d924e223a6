/**
 * The CPU twin of the device: buffers lie in a heap that WebAssembly's SIMD reaches, or are ordinary arrays where that has no room, and a submit
 * runs each kernel's TypeScript at once. It is the fallback where WebGPU is missing or slower, and the oracle of every kernel's test.
 */
import type { DeviceReport } from '../../protocol/device';
import { checkRange, checkSize, countCreated, countDestroyed, newCounters } from './counters';
import type { Device, DeviceBuffer, Dispatch, ElementType, Kernel, Params, Program, StepValues, TypedArray } from './device';
import { Heap } from './heap';
import type { Recorder } from './recorder';
import { fusesMultiplyAdd } from './simd';

interface CpuBuffer extends DeviceBuffer {
  /** A view of the heap is good until the heap moves: it is looked up anew for each use. */
  data: TypedArray;
  /** In the heap; null: `data` is an array of its own. */
  address: number | null;
}

interface CpuProgram extends Program {
  /** Arrays by binding name, one record a dispatch, looked up once a generation. */
  arrays: Record<string, TypedArray>[];
  generation: number;
}

/** For tests. */
export interface CpuOptions {
  /** Most pages of 64 KiB that the heap may have. */
  heapPages?: number;
  /** Whether a product and a sum are taken at once; else wherever the runtime can. */
  fused?: boolean;
}

/** V8's limit of a typed array is 2^33 bytes or more; this is what a tab can be expected to spare. */
const maxBufferBytes = 2 ** 32;

export class CpuDevice implements Device {
  readonly counters = newCounters();
  readonly maxBufferBytes = maxBufferBytes;
  readonly failure = null;
  readonly lost = new Promise<never>(() => {});
  recorder: Recorder | null = null;
  private readonly heap: Heap;
  private readonly inHeap = new Set<CpuBuffer>();
  /** Working memory of the kernels, as much as the greediest has asked for. */
  private scratch: CpuBuffer | null = null;
  /** Goes up whenever an array that a program may hold is no longer its buffer's. */
  private generation = 0;

  constructor(
    readonly report: DeviceReport,
    { heapPages, fused }: CpuOptions = {},
  ) {
    this.heap = new Heap(() => this.lookUpAnew(), heapPages, fused);
  }

  createBuffer(label: string, type: ElementType, lengthOrData: number | TypedArray): DeviceBuffer {
    const length = typeof lengthOrData === 'number' ? lengthOrData : lengthOrData.length;
    checkSize(label, length * 4, maxBufferBytes);
    const buffer = this.place(label, type, length);
    if (typeof lengthOrData !== 'number') {
      buffer.data.set(lengthOrData);
      this.counters.uploadedBytes += length * 4;
    }
    countCreated(this.counters, length * 4);
    return buffer;
  }

  destroyBuffer(buffer: DeviceBuffer): void {
    this.remove(buffer as CpuBuffer);
    countDestroyed(this.counters, buffer.length * 4);
    if (this.counters.liveBuffers === 0 && this.scratch) {
      this.remove(this.scratch);
      this.scratch = null;
    }
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
    const program: CpuProgram = { dispatches, arrays: [], generation: -1, destroy: () => {} };
    return program;
  }

  submit(work: readonly { program: Program; step: StepValues }[]): void {
    const { recorder } = this;
    this.counters.submits++;
    for (const { program, step } of work) {
      const { dispatches } = program;
      this.reserve(dispatches, step);
      const arrays = this.arraysOf(program as CpuProgram);
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

  private place(label: string, type: ElementType, length: number): CpuBuffer {
    const address = this.heap.allocate(length * 4);
    const buffer: CpuBuffer = {
      label,
      type,
      length,
      address,
      data: view(type, length, address === null ? null : this.heap.buffer, address),
    };
    if (address !== null) this.inHeap.add(buffer);
    return buffer;
  }

  private remove(buffer: CpuBuffer): void {
    if (buffer.address !== null) this.heap.release(buffer.address);
    this.inHeap.delete(buffer);
    buffer.address = null;
    buffer.data = view(buffer.type, 0, null, null);
    this.generation++;
  }

  /** The heap has moved: its views are dead. */
  private lookUpAnew(): void {
    for (const buffer of this.inHeap) buffer.data = view(buffer.type, buffer.length, this.heap.buffer, buffer.address);
    this.generation++;
  }

  private arraysOf(program: CpuProgram): Record<string, TypedArray>[] {
    if (program.generation !== this.generation) {
      program.arrays = program.dispatches.map(({ kernel, buffers }) => ({
        ...Object.fromEntries(kernel.bindings.map(({ name }) => [name, (buffers[name] as CpuBuffer).data])),
        ...(this.scratch && { scratch: this.scratch.data }),
      }));
      program.generation = this.generation;
    }
    return program.arrays;
  }

  /** Before the arrays are looked up, since this may move them. */
  private reserve(dispatches: readonly Dispatch[], step: StepValues): void {
    let length = this.scratch?.length ?? 0;
    for (const { kernel, params } of dispatches) length = Math.max(length, kernel.cpuScratch?.(params, step) ?? 0);
    if (length === (this.scratch?.length ?? 0)) return;
    if (this.scratch) this.remove(this.scratch);
    this.scratch = this.place('scratch', 'f32', length);
    this.generation++;
  }
}

function view(type: ElementType, length: number, memory: ArrayBuffer | null, address: number | null): TypedArray {
  if (memory === null || address === null) return type === 'f32' ? new Float32Array(length) : new Uint32Array(length);
  return type === 'f32' ? new Float32Array(memory, address, length) : new Uint32Array(memory, address, length);
}

/** Runs a kernel on arrays that are no device's. */
export function runOnArrays(kernel: Kernel, arrays: Record<string, TypedArray>, params: Params, step: StepValues): void {
  kernel.cpu({ ...arrays, scratch: new Float32Array(kernel.cpuScratch?.(params, step) ?? 0) }, params, step);
}

/** Opens the CPU backend; `reason` says in one sentence why it was taken. */
export function openCpuDevice(reason: string, options: CpuOptions = {}): CpuDevice {
  const fused = options.fused ?? fusesMultiplyAdd();
  const report: DeviceReport = {
    backend: 'cpu',
    // Results keep it: with one rounding for two, their last bits are others.
    name: fused ? 'CPU, WebAssembly SIMD with fused multiply-add' : 'CPU, WebAssembly SIMD',
    vendor: '',
    architecture: '',
    software: false,
    reason,
    probe: null,
  };
  return new CpuDevice(report, { ...options, fused });
}
