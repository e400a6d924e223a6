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

export const initialLearnSettings: LearnSettings = {
  counting: { vocabulary: 10_000, dimension: 300, rank: 30 },
  landscape: defaultLandscape,
  projection: { word: 'cat', rank: 100, tilt: [40, 35] },
  numberLine: { values: 'table', quantizer: 'min-max', levels: 8, probes: [] },
};
