import type { StepCost } from '../src/engine/plan/cost';

/** What a GPU is taken to do; of its data sheet, so the best that can be. */
export interface Gpu {
  name: string;
  /** Float32, fused multiply-adds counted as two. */
  flopsPerSecond: number;
  bytesPerSecond: number;
}

/** What a laptop's integrated GPU has: shared LPDDR4X or LPDDR5, about one to three teraflops. */
export const laptops: readonly Gpu[] = [
  { name: 'small', flopsPerSecond: 1e12, bytesPerSecond: 50e9 },
  { name: 'large', flopsPerSecond: 3e12, bytesPerSecond: 100e9 },
];

/** Of a dispatch with a cached bind group, measured in Chromium; browsers check each one. */
export const dispatchSeconds = 15e-6;

/**
 * Milliseconds of a step on a GPU that reaches its data sheet: the larger of what its operations and its bytes take (Williams, Waterman,
 * Patterson, CACM 2009), and the dispatches one after the other.
 */
export function rooflineMs({ flops, bytes, dispatches }: Pick<StepCost, 'flops' | 'bytes' | 'dispatches'>, gpu: Gpu): number {
  return 1000 * (Math.max(flops / gpu.flopsPerSecond, bytes / gpu.bytesPerSecond) + dispatches * dispatchSeconds);
}
