import type { ExperimentSpecification } from '../../protocol/specification';
import { LabError } from '../errors';
import type { Sentences } from '../sentences';
import type { Dataset, PreparedData, Task, WordVectors } from './dataset';
import { splitDataset } from './split';
import { buildVocabulary, maximumTokens, unknownId } from './vocabulary';

/**
 * What all methods of one seed share: the three splits, encoded over one vocabulary, and its pretrained table.
 *
 * @param taskId an id of the data set's tasks
 * @param shares of the three splits where the data set brings none; they add up to 1
 * @throws LabError `bad-specification` for an unknown task; `bad-dataset` where a split would be empty; `no-data` where no word has a vector
 */
export function prepareData(
  vectors: WordVectors,
  dataset: Dataset,
  taskId: string,
  shares: ExperimentSpecification['split'],
  seed: number,
): PreparedData {
  const task = dataset.tasks.find(({ id }) => id === taskId);
  if (!task) {
    const tasks = dataset.tasks.map(({ id }) => id).join(', ');
    throw new LabError('bad-specification', `${dataset.source.name} has no task "${taskId}".`, `Choose one that it has: ${tasks}.`);
  }
  const split = splitDataset(dataset, task, shares, seed);
  const { words, index, table } = buildVocabulary(vectors, dataset, split, seed);
  const encode = (part: number) => encodeSentences(dataset, task, index, split, part);
  return {
    words,
    index,
    table,
    train: encode(0),
    validation: encode(1),
    test: encode(2),
    testTexts: dataset.texts.filter((_, sentence) => split[sentence] === 2),
    classes: task.classes,
    tokenizer: dataset.tokenizer,
  };
}

function encodeSentences(dataset: Dataset, task: Task, index: Map<string, number>, split: Uint8Array, part: number): Sentences {
  const members: number[] = [];
  let total = 0;
  for (const [sentence, tokens] of dataset.tokens.entries()) {
    if (split[sentence] !== part) continue;
    members.push(sentence);
    total += Math.min(tokens.length, maximumTokens);
  }
  const offsets = new Uint32Array(members.length + 1);
  const ids = new Uint32Array(total);
  let at = 0;
  for (const [i, sentence] of members.entries()) {
    const tokens = dataset.tokens[sentence];
    const length = Math.min(tokens.length, maximumTokens);
    for (let t = 0; t < length; t++) ids[at++] = index.get(tokens[t]) ?? unknownId;
    offsets[i + 1] = at;
  }
  return { offsets, ids, labels: Uint32Array.from(members, (sentence) => task.labels[sentence]) };
}
