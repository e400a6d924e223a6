import type { Params, StepValues } from '../../device/device';
import { sharedMemory } from '../../device/heap';
import { drawKey, mix, randomWgsl } from '../../random';
import type { Expression } from '../wasm/expression';
import {
  exclusiveOr,
  formulaModule,
  integer,
  isLessUnsigned,
  plusInteger,
  shiftedRight,
  times,
  timesInteger,
  unless,
} from '../wasm/expression';
import { inPlace } from '../wasm/in-place';

/** Fields of `params` of a layer that drops of its outputs. */
export const dropoutParams = [
  /** Drop where 32 random bits are below this: p 2^32. */
  { name: 'dropThreshold', type: 'u32' },
  /** 1 / (1 - p). */
  { name: 'keepScale', type: 'f32' },
  /** Tells one layer's masks from another's. */
  { name: 'dropoutSalt', type: 'u32' },
] as const;

/**
 * `fn dropoutScale(index: u32) -> f32`: what output `index` is multiplied by, and so its gradient: 0 or 1 / (1 - p), and 1 outside of training;
 * `dropoutScale4` of the four from `index` on.
 */
export const dropoutWgsl = /* wgsl */ `
${randomWgsl}
fn dropoutScale(index: u32) -> f32 {
  if (step.training == 0u || params.dropThreshold == 0u) {
    return 1.0;
  }
  let dropped = randomBits(step.dropoutSeed + params.dropoutSalt, step.dropoutStep, index) < params.dropThreshold;
  return select(params.keepScale, 0.0, dropped);
}
fn dropoutScale4(index: u32) -> vec4f {
  return vec4f(dropoutScale(index), dropoutScale(index + 1u), dropoutScale(index + 2u), dropoutScale(index + 3u));
}
`;

/** values[i] *= dropoutScale(i), from <= i < from + length. */
export type Dropout = (from: number, length: number) => void;

/** Dropout on the host, in place; null where this step drops nothing. */
export function dropout(values: Float32Array, params: Params, step: StepValues): Dropout | null {
  const { dropThreshold, keepScale, dropoutSalt } = params;
  if (step.training === 0 || dropThreshold === 0) return null;
  const key = drawKey((step.dropoutSeed + dropoutSalt) >>> 0, step.dropoutStep);
  const memory = sharedMemory(values);
  const main = memory && masks(memory);
  if (main) return (from, length) => main(length, from, keepScale, dropThreshold, key, values.byteOffset + 4 * from);
  return (from, length) => {
    for (let i = from; i < from + length; i++) values[i] = mix((i + key) >>> 0) < dropThreshold ? 0 : values[i] * keepScale;
  };
}

/** `mix` of `random.ts`, on four numbers. */
function mixed(value: Expression): Expression {
  const first = timesInteger(exclusiveOr(value, shiftedRight(value, 16)), integer(0x7feb352d));
  const second = timesInteger(exclusiveOr(first, shiftedRight(first, 15)), integer(0x846ca68b));
  return exclusiveOr(second, shiftedRight(second, 16));
}

const masks = inPlace<(length: number, first: number, keepScale: number, threshold: number, key: number, values: number) => void>(
  (target) =>
    formulaModule(
      {
        streams: 1,
        scalars: ['float', 'integer', 'integer'],
        write: ([value], [keepScale, threshold, key]) => {
          const dropped = isLessUnsigned(mixed(plusInteger({ kind: 'number' }, key)), threshold);
          return [{ stream: 0, value: unless(times(value, keepScale), dropped) }];
        },
      },
      target,
    ),
);
