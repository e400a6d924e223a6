import type { ExperimentSpecification } from '../../protocol/specification';
import { LabError } from '../errors';
import { Random, streamSeed, streams } from '../random';
import type { Dataset, Task } from './dataset';

type Shares = ExperimentSpecification['split'];

const training = 0;
const validation = 1;
const splitNames = ['training', 'validation', 'test'];

/**
 * The split of each sentence: 0 training, 1 validation, 2 test.
 *
 * A data set's own split is taken as it is; where it has no validation, that is drawn from its training rows, in the ratio of the two
 * shares. Without an own split, all are drawn: stratified by the task's class, with identical texts together.
 *
 * @param shares of the three splits; they add up to 1
 * @returns one value a sentence; the same for the same data set, task, shares and seed
 * @throws LabError `bad-dataset` where a split would be empty
 */
export function splitDataset(dataset: Dataset, task: Task, shares: Shares, seed: number): Uint8Array {
  const { texts, ownSplit } = dataset;
  const all = Array.from(texts.keys());
  const random = new Random(streamSeed(seed, streams.split));
  let split: Uint8Array;
  if (ownSplit === null) {
    split = new Uint8Array(texts.length);
    draw(texts, task.labels, all, [shares.train, shares.validation, shares.test], random, split);
  } else {
    split = ownSplit.slice();
    if (!split.includes(validation)) {
      const both = shares.train + shares.validation;
      const rows = all.filter((row) => split[row] === training);
      draw(texts, task.labels, rows, [shares.train / both, shares.validation / both, 0], random, split);
    }
  }
  const missing = splitNames.findIndex((_, part) => !split.includes(part));
  if (missing >= 0) {
    throw new LabError(
      'bad-dataset',
      `${texts.length} sentences leave none for the ${splitNames[missing]} split.`,
      'Load more sentences, or give that split a larger share.',
    );
  }
  return split;
}

/**
 * Divides `rows` among the splits. Each class in turn adds to every split what is due to it by its share; each group of identical texts goes
 * to the split that is owed most. So each class's and the whole set's counts stay within a sentence or two of the shares, however small the classes
 * are, unless one text is repeated more often than a split has room.
 */
function draw(texts: string[], labels: Uint32Array, rows: number[], shares: number[], random: Random, split: Uint8Array): void {
  const due = shares.map(() => 0);
  for (const groups of groupsByClass(texts, labels, rows)) {
    random.shuffle(groups);
    // The larger ones first, while there is room everywhere; a stable sort leaves equal ones shuffled.
    groups.sort((a, b) => b.length - a.length);
    const size = groups.reduce((sum, group) => sum + group.length, 0);
    for (let part = 0; part < shares.length; part++) due[part] += shares[part] * size;
    for (const group of groups) {
      let most = 0;
      for (let part = 1; part < due.length; part++) if (due[part] > due[most]) most = part;
      due[most] -= group.length;
      for (const row of group) split[row] = most;
    }
  }
}

/** Rows of identical texts together, by the class of their first row. */
function groupsByClass(texts: string[], labels: Uint32Array, rows: number[]): number[][][] {
  const groups = new Map<string, number[]>();
  for (const row of rows) {
    const group = groups.get(texts[row]);
    if (group) group.push(row);
    else groups.set(texts[row], [row]);
  }
  const classes: number[][][] = [];
  for (const group of groups.values()) {
    const label = labels[group[0]];
    classes[label] ??= [];
    classes[label].push(group);
  }
  return classes.filter((members) => members !== undefined);
}
