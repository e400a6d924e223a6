import { Suspense } from 'react';
import { Link, Redirect, Route, Switch } from 'wouter';
import { RoomHead } from '../../ui/widgets';
import classes from './learn-room.module.css';
import { pieces } from './pieces';

/** Things to play with, each of them live mathematics. */
export default function LearnRoom() {
  return (
    <Switch>
      <Route path="/learn" component={Home} />
      {pieces.map(({ id, title, text, component: Component }) => (
        <Route key={id} path={`/learn/${id}`}>
          <RoomHead title={title}>{text}</RoomHead>
          <Suspense fallback={<div className={classes.pending} />}>
            <Component />
          </Suspense>
        </Route>
      ))}
      <Route>
        <Redirect to="/learn" replace />
      </Route>
    </Switch>
  );
}

function Home() {
  return (
    <>
      <RoomHead title="Learn">Each piece is computed live, by the engine that trains. Move something and see what it does.</RoomHead>
      <ul className={classes.cards}>
        {pieces.map(({ id, title, text }) => (
          <li key={id}>
            <Link href={`/learn/${id}`} className={classes.card}>
              <span className={classes.cardTitle}>{title}</span>
              <span className={classes.cardText}>{text}</span>
            </Link>
          </li>
        ))}
      </ul>
    </>
  );
}
