import type { LandscapeReport, LandscapeRun, LandscapeSpecification } from '../../protocol/landscape';
import { mix, streamSeed, streams } from '../random';
import { survey, valleyBelow } from './survey';
import { drawNoise, learningRatesOf, walk } from './walk';

/**
 * A surface, its valleys, and every lane's walk over it from the same start with the same noise.
 *
 * @param specification validated
 */
export function landscapeReport(specification: LandscapeSpecification): LandscapeReport {
  const { surface, dimensions, seed, lanes, steps, start, noise: deviation } = specification;
  const surveyed = survey(surface, dimensions, seed);
  const { field, gridSize, heights, valleys } = surveyed;
  const noise = new Float64Array(steps * dimensions);
  drawNoise(noise, mix(streamSeed(seed, streams.landscapeNoise)), deviation);
  const position = new Float64Array(2);
  const scratch = new Float64Array(2);
  const runs = lanes.map((lane): LandscapeRun => {
    const learningRates = learningRatesOf(lane, steps);
    const positions: number[] = [];
    const walked: number[] = [];
    position[0] = start[0];
    position[1] = dimensions === 1 ? 0 : start[1];
    walk(field, position, learningRates, noise, scratch, (x, y) => {
      positions.push(x);
      if (dimensions === 2) positions.push(y);
      walked.push(field.height(x, y));
    });
    return {
      lane: lane.id,
      positions,
      heights: walked,
      learningRates: [...learningRates],
      valley: valleyBelow(surveyed, position, scratch),
    };
  });
  return { gridSize, heights: [...heights], valleys, runs };
}
