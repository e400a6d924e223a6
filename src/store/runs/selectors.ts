import type { Catalogue } from '../../protocol/catalogue';
import type { SavedRun } from '../../protocol/runs';
import type { ExperimentSpecification } from '../../protocol/specification';
import { isActive } from '../run';
import { selectIsBusy } from '../selectors';
import type { LabState } from '../store';

/** Is there a run on the page that the lab can keep? */
export function selectCanKeep({ run, models }: LabState): boolean {
  return !isActive(run.status) && run.results !== null && models.length > 0;
}

/** Would a run that is opened now take the place of one that is kept nowhere? */
export function selectIsUnkept(state: LabState): boolean {
  return selectCanKeep(state) && state.runs.shown === null;
}

/** The kept run that is on the page. */
export function selectShownKept({ runs: { kept, shown } }: LabState): SavedRun | null {
  return kept?.find(({ id }) => id === shown?.id) ?? null;
}

/** Whether no run can be kept or opened at this moment. */
export function selectRunsWait(state: LabState): boolean {
  return selectIsBusy(state) || state.runs.busy !== null || state.lab.status !== 'ready';
}

const mostNameLength = 80;

/** A run in a line: what it was on, by which network, how far compressed. */
export function runSummary(
  { embeddings, dataset, model, rates, seeds, methods, epochs }: ExperimentSpecification,
  catalogue: Catalogue | null,
): string {
  const network = networkLabel(model, catalogue);
  const counted = (count: number, one: string) => `${count} ${one}${count === 1 ? '' : 's'}`;
  const parts = [
    `${methods.length === 1 ? 'full table alone' : counted(methods.length, 'method')}`,
    ratesWords(rates),
    counted(epochs, 'epoch'),
  ];
  if (seeds.length > 1) parts.push(counted(seeds.length, 'seed'));
  return `${dataset.name} with ${embeddings.name}; ${network}; ${parts.join(', ')}`;
}

/** A name that says what the run was, for the visitor to change. */
export function proposedName(
  { model, task, rates }: ExperimentSpecification,
  catalogue: Catalogue | null,
  kept: readonly string[],
): string {
  const network = networkLabel(model, catalogue);
  // `Deep averaging network (DAN)` is DAN where room is short.
  const short = /\(([^()]+)\)$/.exec(network)?.[1] ?? network;
  const base = `${task.slice(0, 1).toUpperCase()}${task.slice(1, 40)}, ${short}, ${ratesWords(rates)}`.slice(0, mostNameLength - 4);
  let name = base;
  for (let further = 2; kept.includes(name); further++) name = `${base} (${further})`;
  return name;
}

function ratesWords(rates: readonly number[]): string {
  return rates.map((rate) => `${Number((100 * rate).toFixed(2))} %`).join(' and ') || 'no rate';
}

function networkLabel(model: string, catalogue: Catalogue | null): string {
  return catalogue?.models.find(({ id }) => id === model)?.label ?? model;
}
