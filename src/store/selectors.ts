import type { MethodDescription } from '../protocol/catalogue';
import type { ExperimentPlan, PlannedMethod } from '../protocol/plan';
import { memoised } from './memo';
import { type BeforeRetraining, isActive, type Run, type SpectrumEvent } from './run';
import { groupResults, type ResultGroup } from './statistics';
import type { LabState, ViewSlice } from './store';
import { isBetter, methodKey, type Trial } from './trials';

/** A trial on the charts: one a method, and the one that trains now. */
export interface ShownTrial {
  key: string;
  method: string;
  trial: Trial;
  /** In training at this moment. */
  live: boolean;
}

const shownTrials = memoised((run: Run, trials: Run['trials'], view: ViewSlice['view']): readonly ShownTrial[] => {
  const best = new Map<string, Trial>();
  for (const id of run.order) {
    const trial = trials[id];
    if (!trial || !matches(trial, view)) continue;
    const known = best.get(trial.key.method);
    if (!known || isBetter(trial, known)) best.set(trial.key.method, trial);
  }
  const shown: ShownTrial[] = [...best].map(([method, trial]) => ({ key: trial.id, method, trial, live: trial.id === run.currentTrial }));
  const current = run.currentTrial ? trials[run.currentTrial] : undefined;
  if (current && matches(current, view) && !shown.some((entry) => entry.live)) {
    shown.push({ key: current.id, method: current.key.method, trial: current, live: true });
  }
  return shown;
});

function matches(trial: Trial, view: ViewSlice['view']): boolean {
  if (view.shownSeed !== 'best' && trial.key.seed !== view.shownSeed) return false;
  return trial.key.requestedRate === null || view.shownRate === null || trial.key.requestedRate === view.shownRate;
}

/** Per method the trial that validation likes best so far (of the shown seed), and the trial in training. */
export function selectShownTrials(state: LabState): readonly ShownTrial[] {
  return shownTrials(state.run, state.run.trials, state.view);
}

/** One row of the methods table: planned, running or done. */
export interface MethodProgress {
  key: string;
  planned: PlannedMethod;
  status: 'waiting' | 'running' | 'done' | 'failed';
  /** Why there is no result, where its training broke. */
  failure: string | null;
  /** Learning-rate trials begun, over all seeds. */
  trialsBegun: number;
  trialsPlanned: number;
  /** Best validation accuracy so far, of the shown seed. */
  validationAccuracy: number | null;
  /** Of the same state. */
  validationMacroF1: number | null;
  before: number | null;
  beforeMacroF1: number | null;
  /** The setting that the run had, else the planned one. */
  setting: Pick<PlannedMethod, 'rank' | 'levels' | 'groups'>;
  /** Bytes as measured at the end, else as planned. */
  embeddingBytes: number | null;
  networkBytes: number | null;
  rate: number | null;
}

const methodProgress = memoised(
  (plan: ExperimentPlan | null, run: Run, shownSeed: 'best' | number, useRun: boolean): readonly MethodProgress[] => {
    if (!plan) return [];
    const seeds = run.specification?.seeds.length ?? 1;
    const begun = new Map<string, number>();
    const best = new Map<string, Trial>();
    if (useRun) {
      for (const id of run.order) {
        const trial = run.trials[id];
        const key = methodKey(trial.key.method, trial.key.requestedRate);
        begun.set(key, (begun.get(key) ?? 0) + 1);
        if (shownSeed !== 'best' && trial.key.seed !== shownSeed) continue;
        const known = best.get(key);
        if (!known || isBetter(trial, known)) best.set(key, trial);
      }
    }
    const current = useRun && run.currentTrial ? run.trials[run.currentTrial] : null;
    const currentKey = current && methodKey(current.key.method, current.key.requestedRate);
    return plan.methods.map((planned) => {
      const key = methodKey(planned.method, planned.requestedRate);
      const rows = useRun ? run.rows.filter((row) => methodKey(row.method, row.requestedRate) === key) : [];
      const shownRows = shownSeed === 'best' ? rows : rows.filter((row) => row.seed === shownSeed);
      const row = shownRows.reduce<(typeof rows)[number] | null>(
        (a, b) => (a && a.validationAccuracy >= b.validationAccuracy ? a : b),
        null,
      );
      const failures = useRun ? run.methodFailures.filter((failure) => methodKey(failure.method, failure.requestedRate) === key) : [];
      const ended = rows.length + failures.length >= seeds;
      const done = ended && rows.length > 0;
      const trial = best.get(key);
      const before = useRun ? pickBefore(run.beforeRetraining, planned, shownSeed) : undefined;
      return {
        key,
        planned,
        failure: failures[0]?.message ?? null,
        status: done
          ? 'done'
          : ended
            ? 'failed'
            : currentKey === key || rows.length > 0 || (begun.get(key) ?? 0) > 0
              ? 'running'
              : 'waiting',
        trialsBegun: begun.get(key) ?? 0,
        trialsPlanned: planned.learningRates.length * seeds,
        validationAccuracy: row?.validationAccuracy ?? trial?.bestAccuracy ?? null,
        validationMacroF1: row?.validationMacroF1 ?? trial?.bestMacroF1 ?? null,
        before: before?.validationAccuracy ?? null,
        beforeMacroF1: before?.validationMacroF1 ?? null,
        setting: row ?? planned,
        embeddingBytes: row?.bytes ?? planned.size?.embeddingBytes ?? null,
        networkBytes: row?.networkBytes ?? planned.size?.networkBytes ?? null,
        rate: row?.rate ?? planned.size?.rate ?? null,
      } satisfies MethodProgress;
    });
  },
);

function pickBefore(list: readonly BeforeRetraining[], planned: PlannedMethod, seed: 'best' | number): BeforeRetraining | undefined {
  return list.findLast(
    (event) => event.method === planned.method && event.requestedRate === planned.requestedRate && (seed === 'best' || event.seed === seed),
  );
}

/** Does the screen show a run, or what the next run would be? */
export function selectShowsRun(state: LabState): boolean {
  return state.run.status !== 'idle' && state.run.plan !== null;
}

export function selectMethodProgress(state: LabState): readonly MethodProgress[] {
  const showsRun = selectShowsRun(state);
  return methodProgress(showsRun ? state.run.plan : state.plan, state.run, state.view.shownSeed, showsRun);
}

/**
 * Accuracy of always saying the most frequent class of the task that the screen is about, over the whole set: the floor beneath the validation
 * accuracies. Null where the set is not the loaded one any more.
 */
export function selectFloor(state: LabState): number | null {
  const specification = selectShowsRun(state) ? state.run.specification : state.specification;
  const dataset = state.data.report?.dataset;
  if (!specification || !dataset || specification.dataset.id !== dataset.source.id) return null;
  return dataset.tasks.find(({ id }) => id === specification.task)?.majorityShare ?? null;
}

/** The factorization to draw: the paper's method where it ran, else the last one. */
const shownSpectrum = memoised((spectra: readonly SpectrumEvent[], rate: number | null, seed: 'best' | number): SpectrumEvent | null => {
  const matching = spectra.filter((event) => (rate === null || event.requestedRate === rate) && (seed === 'best' || event.seed === seed));
  return matching.findLast((event) => event.method === 'low-rank') ?? matching.at(-1) ?? null;
});

export function selectSpectrum(state: LabState): SpectrumEvent | null {
  return shownSpectrum(state.run.spectra, state.view.shownRate, state.view.shownSeed);
}

const grouped = memoised(groupResults);

export function selectResultGroups(state: LabState): readonly ResultGroup[] {
  return grouped(state.run.rows);
}

const labels = memoised(
  (methods: readonly MethodDescription[] | undefined) => new Map((methods ?? []).map((method) => [method.id, method.label])),
);

/** The name of a method as the catalogue has it; its id before the catalogue is here. */
export function selectMethodLabel(state: LabState): (method: string) => string {
  return labelReader(labels(state.lab.catalogue?.methods));
}

const labelReader = memoised((map: ReadonlyMap<string, string>) => (method: string) => map.get(method) ?? method);

/** Whether an experiment, a race or a sweep holds the lab: none of them shares it. */
export function selectIsBusy({ run, race, sweep }: LabState): boolean {
  return isActive(run.status) || isActive(race.run.status) || isActive(sweep.run.status);
}

export function selectCanRun(state: LabState): boolean {
  return (
    state.lab.status === 'ready' &&
    state.data.report !== null &&
    state.specification !== null &&
    !isActive(state.run.status) &&
    !state.data.loading
  );
}
