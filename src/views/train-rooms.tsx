import { lazy, Suspense } from 'react';
import { Link, Redirect, Route, Switch, useLocation } from 'wouter';
import TrainRoom from './train/train-room';
import classes from './train-rooms.module.css';

const RaceRoom = lazy(() => import('./race/race-room'));

const WAYS = [
  { path: '/train', name: 'Experiment' },
  { path: '/train/race', name: 'Race' },
] as const;

/** Two ways to train: an experiment over methods, a race over schedules. */
export default function TrainRooms() {
  const [location] = useLocation();
  return (
    <>
      <nav className={classes.ways} aria-label="Train">
        {WAYS.map(({ path, name }) => (
          <Link key={path} href={path} aria-current={location === path ? 'page' : undefined}>
            {name}
          </Link>
        ))}
      </nav>
      <Suspense fallback={<div className={classes.pending} />}>
        <Switch>
          <Route path="/train" component={TrainRoom} />
          <Route path="/train/race" component={RaceRoom} />
          <Route>
            <Redirect to="/train" replace />
          </Route>
        </Switch>
      </Suspense>
    </>
  );
}
