import type { LandscapeShares, LandscapeSpecification } from '../../protocol/landscape';
import { mix, Random, streamSeed, streams } from '../random';
import { wilsonInterval } from '../statistics/wilson';
import { survey, valleyBelow } from './survey';
import { drawNoise, learningRatesOf, walk } from './walk';

export const startCount = 1000;
/** The worker answers others in between: a drag of the start is not kept waiting. */
const sliceMs = 25;

/**
 * The share of 1,000 uniformly drawn starts that end in the deepest valley, lane by lane. Every lane has the same starts, and at each of
 * them the same noise.
 *
 * @param specification validated
 */
export async function landscapeShares(specification: LandscapeSpecification, now: () => number): Promise<LandscapeShares> {
  const { surface, dimensions, seed, lanes, steps, noise: deviation } = specification;
  const surveyed = survey(surface, dimensions, seed);
  const rates = lanes.map((lane) => learningRatesOf(lane, steps));
  const inDeepest = new Float64Array(lanes.length);
  const heightSums = new Float64Array(lanes.length);
  const random = new Random(streamSeed(seed, streams.landscapeStarts));
  const noiseSeed = streamSeed(seed, streams.landscapeNoise);
  const noise = new Float64Array(steps * dimensions);
  const position = new Float64Array(2);
  const scratch = new Float64Array(2);
  let sliceEnd = now() + sliceMs;
  for (let start = 0; start < startCount; start++) {
    const x = 2 * random.uniform() - 1;
    const y = dimensions === 1 ? 0 : 2 * random.uniform() - 1;
    // Start 0 has a noise of its own too: the walk in sight has the seed's first.
    drawNoise(noise, mix((noiseSeed + start + 1) >>> 0), deviation);
    for (const [lane, learningRates] of rates.entries()) {
      position[0] = x;
      position[1] = y;
      walk(surveyed.field, position, learningRates, noise, scratch);
      heightSums[lane] += surveyed.field.height(position[0], position[1]);
      if (valleyBelow(surveyed, position, scratch) === 0) inDeepest[lane]++;
    }
    if (now() > sliceEnd) {
      await new Promise((resolve) => setTimeout(resolve));
      sliceEnd = now() + sliceMs;
    }
  }
  return {
    starts: startCount,
    lanes: lanes.map(({ id }, lane) => ({
      lane: id,
      deepest: inDeepest[lane] / startCount,
      interval: wilsonInterval(inDeepest[lane], startCount),
      meanHeight: heightSums[lane] / startCount,
    })),
  };
}
