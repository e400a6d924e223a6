import type { LearnSettings } from '../../../store/learn';
import { type LabState, useLabStore, write } from '../../../store/store';
import type { StepState } from '../lessons/lesson';

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
export function enterStep({ learn, specification, race }: StepState): () => void {
  for (const piece of Object.keys(learn ?? {}) as (keyof LearnSettings)[]) setPiece(piece, learn);
  if (!specification && !race) return () => {};
  const isReady = (state: LabState) => state.specification !== null;
  const set = () => {
    if (specification) write.specification(specification);
    if (race) write.raceSpecification(race);
  };
  if (isReady(useLabStore.getState())) {
    set();
    return () => {};
  }
  const stop = useLabStore.subscribe((state) => {
    if (!isReady(state)) return;
    stop();
    set();
  });
  return stop;
}
