import type { ComponentType } from 'react';
import { CountingSketch } from './counting-sketch';
import { ExperimentSketch } from './experiment-sketch';
import { LandscapeSketch } from './landscape-sketch';
import { NumberLineSketch } from './number-line-sketch';
import { ProjectionSketch } from './projection-sketch';
import { RaceSketch } from './race-sketch';
import { RankSketch } from './rank-sketch';

/** A small drawing for a piece's card, by the piece's id. A piece without one has a card of words. */
export const sketches: Readonly<Record<string, ComponentType>> = {
  counting: CountingSketch,
  projection: ProjectionSketch,
  rank: RankSketch,
  'number-line': NumberLineSketch,
  landscape: LandscapeSketch,
  race: RaceSketch,
  experiment: ExperimentSketch,
};
