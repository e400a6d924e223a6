import { Random, streamSeed, streams } from '../../random';
import { type Pit, pitsInBowl } from '../pits';
import type { Surface } from '../surface';

/** Tries to find a free place for a pit; what finds none is left out. */
const tries = 60;

/**
 * Draws one deep pit, and others at most 0.55 times as deep, far enough from each other to be valleys of their own. The widths are drawn
 * as well, so that the deepest may be wide or narrow: which schedule does well depends on the seed.
 */
function drawPits(dimensions: 1 | 2, seed: number): Pit[] {
  const random = new Random(streamSeed(seed, streams.landscape));
  const between = (low: number, high: number) => low + (high - low) * random.uniform();
  const wanted = dimensions === 1 ? 5 + random.integer(3) : 9 + random.integer(5);
  const [narrowest, widest] = dimensions === 1 ? [0.05, 0.09] : [0.07, 0.13];
  const pits: Pit[] = [];
  for (let i = 0; i < wanted; i++) {
    const deepest = i === 0;
    const depth = deepest ? 1 : between(0.3, 0.55);
    const width = deepest ? between(narrowest, 1.7 * widest) : between(narrowest, widest);
    const limit = deepest ? 0.65 : 0.85;
    for (let attempt = 0; attempt < tries; attempt++) {
      const x = between(-limit, limit);
      const y = dimensions === 1 ? 0 : between(-limit, limit);
      if (pits.every((other) => distance(x - other.x, y - other.y) > 2.1 * (width + other.width))) {
        pits.push({ x, y, depth, width });
        break;
      }
    }
  }
  return pits;
}

/** Math.hypot need not be the same everywhere; a square root is. */
function distance(dx: number, dy: number): number {
  return Math.sqrt(dx * dx + dy * dy);
}

export const seeded: Surface = {
  id: 'seeded',
  label: 'Drawn by the seed',
  help: 'Gaussian pits in a bowl at places, depths and widths that the seed decides, one of them twice as deep as the others.',
  dimensions: [1, 2],
  create: (dimensions, seed) => pitsInBowl(dimensions, drawPits(dimensions, seed), 0.12),
};
