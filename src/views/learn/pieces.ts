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
    id: 'race',
    title: 'Schedules in a race',
    text: 'Up to six learning-rate schedules train the same model from the same first weights on the same batches. Change them while they run, and see which of them holds at a rate set too high.',
    component: lazy(() => import('../race/race-piece')),
  },
];
