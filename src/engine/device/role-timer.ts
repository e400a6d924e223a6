import type { Role } from './device';
import type { Recorder } from './recorder';

/** Timestamps of one submit: the most that WebGPU allows a query set. Two a pass; what has no room goes untimed. */
const capacity = 4096;
const timestampBytes = 8;

/**
 * Times the passes of each role by the GPU's own clock (`timestamp-query`). Browsers round the stamps, Chromium to 100 microseconds: a
 * single pass says little, a sum over hundreds of steps is right on average.
 */
export class RoleTimer {
  private readonly queries: GPUQuerySet;
  private readonly resolved: GPUBuffer;
  /** Read-back buffers that no submit uses now. */
  private readonly free: GPUBuffer[] = [];
  private readonly reading = new Set<Promise<void>>();
  /** Of the passes that were begun since the last `collect`. */
  private passes: Role[] = [];
  private target: GPUBuffer | null = null;

  constructor(
    private readonly gpu: GPUDevice,
    private readonly recorder: Recorder,
  ) {
    this.queries = gpu.createQuerySet({ label: 'roles of a step', type: 'timestamp', count: capacity });
    this.resolved = gpu.createBuffer({
      label: 'timestamps',
      size: capacity * timestampBytes,
      usage: GPUBufferUsage.QUERY_RESOLVE | GPUBufferUsage.COPY_SRC,
    });
  }

  /** How to begin a pass of a role, so that it is timed; undefined where it is not. */
  pass(role: Role | undefined): GPUComputePassDescriptor | undefined {
    const first = 2 * this.passes.length;
    if (role === undefined || first + 2 > capacity) return undefined;
    this.passes.push(role);
    return { timestampWrites: { querySet: this.queries, beginningOfPassWriteIndex: first, endOfPassWriteIndex: first + 1 } };
  }

  /** Records the copying out of the stamps, after the last pass of a submit. */
  resolve(encoder: GPUCommandEncoder): void {
    const count = 2 * this.passes.length;
    if (count === 0) return;
    this.target =
      this.free.pop() ??
      this.gpu.createBuffer({
        label: 'timestamps read-back',
        size: capacity * timestampBytes,
        usage: GPUBufferUsage.MAP_READ | GPUBufferUsage.COPY_DST,
      });
    encoder.resolveQuerySet(this.queries, 0, count, this.resolved, 0);
    encoder.copyBufferToBuffer(this.resolved, 0, this.target, 0, count * timestampBytes);
  }

  /** Reads the stamps of the submit, when they are there; nobody waits for it before `close`. */
  collect(): void {
    const { passes, target } = this;
    if (target === null) return;
    this.passes = [];
    this.target = null;
    const reading = this.read(passes, target).finally(() => this.reading.delete(reading));
    this.reading.add(reading);
  }

  /** Waits for all stamps, and frees everything. */
  async close(): Promise<void> {
    await Promise.all(this.reading);
    for (const buffer of this.free) buffer.destroy();
    this.resolved.destroy();
    this.queries.destroy();
  }

  private async read(passes: readonly Role[], target: GPUBuffer): Promise<void> {
    try {
      await target.mapAsync(GPUMapMode.READ, 0, 2 * passes.length * timestampBytes);
    } catch {
      // The device was lost, which whoever waits for the step hears; a profile of it is nobody's wish.
      target.destroy();
      return;
    }
    const nanoseconds = new BigUint64Array(target.getMappedRange(0, 2 * passes.length * timestampBytes));
    passes.forEach((role, i) => {
      // Clocks of some drivers go back now and then (WebGPU, 20.4): such a pass is left out.
      const taken = Number(nanoseconds[2 * i + 1] - nanoseconds[2 * i]);
      if (taken > 0) this.recorder.measured(role, taken / 1e6);
    });
    target.unmap();
    this.free.push(target);
  }
}
