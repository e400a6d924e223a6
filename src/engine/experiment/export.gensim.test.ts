/** word2vec's files as gensim itself reads them: run by `npm run test:python`, where a python3 has it. */
import { expect, it } from 'vitest';
import { rowOf, word2vecBinary, word2vecText } from '../export/word2vec';
import { word2vecWords } from '../export/word2vec-words';
import { Random } from '../random';
import { exportModel } from './export';
import { modelId } from './last-run';
import { inFolder, runPython } from './testing/exports';
import { finishedRun } from './testing/finished-run';

/** Words and vectors of both files, the float32 as whole numbers of their bits: nothing is rounded on the way. */
const read = `import json
from gensim.models import KeyedVectors
def bits(path, binary):
    vectors = KeyedVectors.load_word2vec_format(path, binary=binary)
    return {"words": vectors.index_to_key, "bits": vectors.vectors.astype("<f4").view("<u4").tolist()}
print(json.dumps([bits("vectors.txt", False), bits("vectors.bin", True)]))`;

const bitsOf = (values: Float32Array) => [...new Uint32Array(values.slice().buffer)];

it('opens the word vectors of a trained model, bit for bit', async () => {
  const run = await finishedRun({ methods: ['low-rank', 'codebook'], rates: [0.5] });
  for (const model of run.models) {
    const written = await exportModel(run, modelId(model), 'word2vec');
    const found = JSON.parse(inFolder(written, (folder) => runPython(folder, read)));
    const words = run.data.words;
    const bits = words.map((_, i) => bitsOf(rowOf(model.state.embedding, i + 2)));
    expect(found, modelId(model)).toEqual([
      { words, bits },
      { words, bits },
    ]);
  }
});

it('opens words of any characters', () => {
  const words = [
    'new york',
    'new_york',
    '',
    '\u2028',
    '\u0085',
    '\u0000',
    '\ud800',
    'naïve',
    '日本',
    '👩‍🚀',
    '"',
    '\\',
    '#',
    'x'.repeat(300),
    '5',
    '-1.5',
  ];
  const names = word2vecWords(words);
  const random = new Random(3);
  const values = names.map(() => Float32Array.from({ length: 3 }, () => random.normal() * 10 ** (random.normal() * 8)));
  const row = (i: number) => values[i];
  const files = [
    { path: 'vectors.txt', bytes: word2vecText(names, row, 3) },
    { path: 'vectors.bin', bytes: word2vecBinary(names, row, 3) },
  ];
  const found = JSON.parse(inFolder({ files }, (folder) => runPython(folder, read)));
  const expected = { words: names, bits: values.map(bitsOf) };
  expect(found).toEqual([expected, expected]);
});
