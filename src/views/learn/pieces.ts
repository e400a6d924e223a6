import { type ComponentType, lazy } from 'react';

/** One thing to play with: drawn by itself, and by the lessons that use it. It reads its settings from the store, where a lesson sets them. */
export interface Piece {
  /** Its address is `/learn/ID`. */
  id: string;
  title: string;
  /** What there is to see, in one or two sentences. */
  text: string;
  /** Draws no heading of its own: the room or the lesson does. */
  component: ComponentType;
}

/** The pieces, in the order of the room. To add one is to write its folder and a line here. */
export const pieces: readonly Piece[] = [
  {
    id: 'counting',
    title: 'Counting: one table against two thin ones',
    text: 'A word table holds d numbers for each of V words. Written as a product of two factors it holds r for each word, and r times d once for all of them.',
    component: lazy(() => import('./counting/counting')),
  },
  {
    id: 'landscape',
    title: 'The landscape: why cycles, why annealing',
    text: 'Training goes downhill, and a small step stays in the first hollow that it meets. Watch balls cross a rugged surface by real gradient steps, each under a schedule of its own.',
    component: lazy(() => import('./landscape/landscape')),
  },
  {
    id: 'projection',
    title: 'The projection: find the plane that keeps most',
    text: 'Real words as a cloud in three dimensions. Tilt a plane through it by hand, see what is lost, and compare it with the plane that the SVD picks.',
    component: lazy(() => import('./projection/projection')),
  },
  {
    id: 'rank',
    title: 'The rank: what is left of a word',
    text: 'The ten nearest neighbours of a word as the rank falls from d to 1, with the spectrum and the energy that each rank keeps.',
    component: lazy(() => import('./rank/rank')),
  },
  {
    id: 'number-line',
    title: 'Quantization: many numbers on few levels',
    text: 'Where 75, 83 and 87 go when only a few values may be stored, chosen evenly or by a codebook, for numbers of your own or for the whole table.',
    component: lazy(() => import('./number-line/number-line')),
  },
  {
    id: 'race',
    title: 'Schedules in a race',
    text: 'Up to six learning-rate schedules train the same model from the same first weights on the same batches. Change them while they run, and see which of them holds at a rate set too high.',
    component: lazy(() => import('../race/race-piece')),
  },
  {
    id: 'experiment',
    title: 'A small experiment: train, cut, train on',
    text: 'Trains a classifier on real sentences, cuts its table down by the SVD, and trains the factors on, in a few seconds.',
    component: lazy(() => import('./experiment/experiment')),
  },
];
