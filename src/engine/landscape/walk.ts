import type { LandscapeSpecification } from '../../protocol/landscape';
import { Random } from '../random';
import { createSchedule } from '../schedules/registry';
import type { Field } from './surface';
import { reflect } from './walls';

/**
 * lr(t) of a lane at every step, in single precision as a kernel would be given it: so it is the same wherever cosines and powers differ in
 * their last bit.
 */
export function learningRatesOf({ schedule, peak }: LandscapeSpecification['lanes'][number], steps: number): Float64Array {
  const rate = createSchedule(schedule, { peak, totalSteps: steps });
  return Float64Array.from({ length: steps }, (_, step) => Math.fround(rate(step)));
}

/**
 * Fills `noise` with what is added to the gradient, a number a step and coordinate: the standard deviation times a sum of twelve uniform
 * numbers less its mean, whose variance is 1 and which is normal but for its far tails (none beyond 6). Unlike Box and Muller's it needs no
 * logarithm, which need not be the same everywhere.
 */
export function drawNoise(noise: Float64Array, seed: number, deviation: number): void {
  if (deviation === 0) {
    noise.fill(0);
    return;
  }
  const random = new Random(seed);
  for (let i = 0; i < noise.length; i++) {
    // 16 bits each; the middle of each of the 65,536 places.
    let sum = 6;
    for (let pair = 0; pair < 6; pair++) {
      const bits = random.bits();
      sum += (bits >>> 16) + (bits & 0xffff);
    }
    noise[i] = deviation * (sum / 65536 - 6);
  }
}

/**
 * Plain gradient steps, with no momentum: p(t + 1) = reflect(p(t) - lr(t) (gradient h(p(t)) + noise(t))).
 *
 * @param position where it starts; left where it ends.
 * @param noise steps x dimensions.
 * @param visit told of every position, the start included.
 */
export function walk(
  field: Field,
  position: Float64Array,
  learningRates: Float64Array,
  noise: Float64Array,
  scratch: Float64Array,
  visit?: (x: number, y: number) => void,
): void {
  const { dimensions } = field;
  let [x, y] = position;
  visit?.(x, y);
  for (let step = 0; step < learningRates.length; step++) {
    field.gradient(x, y, scratch);
    const rate = learningRates[step];
    x = reflect(x - rate * (scratch[0] + noise[step * dimensions]));
    if (dimensions === 2) y = reflect(y - rate * (scratch[1] + noise[step * dimensions + 1]));
    visit?.(x, y);
  }
  position[0] = x;
  position[1] = y;
}
