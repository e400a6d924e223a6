import { defaultLandscape, type LandscapeSpecification } from '../protocol/landscape';
import type { NumberLineSpecification } from '../protocol/number-line';

/** What the pieces of the Learn room are set to: plain data, so that a lesson or a link can set it. */
export interface LearnSettings {
  counting: { vocabulary: number; dimension: number; rank: number };
  landscape: LandscapeSpecification;
  projection: {
    /** Whose neighbours are shown. */
    word: string;
    rank: number;
    /** Of the plane tilted by hand: azimuth and elevation of its normal, in degrees. */
    tilt: [number, number];
  };
  numberLine: NumberLineSpecification;
}

/** Four bunches, of the means 12, 42, 80 and 160: a codebook of four values sends 75, 83 and 87 to 80, the paper's example. */
export const exampleNumbers: readonly number[] = [8, 11, 12, 14, 15, 38, 40, 41, 44, 47, 75, 76, 79, 83, 87, 156, 158, 160, 162, 164];

export const initialLearnSettings: LearnSettings = {
  counting: { vocabulary: 10_000, dimension: 300, rank: 30 },
  landscape: defaultLandscape,
  projection: { word: 'coffee', rank: 30, tilt: [20, 10] },
  numberLine: { values: [...exampleNumbers], quantizer: 'codebook', levels: 4, probes: [75, 83, 87] },
};
