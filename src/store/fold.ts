import type { LabEvent, TrialKey } from '../protocol/events';
import { append, EMPTY } from './growing';
import type { Run } from './run';
import { type EpochPoint, type Trial, trialId } from './trials';

/** Folds a batch of the engine's events into the state of the run: a pure function, and the only writer of it while a run goes on. */
export function foldEvents(run: Run, events: readonly LabEvent[]): Run {
  if (events.length === 0) return run;
  // One shallow copy a batch, not an event: the drafts below are ours alone until we return them.
  const next: Run = { ...run };
  let trials: Record<string, Trial> | null = null;
  const draftTrials = () => {
    trials ??= { ...run.trials };
    next.trials = trials;
    return trials;
  };

  for (const event of events) {
    switch (event.kind) {
      case 'started':
        next.plan = event.plan;
        if (next.status === 'starting') next.status = 'running';
        break;
      case 'progress':
        next.progress = { label: event.label, done: Math.min(1, Math.max(0, event.done)), secondsLeft: event.secondsLeft };
        break;
      case 'trial-started': {
        const trial = { ...emptyTrial(event.trial), ...pickShape(event) };
        const known = next.trials[trial.id] !== undefined;
        draftTrials()[trial.id] = trial;
        if (!known) next.order = [...next.order, trial.id];
        next.currentTrial = trial.id;
        break;
      }
      case 'steps': {
        const id = trialId(event.trial);
        const trial = next.trials[id] ?? emptyTrial(event.trial);
        draftTrials()[id] = {
          ...trial,
          firstStep: trial.losses.length === 0 ? event.firstStep : trial.firstStep,
          learningRates: append(trial.learningRates, event.learningRates),
          losses: append(trial.losses, event.losses),
        };
        break;
      }
      case 'epoch': {
        const id = trialId(event.trial);
        const trial = next.trials[id] ?? emptyTrial(event.trial);
        draftTrials()[id] = withEpoch(trial, event);
        break;
      }
      case 'spectrum':
        next.spectra = [...next.spectra, event];
        break;
      case 'before-retraining':
        next.beforeRetraining = [...next.beforeRetraining, event];
        break;
      case 'method-failed':
        next.methodFailures = [...next.methodFailures, event];
        break;
      case 'result':
        next.rows = [...next.rows, event.row];
        break;
      case 'paused':
        next.status = 'paused';
        break;
      case 'resumed':
        next.status = 'running';
        break;
      case 'finished':
        next.status = event.outcome;
        next.results = event.results;
        next.conclusion = event.conclusion;
        next.rows = event.results.results;
        next.currentTrial = null;
        next.progress = next.progress && {
          ...next.progress,
          done: event.outcome === 'complete' ? 1 : next.progress.done,
          secondsLeft: null,
        };
        break;
    }
  }
  return next;
}

function emptyTrial(key: TrialKey): Trial {
  return {
    id: trialId(key),
    key,
    totalSteps: 0,
    stepsPerEpoch: 1,
    firstEpoch: 0,
    firstStep: 0,
    learningRates: EMPTY,
    losses: EMPTY,
    epochs: [],
    bestAccuracy: null,
    bestMacroF1: null,
    bestLoss: null,
  };
}

function pickShape(event: Extract<LabEvent, { kind: 'trial-started' }>) {
  return { totalSteps: event.totalSteps, stepsPerEpoch: Math.max(1, event.stepsPerEpoch), firstEpoch: event.firstEpoch };
}

function withEpoch(trial: Trial, event: Extract<LabEvent, { kind: 'epoch' }>): Trial {
  const point: EpochPoint = {
    epoch: event.epoch,
    x: trial.firstEpoch + event.step / trial.stepsPerEpoch,
    trainingLoss: event.trainingLoss,
    validationLoss: event.validationLoss,
    validationAccuracy: event.validationAccuracy,
    validationMacroF1: event.validationMacroF1,
  };
  const better =
    trial.bestAccuracy === null ||
    point.validationAccuracy > trial.bestAccuracy ||
    (point.validationAccuracy === trial.bestAccuracy && point.validationLoss < (trial.bestLoss ?? Number.POSITIVE_INFINITY));
  return {
    ...trial,
    epochs: [...trial.epochs, point],
    bestAccuracy: better ? point.validationAccuracy : trial.bestAccuracy,
    bestMacroF1: better ? point.validationMacroF1 : trial.bestMacroF1,
    bestLoss: better ? point.validationLoss : trial.bestLoss,
  };
}
