import type { LandscapeLab, LandscapeReport, LandscapeRun, LandscapeShares, SurfaceDescription } from '../../protocol/landscape';
import { fakeRate } from './fake-schedules';

const surfaces: SurfaceDescription[] = [
  { id: 'wide-valley', label: 'A wide valley among pits', help: 'Two valleys, one of them deeper.', dimensions: [1, 2] },
  { id: 'himmelblau', label: 'Four bays (Himmelblau)', help: 'Only in two dimensions.', dimensions: [2] },
  { id: 'seeded', label: 'Drawn by the seed', help: 'Another one for each seed.', dimensions: [1, 2] },
];

/** Two valleys at 0.5 (deeper) and -0.5 on the first coordinate; a bowl on the second. */
const height = (x: number, y: number) => 4 * (x * x - 0.25) ** 2 - 0.2 * x + y * y;
const slope = (x: number) => 16 * x * (x * x - 0.25) - 0.2;
const inside = (x: number) => Math.max(-1, Math.min(1, x));
const valleyX = [0.512, -0.487];

/** A landscape that is near enough to the real one for a screen; the surface is always the same. */
export class FakeLandscape {
  readonly surfaces: LandscapeLab['landscapeSurfaces'] = async () => surfaces;

  readonly report: LandscapeLab['landscape'] = async ({ dimensions, lanes, steps, start }): Promise<LandscapeReport> => {
    const gridSize = dimensions === 1 ? 101 : 41;
    const at = (index: number) => -1 + (2 * index) / (gridSize - 1);
    const rows = dimensions === 1 ? [0] : Array.from({ length: gridSize }, (_, row) => at(row));
    return {
      gridSize,
      heights: rows.flatMap((y) => Array.from({ length: gridSize }, (_, column) => height(at(column), y))),
      valleys: valleyX.map((x) => ({ position: dimensions === 1 ? [x] : [x, 0], height: height(x, 0) })),
      runs: lanes.map(({ id, schedule, peak }): LandscapeRun => {
        const rate = fakeRate(schedule, steps);
        const positions: number[] = [];
        const heights: number[] = [];
        const learningRates: number[] = [];
        let [x, y = 0] = start;
        for (let step = 0; step <= steps; step++) {
          positions.push(...(dimensions === 1 ? [x] : [x, y]));
          heights.push(height(x, y));
          if (step === steps) break;
          learningRates.push(peak * rate(step));
          x = inside(x - learningRates[step] * slope(x));
          y = inside(y - learningRates[step] * 2 * y);
        }
        return { lane: id, positions, heights, learningRates, valley: x > 0 ? 0 : 1 };
      }),
    };
  };

  readonly shares: LandscapeLab['landscapeShares'] = async ({ lanes }): Promise<LandscapeShares> => ({
    starts: 1000,
    lanes: lanes.map(({ id }, i) => {
      const deepest = 0.3 + 0.2 * i;
      return { lane: id, deepest, interval: [deepest - 0.03, deepest + 0.03], meanHeight: 0.2 - 0.1 * i };
    }),
  });
}
