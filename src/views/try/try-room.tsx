import { Suspense } from 'react';
import type { TrainedModel } from '../../protocol/lab';
import { isActive } from '../../store/run';
import { useLabStore } from '../../store/store';
import { EmptyState, RoomHead } from '../../ui/widgets';
import { RunExperimentButton } from '../run-button';
import { panels } from './panels';
import classes from './try-room.module.css';
import { Tryout } from './tryout';

/** What the trained models make of sentences and of words, and what can be done with them. */
export default function TryRoom() {
  const models = useLabStore((state) => state.models);
  const active = useLabStore((state) => isActive(state.run.status));
  const there = models.length > 0;
  return (
    <>
      <RoomHead title="Try it">
        Every model of the run on sentences of your own and of the test set: what the compressed ones say beside the full one, by which
        words, and what compression did to the words themselves.
      </RoomHead>
      <div className={classes.stack}>
        {there ? (
          // Other models, other answers: nothing of the ones before is left on the screen.
          <Tryout key={versionOf(models)} />
        ) : (
          <EmptyState title={active ? 'The models are still training' : 'No model has been trained yet'} action={<RunExperimentButton />}>
            {active
              ? 'They can be tried out as soon as the run has ended; stopping it keeps what is done.'
              : 'Run the experiment first. Then type a sentence here, and see what each model makes of it.'}
          </EmptyState>
        )}
        {panels
          .filter(({ needsModels }) => there || !needsModels)
          .map(({ id, component: Component }) => (
            <Suspense key={id} fallback={<div className={classes.pending} />}>
              <Component />
            </Suspense>
          ))}
      </div>
    </>
  );
}

const versions = new WeakMap<readonly TrainedModel[], number>();
let lastVersion = 0;

function versionOf(models: readonly TrainedModel[]): number {
  const version = versions.get(models) ?? ++lastVersion;
  versions.set(models, version);
  return version;
}
