import { type ComponentType, Suspense } from 'react';
import { Link, Redirect, Route, Switch, useLocation } from 'wouter';
import classes from './ways.module.css';

export interface Way {
  path: string;
  name: string;
  component: ComponentType;
}

/** A room that has several ways to use it, the first of which it opens with: each has an address of its own. */
export function Ways({ label, ways }: { label: string; ways: readonly Way[] }) {
  const [location] = useLocation();
  return (
    <>
      <nav className={classes.ways} aria-label={label}>
        {ways.map(({ path, name }) => (
          <Link key={path} href={path} aria-current={location === path ? 'page' : undefined}>
            {name}
          </Link>
        ))}
      </nav>
      <Suspense fallback={<div className={classes.pending} />}>
        <Switch>
          {ways.map(({ path, component }) => (
            <Route key={path} path={path} component={component} />
          ))}
          <Route>
            <Redirect to={ways[0].path} replace />
          </Route>
        </Switch>
      </Suspense>
    </>
  );
}
