import { lazy } from 'react';
import TrainRoom from './train/train-room';
import { type Way, Ways } from './ways';

const WAYS: readonly Way[] = [
  { path: '/train', name: 'Experiment', component: TrainRoom },
  { path: '/train/race', name: 'Race', component: lazy(() => import('./race/race-room')) },
];

/** Two ways to train: an experiment over methods, a race over schedules. */
export default function TrainRooms() {
  return <Ways label="Train" ways={WAYS} />;
}
