import type { RaceEvent } from '../../protocol/race';
import { append, EMPTY } from '../growing';
import { SMOOTHING_START, smoothOn } from '../smoothing';
import { type LaneTrace, type RaceRun, traceId } from './race';

/** Folds a batch of the engine's events into the state of the race: pure, and at a cost of what the batch holds, not of what there is. */
export function foldRace(run: RaceRun, events: readonly RaceEvent[]): RaceRun {
  if (events.length === 0) return run;
  // One shallow copy a batch: the draft of the traces below is ours alone until we return it.
  const next: RaceRun = { ...run };
  let traces: Record<string, LaneTrace> | null = null;
  const change = (lane: string, seed: number, with_: (trace: LaneTrace) => LaneTrace) => {
    traces ??= { ...run.traces };
    next.traces = traces;
    const id = traceId(lane, seed);
    traces[id] = with_(traces[id] ?? emptyTrace(lane, seed));
  };

  for (const event of events) {
    switch (event.kind) {
      case 'started': {
        const { totalSteps, stepsPerEpoch, rank, rate } = event;
        next.shape = { totalSteps, stepsPerEpoch: Math.max(1, stepsPerEpoch), rank, rate };
        if (next.status === 'starting') next.status = 'running';
        break;
      }
      case 'seed-started':
        next.seed = event.seed;
        break;
      case 'steps':
        change(event.lane, event.seed, (trace) => withSteps(trace, event));
        break;
      case 'evaluated':
        change(event.lane, event.seed, (trace) => withEvaluation(trace, event));
        break;
      case 'lane':
        next.lanes = next.lanes.some(({ id }) => id === event.lane.id)
          ? next.lanes.map((lane) => (lane.id === event.lane.id ? event.lane : lane))
          : [...next.lanes, event.lane];
        next.changes = [...next.changes, { lane: event.lane.id, step: event.fromStep, forkedFrom: event.forkedFrom }];
        break;
      case 'broken':
        change(event.lane, event.seed, (trace) => ({ ...trace, brokenAt: event.step }));
        break;
      case 'row':
        next.rows = [...next.rows, event.row];
        break;
      case 'progress':
        next.progress = { label: event.label, done: Math.min(1, Math.max(0, event.done)), secondsLeft: event.secondsLeft };
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
        next.rows = event.results.rows;
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

function emptyTrace(lane: string, seed: number): LaneTrace {
  return {
    lane,
    seed,
    firstStep: 0,
    learningRates: EMPTY,
    losses: EMPTY,
    smoothed: EMPTY,
    smoothing: SMOOTHING_START,
    seconds: EMPTY,
    evaluations: [],
    bestAccuracy: null,
    brokenAt: null,
    spent: { sum: 0, lowest: Number.POSITIVE_INFINITY, highest: 0 },
  };
}

function withSteps(trace: LaneTrace, event: Extract<RaceEvent, { kind: 'steps' }>): LaneTrace {
  const { smoothed, state } = smoothOn(trace.smoothing, event.losses);
  const spent = { ...trace.spent };
  for (const rate of event.learningRates) {
    spent.sum += rate;
    spent.lowest = Math.min(spent.lowest, rate);
    spent.highest = Math.max(spent.highest, rate);
  }
  return {
    ...trace,
    firstStep: trace.losses.length === 0 ? event.firstStep : trace.firstStep,
    learningRates: append(trace.learningRates, event.learningRates),
    losses: append(trace.losses, event.losses),
    smoothed: append(trace.smoothed, smoothed),
    smoothing: state,
    seconds: append(trace.seconds, event.seconds),
    spent,
  };
}

function withEvaluation(trace: LaneTrace, event: Extract<RaceEvent, { kind: 'evaluated' }>): LaneTrace {
  const { step, seconds, validationLoss, validationAccuracy } = event;
  return {
    ...trace,
    evaluations: [...trace.evaluations, { step, seconds, validationLoss, validationAccuracy }],
    bestAccuracy: Math.max(trace.bestAccuracy ?? 0, validationAccuracy),
  };
}
