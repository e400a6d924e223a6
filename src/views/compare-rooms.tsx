import { lazy } from 'react';
import CompareRoom from './compare/compare-room';
import { type Way, Ways } from './ways';

const WAYS: readonly Way[] = [
  { path: '/compare', name: 'This run', component: CompareRoom },
  { path: '/compare/sweeps', name: 'Sweeps', component: lazy(() => import('./sweep/sweep-room')) },
];

/** What one run measured, and what many of them prove. */
export default function CompareRooms() {
  return <Ways label="Compare" ways={WAYS} />;
}
