import type { OpenedRun } from '../../protocol/runs';
import type { PreparedData, WordVectors } from '../data/dataset';
import { firstWordId } from '../data/vocabulary';
import { LabError } from '../errors';
import { conclude } from '../experiment/conclusion';
import { type LastRun, trainedModel } from '../experiment/last-run';
import { hasEqualTrials, planExperiment } from '../experiment/plan';
import type { StoredRun } from './file';

/** A run as the page shows it. What follows from specification and results, the plan and the conclusion, is not kept: it is made anew. */
export function openedRun(run: LastRun, name: string): OpenedRun {
  const { specification, data, models, results, outcome, events, stepsLeftOut } = run;
  const { words, dimension, classes, split } = data;
  const table = { rows: words.length + firstWordId, columns: dimension };
  const plan = planExperiment(specification, { table, classes: classes.length, split });
  return {
    name,
    results,
    models: models.map(trainedModel),
    events: [
      { kind: 'started', plan },
      ...events,
      { kind: 'finished', outcome, results, conclusion: conclude(results.results, plan, hasEqualTrials(specification)) },
    ],
    stepsLeftOut,
  };
}

/** What is loaded, and how a run's data are made of it. */
export interface LoadedData {
  vectors: WordVectors;
  dataset: { source: { id: string } };
  prepare(run: StoredRun): PreparedData;
}

/** The run with what of its data is loaded: the table alone finds nearest words, table and sentences the test split. */
export function withLoaded(run: StoredRun & Partial<LastRun>, loaded: LoadedData | null): LastRun {
  const { embeddings, dataset } = run.specification;
  const ownTable = loaded?.vectors.source.id === embeddings.id ? loaded.vectors : null;
  const vectors = run.vectors ?? ownTable;
  const prepared = run.prepared ?? (loaded && ownTable && loaded.dataset.source.id === dataset.id ? preparedAlike(run, loaded) : null);
  return { ...run, vectors, prepared };
}

/** Null where this version of the lab makes another vocabulary of the same sources, or none: the models' rows would be other words. */
function preparedAlike(run: StoredRun, { prepare }: LoadedData): PreparedData | null {
  try {
    const prepared = prepare(run);
    const { words, classes, tokenizer } = run.data;
    const alike = (a: readonly string[], b: readonly string[]) => a.length === b.length && a.every((one, i) => one === b[i]);
    return alike(prepared.words, words) && alike(prepared.classes, classes) && prepared.tokenizer === tokenizer ? prepared : null;
  } catch (error) {
    if (error instanceof LabError) return null;
    throw error;
  }
}
