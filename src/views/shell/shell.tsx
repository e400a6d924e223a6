import { Suspense, useLayoutEffect, useRef } from 'react';
import { Link, Redirect, Route, Switch, useLocation } from 'wouter';
import { useLabStore } from '../../store/store';
import { ErrorBoundary } from '../../ui/error-boundary';
import { FailureNotice } from '../../ui/widgets';
import { Hideable, useHidden } from '../hideable';
import { UpdateNotice } from '../offline/update-notice';
import { usePresenter } from '../presenter/presenter';
import { PresenterToggle } from '../presenter/presenter-toggle';
import { PrintHead } from '../print/print-head';
import { ShortcutHandler } from '../shortcuts/handler';
import { DataSummary } from './data-summary';
import { DeviceBadge } from './device-badge';
import { FilesAnywhere } from './files-anywhere';
import { PageDialogs } from './page-dialogs';
import { PageNotices } from './page-notices';
import { HOME, roomAt, rooms } from './rooms';
import { RunState } from './run-state';
import { SchemeToggle } from './scheme-toggle';
import { ShareMenu } from './share-menu';
import classes from './shell.module.css';

/** The page around the rooms: name, run state and device always in sight, and the rail. */
export function Shell() {
  const [location] = useLocation();
  const main = useRef<HTMLElement>(null);
  const failure = useLabStore((state) => state.lab.failure);
  const hidden = useLabStore((state) => state.teacher.hidden);
  const noOwnData = useHidden('own-data');
  usePresenter();
  const entered = useRef(location);
  // Before the room's own effects: a room may say more in the title, and place the focus better.
  useLayoutEffect(() => {
    const room = roomAt(location);
    document.title = room ? `${room.name} · Lowrank Lab` : 'Lowrank Lab';
    if (entered.current === location) return;
    entered.current = location;
    // A new room begins at its top, for the eye and for a screen reader.
    window.scrollTo(0, 0);
    main.current?.focus({ preventScroll: true });
  }, [location]);
  return (
    <div className={classes.shell}>
      {!noOwnData && <FilesAnywhere />}
      <ShortcutHandler />
      <button type="button" className={classes.skip} onClick={() => main.current?.focus()}>
        Skip to the room
      </button>
      <header className={classes.header}>
        <div className={classes.brand}>
          <svg width="20" height="20" viewBox="0 0 20 20" aria-hidden="true">
            <rect x="1" y="1" width="5" height="18" rx="1" />
            <rect x="8" y="1" width="11" height="5" rx="1" />
          </svg>
          <span>Lowrank Lab</span>
        </div>
        <RunState />
        <div className={classes.tools}>
          <Hideable id="device">
            <DeviceBadge />
          </Hideable>
          <ShareMenu />
          <PresenterToggle />
          <SchemeToggle />
        </div>
      </header>
      <nav className={classes.rail} aria-label="Rooms">
        <ul>
          {rooms
            .filter(({ hideable }) => !hidden.includes(hideable))
            .map(({ path, name, icon: Icon }) => (
              <li key={path}>
                <Link href={path} className={classes.link} title={name} aria-current={roomAt(location)?.path === path ? 'page' : undefined}>
                  <Icon size={17} strokeWidth={1.9} aria-hidden="true" />
                  <span>{name}</span>
                </Link>
              </li>
            ))}
        </ul>
        <DataSummary />
      </nav>
      <main className={classes.main} ref={main} tabIndex={-1}>
        <PrintHead title={roomAt(location)?.name ?? ''} />
        <PageNotices />
        {failure && (
          <div className={classes.failure}>
            <FailureNotice message={failure.message} remedy={failure.remedy} />
          </div>
        )}
        <ErrorBoundary resetKey={location}>
          <Suspense fallback={<div className={classes.pending} />}>
            <Switch>
              {rooms.map(({ path, component }) => (
                <Route key={path} path={`${path}/*?`} component={component} />
              ))}
              <Route>
                <Redirect to={HOME} replace />
              </Route>
            </Switch>
          </Suspense>
        </ErrorBoundary>
      </main>
      <UpdateNotice />
      <PageDialogs />
    </div>
  );
}
