/**
 * The whole contract between the mathematics and the machine. There are two twins: `webgpu.ts` records dispatches on the GPU, `cpu.ts`
 * runs each kernel's TypeScript twin on typed arrays. Whatever is above this file does not know which one it has.
 *
 * What a device does not do: no shapes, no broadcasting, no automatic differentiation, no memory reuse. A buffer is a flat run of
 * 32-bit elements; whoever creates it destroys it.
 */
import type { DeviceReport } from '../../protocol/device';
import type { LabError } from '../errors';
import type { Recorder } from './recorder';

export type ElementType = 'f32' | 'u32';
export type TypedArray = Float32Array | Uint32Array;

/** A flat run of 32-bit elements on the device, zero-filled when it is created without data. */
export interface DeviceBuffer {
  readonly label: string;
  readonly type: ElementType;
  /** In elements, not bytes. */
  readonly length: number;
}

/** A storage buffer that a kernel sees, under the name that its WGSL and its CPU twin use. */
export interface Binding {
  name: string;
  type: ElementType;
  access: 'read' | 'read_write';
  /**
   * For a kernel that takes four neighbours at once: do all of its fours, with these constants, begin at a multiple of four? Then they go to the
   * GPU as one load each. The WGSL is the same either way; it goes by `quadAccessWgsl`'s functions.
   */
  aligned?(params: Params): boolean;
}

/**
 * What changes from one training step to the next; the same for every kernel of the step. `StepValues` in WGSL is `step`, a uniform at a
 * dynamic offset, with these fields in this order.
 */
export interface StepValues {
  /** Sentences in this batch. */
  sentences: number;
  /** Tokens in this batch, padding and dropped words excluded. */
  tokens: number;
  /** Distinct rows of the embedding in this batch. */
  distinctRows: number;
  /** First element of this batch in the batch buffer. */
  batchOffset: number;
  /** Where this batch's outcomes go: its first sentence among those of the outcomes buffer. */
  sentenceOffset: number;
  /** Counter of the dropout generator: the global step. */
  dropoutStep: number;
  /** Seed of the dropout generator. */
  dropoutSeed: number;
  /** 1 while training (dropout acts), else 0. */
  training: number;
  learningRate: number;
  /** 1 - beta1^t and 1 - beta2^t of Adam, t = 1, 2, ... the global step. */
  biasCorrection1: number;
  biasCorrection2: number;
}

export type Params = Readonly<Record<string, number>>;

/** What a formula costs, whatever the machine. */
export interface Cost {
  /**
   * Floating-point operations: each addition, subtraction, multiplication, division, comparison, root, exponential or logarithm is one, so a
   * multiply-add is two. Arithmetic on indices and random bits is not counted.
   */
  flops: number;
  /** Of global memory that the formula must read and write, each element once: caches are ideal, and nothing is kept between two dispatches. */
  bytes: number;
}

/**
 * One operation, written twice: in WGSL and in TypeScript.
 *
 * `wgsl` is the body of a shader: the device puts before it the declaration of every binding under its name, the uniforms `params` (the
 * kernel's own, by `params`) and `step`. Its entry point is `main`. Bindings are at most 8 (what tfjs's device allows a stage).
 */
export interface Kernel {
  /** Unique; also the label of its pipeline. */
  readonly name: string;
  readonly bindings: readonly Binding[];
  /** Fields of the uniform `params`, in order: sizes and constants that are fixed when the plan is compiled. */
  readonly params: readonly { name: string; type: ElementType }[];
  readonly wgsl: string;
  /** Workgroups to dispatch (x, y, z); any of them 0 means that nothing is dispatched. Each is at most 65,535. */
  workgroups(params: Params, step: StepValues): readonly [number, number, number];
  /**
   * What the formula costs. A step says how many tokens its sentences have together, so where a formula goes by the length of each, all are
   * taken to be of equal length.
   */
  cost(params: Params, step: StepValues): Cost;
  /** Floats of working memory that the CPU twin takes as `buffers.scratch`; what they hold at first is anything. None where absent. */
  cpuScratch?(params: Params, step: StepValues): number;
  /** The CPU twin: the same formula over the same buffers. */
  cpu(buffers: Readonly<Record<string, TypedArray>>, params: Params, step: StepValues): void;
}

/** What a dispatch of a training step is for. One that sums a parameter's gradient and applies it at once is an update. */
export type Role = 'forward' | 'backward' | 'update';

/** A kernel with its buffers and constants: one entry of a plan. */
export interface Dispatch {
  kernel: Kernel;
  /** Absent in what is no training step. */
  role?: Role;
  /** By binding name. A buffer may not be bound twice where one of the bindings writes. */
  buffers: Readonly<Record<string, DeviceBuffer>>;
  params: Params;
}

/** A fixed list of dispatches, compiled: pipelines, bind groups and uniforms are made once. */
export interface Program {
  readonly dispatches: readonly Dispatch[];
  /** Frees what the program itself holds (uniforms); its buffers are their owner's. */
  destroy(): void;
}

/** What the device did since it was opened; tests and the bench read it. */
export interface DeviceCounters {
  dispatches: number;
  submits: number;
  /** Read-backs. */
  maps: number;
  buffersCreated: number;
  liveBuffers: number;
  liveBytes: number;
  uploadedBytes: number;
}

export interface Device {
  readonly report: DeviceReport;
  readonly counters: Readonly<DeviceCounters>;
  /** Largest buffer that can be bound, in bytes. */
  readonly maxBufferBytes: number;
  /** @throws LabError `out-of-memory` where the buffer is too large for the device. */
  createBuffer(label: string, type: ElementType, lengthOrData: number | TypedArray): DeviceBuffer;
  destroyBuffer(buffer: DeviceBuffer): void;
  /** Overwrites elements from `offset`; takes effect before every later submit and after every earlier one. */
  write(buffer: DeviceBuffer, data: TypedArray, offset?: number): void;
  copy(source: DeviceBuffer, target: DeviceBuffer): void;
  clear(buffer: DeviceBuffer): void;
  /** Waits for what was submitted, and copies elements back. */
  read(buffer: DeviceBuffer, offset?: number, length?: number): Promise<TypedArray>;
  /** Compiles pipelines (asynchronously, once a kernel) and makes bind groups. */
  compile(dispatches: readonly Dispatch[]): Promise<Program>;
  /** Runs programs one after the other, each with its step values, as one submit. Each dispatch sees what the ones before it wrote. */
  submit(work: readonly { program: Program; step: StepValues }[]): void;
  /** Who hears what the time is spent on; null while nobody does. */
  readonly recorder: Recorder | null;
  /**
   * Tells a recorder from now on (null: nobody), until the next call, which resolves when all that the device measured has arrived.
   *
   * @param splitSteps the GPU's clock tells forward, backward and update apart, in passes of their own; the CPU backend always tells
   */
  record(recorder: Recorder | null, splitSteps: boolean): Promise<void>;
  /** What the device failed with: it refuses all later work, and a new one must be opened. Null while it is well. */
  readonly failure: LabError | null;
  /** Rejects when the device is lost; never resolves. */
  readonly lost: Promise<never>;
  /** Frees everything; may be called twice. */
  close(): Promise<void>;
}

/** For work that is no training step. */
export const noStep: StepValues = {
  sentences: 0,
  tokens: 0,
  distinctRows: 0,
  batchOffset: 0,
  sentenceOffset: 0,
  dropoutStep: 0,
  dropoutSeed: 0,
  training: 0,
  learningRate: 0,
  biasCorrection1: 1,
  biasCorrection2: 1,
};
