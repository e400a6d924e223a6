import { type Pit, pitsInBowl } from '../pits';
import type { Surface } from '../surface';

const line: Pit[] = [
  { x: 0.36, y: 0, depth: 1, width: 0.17 },
  { x: -0.78, y: 0, depth: 0.42, width: 0.06 },
  { x: -0.5, y: 0, depth: 0.5, width: 0.07 },
  { x: -0.2, y: 0, depth: 0.4, width: 0.06 },
  { x: 0.8, y: 0, depth: 0.42, width: 0.055 },
];

const plane: Pit[] = [
  { x: 0.34, y: 0.28, depth: 1, width: 0.2 },
  { x: -0.62, y: 0.66, depth: 0.44, width: 0.085 },
  { x: -0.3, y: 0.2, depth: 0.4, width: 0.08 },
  { x: -0.72, y: -0.1, depth: 0.46, width: 0.09 },
  { x: -0.34, y: -0.5, depth: 0.5, width: 0.1 },
  { x: 0.14, y: -0.3, depth: 0.4, width: 0.08 },
  { x: 0.7, y: -0.6, depth: 0.48, width: 0.1 },
  { x: 0.8, y: -0.08, depth: 0.4, width: 0.075 },
  { x: 0.02, y: 0.8, depth: 0.42, width: 0.08 },
  { x: -0.1, y: -0.84, depth: 0.4, width: 0.07 },
];

export const wideValley: Surface = {
  id: 'wide-valley',
  label: 'A wide valley among pits',
  help: 'The deepest valley is wide, and the pits around it are narrow: a large step leaves a pit more easily than the valley.',
  dimensions: [1, 2],
  create: (dimensions) => pitsInBowl(dimensions, dimensions === 1 ? line : plane, 0.12),
};
