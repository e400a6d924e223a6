import { type Pit, pitsInBowl } from '../pits';
import type { Surface } from '../surface';

const pits: Record<1 | 2, Pit[]> = {
  1: [
    { x: -0.3, y: 0, depth: 0.6, width: 0.24 },
    { x: 0.52, y: 0, depth: 1, width: 0.05 },
  ],
  2: [
    { x: -0.28, y: -0.2, depth: 0.6, width: 0.28 },
    { x: 0.5, y: 0.42, depth: 1, width: 0.08 },
  ],
};

export const needle: Surface = {
  id: 'needle',
  label: 'The deepest is the narrowest',
  help: 'A wide shallow valley and a narrow deep one, which a large step can’t stay in: annealing prefers the wrong one here.',
  dimensions: [1, 2],
  create: (dimensions) => pitsInBowl(dimensions, pits[dimensions], 0.12),
};
