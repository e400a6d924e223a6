import type { Params, StepValues } from '../../device/device';
import { randomBits, randomWgsl } from '../../random';

/** Fields of `params` of a layer that drops of its outputs. */
export const dropoutParams = [
  /** Drop where 32 random bits are below this: p 2^32. */
  { name: 'dropThreshold', type: 'u32' },
  /** 1 / (1 - p). */
  { name: 'keepScale', type: 'f32' },
  /** Tells one layer's masks from another's. */
  { name: 'dropoutSalt', type: 'u32' },
] as const;

/** `fn dropoutScale(index: u32) -> f32`: what output `index` is multiplied by, and so its gradient: 0 or 1 / (1 - p), and 1 outside of training. */
export const dropoutWgsl = /* wgsl */ `
${randomWgsl}
fn dropoutScale(index: u32) -> f32 {
  if (step.training == 0u || params.dropThreshold == 0u) {
    return 1.0;
  }
  let dropped = randomBits(step.dropoutSeed + params.dropoutSalt, step.dropoutStep, index) < params.dropThreshold;
  return select(params.keepScale, 0.0, dropped);
}
`;

/** The same on the host. */
export function dropoutScale(params: Params, step: StepValues, index: number): number {
  if (step.training === 0 || params.dropThreshold === 0) return 1;
  return randomBits((step.dropoutSeed + params.dropoutSalt) >>> 0, step.dropoutStep, index) < params.dropThreshold ? 0 : params.keepScale;
}
