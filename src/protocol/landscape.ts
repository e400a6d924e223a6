import type { LaneRate } from './race';

/** A ball on a rugged surface, moved by gradient steps under several schedules. */
export interface LandscapeSpecification {
  dimensions: 1 | 2;
  /** An id of the landscape's surfaces, or `seeded`. */
  surface: string;
  /** Of the surface `seeded`, of the random starts, and of the gradient's noise. */
  seed: number;
  /** One to six, by the lane's letter. */
  lanes: ({ id: string } & LaneRate)[];
  /** T, 10 to 2,000. */
  steps: number;
  /** One or two coordinates, each within -1 and 1. */
  start: number[];
  /** Standard deviation of what is added to each coordinate of the gradient, as mini-batches do; 0 for none. */
  noise: number;
}

/** A lane's walk: values for the start and after every step. */
export interface LandscapeRun {
  lane: string;
  /** (T + 1) x dimensions, one position after the other. */
  positions: number[];
  heights: number[];
  /** T: the rate spent at each step. */
  learningRates: number[];
  /** Index of the valley that it ends in, by following the gradient down from there. */
  valley: number;
}

export interface LandscapeReport {
  /** Along one axis; the surface is sampled on `gridSize` (1-d) or `gridSize` x `gridSize` (2-d, row by row, y then x) points from -1 to 1. */
  gridSize: number;
  heights: number[];
  /** Local minima, deepest first. */
  valleys: { position: number[]; height: number }[];
  runs: LandscapeRun[];
}

/** How many random starts end in which valley. */
export interface LandscapeShares {
  starts: number;
  lanes: {
    lane: string;
    /** Share that ends in the deepest valley. */
    deepest: number;
    /** 95 % interval of that share (Wilson). */
    interval: [number, number];
    meanHeight: number;
  }[];
}

/** A surface that can be chosen. */
export interface SurfaceDescription {
  id: string;
  label: string;
  help: string;
  dimensions: (1 | 2)[];
}

export interface LandscapeLab {
  landscapeSurfaces(): Promise<SurfaceDescription[]>;
  landscape(specification: LandscapeSpecification): Promise<LandscapeReport>;
  /** From 1,000 seeded starts, the same ones for each lane. */
  landscapeShares(specification: LandscapeSpecification): Promise<LandscapeShares>;
}

/** What the command line writes: the specification, and all that it comes to but the sampled surface. */
export interface LandscapeOutput {
  specification: LandscapeSpecification;
  valleys: LandscapeReport['valleys'];
  runs: LandscapeReport['runs'];
  shares: LandscapeShares;
}

/** What the page opens on, and what the command line walks without flags. The annealed lane is never pumped up again: its cycles only shrink. */
export const defaultLandscape: LandscapeSpecification = {
  dimensions: 1,
  surface: 'wide-valley',
  seed: 1,
  lanes: [
    { id: 'a', schedule: { id: 'fixed', parameters: {} }, peak: 0.01 },
    { id: 'b', schedule: { id: 'clr', parameters: { floor: 0.02, cycles: 6 } }, peak: 0.4 },
    { id: 'c', schedule: { id: 'calr', parameters: { floor: 0.02, cycles: 6, restartCycles: 6 } }, peak: 0.4 },
  ],
  steps: 240,
  start: [-0.92],
  noise: 0,
};
