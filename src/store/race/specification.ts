import type { Catalogue } from '../../protocol/catalogue';
import type { DataReport } from '../../protocol/data';
import { laneIds } from '../../protocol/lanes';
import type { RaceSpecification } from '../../protocol/race';
import { laneAt } from './race';

/** What the lanes train, as the catalogue names it; a catalogue without it is asked for its kin. */
const RACED_METHODS = ['low-rank-direct', 'low-rank'];
/** Where the catalogue has no rate for an optimizer. */
const FALLBACK_PEAK = 1e-3;

/** The three schedules that the paper sets against each other. */
const DEFAULT_SCHEDULES = ['fixed', 'clr', 'calr'];

/** The highest rate of the method's own grid: high enough that schedules differ, and known to train. */
export function sensiblePeak({ methods }: Catalogue, optimizer: string): number {
  for (const id of RACED_METHODS) {
    const grid = methods.find((method) => method.id === id)?.learningRates[optimizer];
    if (grid && grid.length > 0) return Math.max(...grid);
  }
  return FALLBACK_PEAK;
}

/** The race that the room opens on: three schedules at one peak, three seeds. */
export function defaultRace(catalogue: Catalogue): RaceSpecification {
  const { embeddings, dataset, task, split, model, hidden, dropout, wordDropout, optimizer, batchSize, rates, epochs } =
    catalogue.defaultSpecification;
  const peak = sensiblePeak(catalogue, optimizer);
  const known = DEFAULT_SCHEDULES.filter((id) => catalogue.schedules.some((schedule) => schedule.id === id));
  return {
    version: 1,
    embeddings,
    dataset,
    task,
    split,
    model,
    hidden,
    dropout,
    wordDropout,
    optimizer,
    batchSize,
    rate: rates[0] ?? 0.9,
    epochs,
    seeds: [1, 2, 3],
    lanes: known.map((id, i) => laneAt(laneIds[i], { schedule: { id, parameters: {} }, peak })),
  };
}

/** The race on what is loaded: its sources, and a task that the set has. */
export function raceOn(race: RaceSpecification, { embeddings, dataset }: DataReport): RaceSpecification {
  const task = dataset.tasks.some(({ id }) => id === race.task) ? race.task : (dataset.tasks[0]?.id ?? race.task);
  return { ...race, embeddings: embeddings.source, dataset: dataset.source, task };
}
