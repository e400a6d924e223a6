import type { SweepEvent, SweepGap, SweepResults } from '../../protocol/sweep';
import { cellId, gapId } from './cells';
import type { SweepRun } from './sweep';

/** Folds a batch of the engine's events into the state of the sweep: pure, at a cost of one copy of the cells a batch. */
export function foldSweep(run: SweepRun, events: readonly SweepEvent[]): SweepRun {
  if (events.length === 0) return run;
  const next: SweepRun = { ...run };
  const gaps: SweepGap[] = [];
  const cells = events.flatMap((event) => (event.kind === 'sweep-cell' ? [event.cell] : []));
  for (const event of events) {
    switch (event.kind) {
      case 'sweep-started':
        next.plan = event.plan;
        gaps.push(...event.plan.gaps);
        // They are told of anew, in the order of the results.
        if (next.results) next.results = { ...next.results, adapters: [] };
        if (next.status === 'starting') next.status = 'running';
        break;
      case 'sweep-cell':
        break;
      case 'sweep-adapter':
        if (next.results) next.results = { ...next.results, adapters: [...next.results.adapters, event.adapter] };
        break;
      case 'sweep-device-lost':
        next.notice = event.message;
        break;
      case 'paused':
        next.status = 'paused';
        break;
      case 'resumed':
        next.status = 'running';
        break;
      case 'sweep-gap':
        gaps.push(event.gap);
        break;
      case 'sweep-progress':
        next.progress = { label: event.label, done: Math.min(1, Math.max(0, event.fraction)), secondsLeft: event.secondsLeft };
        break;
      case 'sweep-finished':
        next.status = event.outcome;
        next.progress = next.progress && {
          ...next.progress,
          done: event.outcome === 'complete' ? 1 : next.progress.done,
          secondsLeft: null,
        };
        break;
    }
  }
  if (next.results && cells.length + gaps.length > 0) next.results = withMore(next.results, cells, gaps);
  return next;
}

/**
 * A cell that was kept before comes again when its sweep goes on: the later one stands in its place. A gap that the plan foresaw, by the first seed's
 * table, gives way to the cell that another seed's table made of it.
 */
function withMore(results: SweepResults, cells: SweepResults['cells'], gaps: SweepGap[]): SweepResults {
  const known = new Map(results.cells.map((cell) => [cellId(cell), cell]));
  for (const cell of cells) known.set(cellId(cell), cell);
  const missing = new Map(results.gaps.map((gap) => [gapId(gap), gap]));
  for (const gap of gaps) missing.set(gapId(gap), gap);
  return { ...results, cells: [...known.values()], gaps: [...missing].flatMap(([id, gap]) => (known.has(id) ? [] : [gap])) };
}
