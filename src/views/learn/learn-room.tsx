import { Suspense } from 'react';
import { Redirect, Route, Switch } from 'wouter';
import { RoomHead } from '../../ui/widgets';
import LearnHome from './home/learn-home';
import classes from './learn-room.module.css';
import { findLesson } from './lessons/registry';
import { pieces } from './pieces';
import { parseStep, stepPath } from './player/addresses';
import LessonPlayer from './player/lesson-player';
import LessonSheet from './sheet/lesson-sheet';

/** Lessons, and things to play with; each of them live mathematics. */
export default function LearnRoom() {
  return (
    <Switch>
      <Route path="/learn" component={LearnHome} />
      <Route path="/learn/lesson/:id/print">{({ id }) => <Sheet id={id} />}</Route>
      <Route path="/learn/lesson/:id/:step?">{({ id, step }) => <Step id={id} step={step} />}</Route>
      {pieces.map(({ id, title, text, component: Component }) => (
        <Route key={id} path={`/learn/${id}`}>
          <RoomHead title={title}>{text}</RoomHead>
          <Suspense fallback={<div className={classes.pending} />}>
            <Component />
          </Suspense>
        </Route>
      ))}
      <Route>
        <Home />
      </Route>
    </Switch>
  );
}

/** Links may be old: what there isn't any more leads to the room's first page, or to the lesson's first step. */
function Home() {
  return <Redirect to="/learn" replace />;
}

function Sheet({ id }: { id: string }) {
  const lesson = findLesson(id);
  return lesson ? <LessonSheet lesson={lesson} /> : <Home />;
}

function Step({ id, step: text }: { id: string; step: string | undefined }) {
  const lesson = findLesson(id);
  if (!lesson) return <Home />;
  const step = parseStep(lesson, text ?? '');
  return step === null ? <Redirect to={stepPath(lesson, 1)} replace /> : <LessonPlayer lesson={lesson} step={step} />;
}
