import type { ExperimentSpecification } from '../../../protocol/specification';
import type { LearnSettings } from '../../../store/learn';
import { type LabState, useLabStore, write } from '../../../store/store';
import type { StepState } from '../lessons/lesson';

type OnData = Pick<ExperimentSpecification, 'embeddings' | 'dataset' | 'task'>;

function setPiece<Piece extends keyof LearnSettings>(piece: Piece, patch: StepState['learn']): void {
  const settings = patch?.[piece];
  if (settings) write.learn(piece, settings);
}

/**
 * Sets what a step sets. A link may open a step before there is data, and so a specification to change: it is then changed as soon
 * as it is there. A run that goes on is left alone; what is set is for the next one.
 *
 * @returns ends the wait.
 */
export function enterStep({ learn, specification, race, watched }: StepState): () => void {
  for (const piece of Object.keys(learn ?? {}) as (keyof LearnSettings)[]) setPiece(piece, learn);
  if (watched !== undefined) write.raceWatched(watched);
  if (!specification && !race) return () => {};
  return whenReady(() => {
    if (specification) write.specification(specification);
    if (race) write.raceSpecification(race);
  });
}

/**
 * Notes what the visitor has set, and puts it back: a lesson sets things for its own steps, and what was there before it is there after it. Results stay.
 *
 * @returns puts it back
 */
export function keepSettings(): () => void {
  const { learn, link } = useLabStore.getState();
  const { watched } = useLabStore.getState().race;
  let kept: Pick<LabState, 'specification'> & { race: LabState['race']['specification'] } = { specification: null, race: null };
  const stop = whenReady(({ specification, race }) => {
    kept = { specification, race: race.specification };
  });
  return () => {
    stop();
    const now = useLabStore.getState();
    // A link was opened meanwhile: what it set is wanted.
    if (now.link !== link) return;
    for (const piece of Object.keys(learn) as (keyof LearnSettings)[]) setPiece(piece, learn);
    write.raceWatched(watched);
    if (!kept.specification || !now.specification || !kept.race || !now.race.specification) return;
    write.specification(onDataOf(kept.specification, now.specification));
    write.raceSpecification(onDataOf(kept.race, now.race.specification));
  };
}

/** Other data may have been loaded meanwhile: what is loaded is not taken back. */
function onDataOf<Specification extends OnData>(kept: Specification, { embeddings, dataset, task }: Specification): Specification {
  const sameData = kept.embeddings.id === embeddings.id && kept.dataset.id === dataset.id;
  return sameData ? kept : { ...kept, embeddings, dataset, task };
}

/** At once, or as soon as there is a specification; returns what ends the wait. */
function whenReady(then: (state: LabState) => void): () => void {
  const state = useLabStore.getState();
  if (state.specification !== null) {
    then(state);
    return () => {};
  }
  const stop = useLabStore.subscribe((next) => {
    if (next.specification === null) return;
    stop();
    then(next);
  });
  return stop;
}
