import type { Setting, SweepAnalysis, SweepPoint } from '../../protocol/analysis';
import type { Catalogue } from '../../protocol/catalogue';
import type { DataReport } from '../../protocol/data';
import type { ExperimentSpecification } from '../../protocol/specification';
import type { KeptSweep, SweepPlan, SweepSpecification } from '../../protocol/sweep';
import { memoised } from '../memo';
import { isActive } from '../run';
import type { LabState } from '../store';
import { settingsFor, widen } from './specification';
import type { SweepSettings } from './sweep';

const specified = memoised(
  (
    experiment: ExperimentSpecification | null,
    settings: SweepSettings,
    catalogue: Catalogue | null,
    report: DataReport | null,
  ): SweepSpecification | null =>
    experiment && catalogue && report ? widen(experiment, settingsFor(settings, report.dataset), catalogue) : null,
);

/** What the next sweep is to do; null before there is data. */
export function selectSweepSpecification(state: LabState): SweepSpecification | null {
  return specified(state.specification, state.sweep.settings, state.lab.catalogue, state.data.report);
}

/** What the controls come to, as long as they say what was planned. */
export function selectSweepPlan(state: LabState): SweepPlan | null {
  const { plan } = state.sweep;
  return plan && plan.specification === selectSweepSpecification(state) ? plan.value : null;
}

/** Why no sweep can be started now, or null. */
export function selectSweepWaits(state: LabState): string | null {
  if (isActive(state.run.status)) return 'An experiment is running: the sweep waits for its end.';
  if (isActive(state.race.run.status)) return 'A race is going on: the sweep waits for its end.';
  if (state.race.rangeTest.running) return 'The range test is running: the sweep waits for its end.';
  if (state.data.loading) return 'Data is being loaded: the sweep waits for it.';
  return null;
}

export function selectAnalysis(state: LabState): SweepAnalysis | null {
  return state.sweep.analysis?.value ?? null;
}

/** The setting that the figures show; null before there is one. */
export function selectSetting(state: LabState): Setting | null {
  const settings = state.sweep.analysis?.value.settings ?? [];
  return settings[Math.min(state.sweep.view.setting, settings.length - 1)] ?? null;
}

const NO_POINTS: readonly SweepPoint[] = [];

const shownPoints = memoised((analysis: SweepAnalysis, setting: number, hidden: readonly string[]): readonly SweepPoint[] => {
  const index = Math.min(setting, analysis.settings.length - 1);
  return analysis.points.filter((point) => point.setting === index && !hidden.includes(point.method));
});

/** Of the shown setting and the shown methods. */
export function selectShownPoints(state: LabState): readonly SweepPoint[] {
  const analysis = state.sweep.analysis?.value;
  return analysis ? shownPoints(analysis, state.sweep.view.setting, state.sweep.view.hiddenMethods) : NO_POINTS;
}

const methodsOf = memoised((analysis: SweepAnalysis, catalogue: Catalogue | null): readonly string[] => {
  const present = new Set(analysis.points.map(({ method }) => method));
  const known = (catalogue?.methods ?? []).map(({ id }) => id).filter((id) => present.has(id));
  return [...known, ...[...present].filter((id) => !known.includes(id))];
});

const NO_METHODS: readonly string[] = [];

/** Of the shown results, in the catalogue's order. */
export function selectSweepMethods(state: LabState): readonly string[] {
  const analysis = state.sweep.analysis?.value;
  return analysis ? methodsOf(analysis, state.lab.catalogue) : NO_METHODS;
}

/** Cells there are and cells there will be; null for the latter where nobody has counted. */
export function selectSweepCounts(state: LabState): { finished: number; planned: number | null } {
  const { results, plan } = state.sweep.run;
  const finished = results?.cells.length ?? 0;
  if (plan) return counts(finished, plan.cells);
  const kept = results && keptOf(state.sweep.kept, results.specification);
  return counts(finished, kept ? kept.plannedCells : null);
}

const counts = memoised((finished: number, planned: number | null) => ({ finished, planned }));

/** What the browser keeps of a sweep. */
export function keptOf(kept: readonly KeptSweep[] | null, specification: SweepSpecification): KeptSweep | null {
  return kept?.find((one) => one.specification !== null && sameSpecification(one.specification, specification)) ?? null;
}

/** Whether two specifications say the same, in whatever order their fields stand. */
export function sameSpecification(a: SweepSpecification, b: SweepSpecification): boolean {
  return a === b || ordered(a) === ordered(b);
}

function ordered(value: unknown): string {
  return JSON.stringify(value, (_, part: unknown) =>
    typeof part === 'object' && part !== null && !Array.isArray(part)
      ? Object.fromEntries(Object.entries(part).sort(([a], [b]) => (a < b ? -1 : 1)))
      : part,
  );
}

/** Whether the results on the screen are of what the controls say now. */
export function selectShowsSpecified(state: LabState): boolean {
  const [specification, results] = [selectSweepSpecification(state), state.sweep.run.results];
  return specification !== null && results !== null && sameSpecification(specification, results.specification);
}
