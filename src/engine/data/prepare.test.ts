import { describe, expect, it } from 'vitest';
import type { LabError } from '../errors';
import { prepareData } from './prepare';
import { datasetOf, vectorsOf } from './testing';
import { buildVocabulary, maximumTokens } from './vocabulary';

const shares = { train: 0.7, validation: 0.15, test: 0.15 };
const vectors = vectorsOf({ the: [1, 2], bad: [3, 4], good: [5, 6], constructor: [7, 8], unused: [9, 10] });
const set = datasetOf(['zeta good alpha', 'the constructor', 'zeta omega', 'bad omicron', 'good zeta'], [0, 1, 0, 1, 0], [0, 0, 0, 1, 2]);

describe('buildVocabulary', () => {
  it("orders the corpus's words with a vector by the table, then the training split's others as they come", () => {
    const { words, index, table } = buildVocabulary(vectors, set, Uint8Array.of(0, 0, 0, 1, 2), 1);
    // `bad` is in validation only, and has a vector; `omicron` has none.
    expect(words).toEqual(['the', 'bad', 'good', 'constructor', 'zeta', 'alpha', 'omega']);
    expect(index.get('the')).toBe(2);
    expect(index.get('omega')).toBe(8);
    expect([table.rows, table.columns]).toEqual([9, 2]);
    expect([...table.values.slice(0, 2)]).toEqual([0, 0]);
    expect([...table.values.slice(4, 12)]).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
    expect(table.values.slice(2, 4)).not.toContain(0);
  });

  it('draws the row of a word without a vector by seed and word alone', () => {
    const rowOf = (word: string, split: number[], seed: number) => {
      const { index, table } = buildVocabulary(vectors, set, Uint8Array.from(split), seed);
      const id = index.get(word) ?? 1;
      return [...table.values.slice(2 * id, 2 * id + 2)];
    };
    expect(rowOf('omega', [0, 0, 0, 1, 2], 1)).toEqual(rowOf('omega', [2, 1, 0, 0, 0], 1));
    expect(rowOf('omega', [0, 0, 0, 1, 2], 1)).not.toEqual(rowOf('omega', [0, 0, 0, 1, 2], 2));
    expect(rowOf('omega', [0, 0, 0, 1, 2], 1)).not.toEqual(rowOf('zeta', [0, 0, 0, 1, 2], 1));
    expect(rowOf('not a word', [0, 0, 0, 1, 2], 1)).toEqual(rowOf('not a word', [0, 1, 1, 1, 2], 1));
  });

  it('draws them normal, with a standard deviation of 0.1', () => {
    const texts = Array.from({ length: 50 }, (_, s) => `the ${Array.from({ length: 100 }, (_, i) => `w${100 * s + i}`).join(' ')}`);
    const many = datasetOf(
      texts,
      texts.map((_, s) => s % 2),
    );
    const { table } = buildVocabulary(vectors, many, new Uint8Array(50), 7);
    const drawn = [...table.values.slice(6)];
    expect(drawn).toHaveLength(10_000);
    const mean = drawn.reduce((sum, value) => sum + value, 0) / drawn.length;
    const deviation = Math.sqrt(drawn.reduce((sum, value) => sum + (value - mean) ** 2, 0) / drawn.length);
    expect(Math.abs(mean)).toBeLessThan(0.004);
    expect(Math.abs(deviation - 0.1)).toBeLessThan(0.003);
    expect(drawn.filter((value) => Math.abs(value) < 0.1).length / drawn.length).toBeCloseTo(0.683, 1);
  });

  it('has no row for a word behind the cut: nobody looks it up', () => {
    const text = `the ${Array.from({ length: maximumTokens + 50 }, (_, i) => `w${i}`).join(' ')}`;
    const { words } = buildVocabulary(vectors, datasetOf([text], [0]), Uint8Array.of(0), 7);
    expect(words).toHaveLength(maximumTokens);
    expect(words).not.toContain(`w${maximumTokens}`);
  });

  it('leaves the loaded table alone', () => {
    const { table } = buildVocabulary(vectors, set, Uint8Array.of(0, 0, 0, 1, 2), 1);
    table.values.fill(99);
    expect(vectors.vectors.row(0)[0]).toBe(1);
  });
});

describe('prepareData', () => {
  it('encodes each split over the vocabulary; words without a row are unknown', () => {
    const data = prepareData(vectors, set, 'task', shares, 1);
    const sentences = ({ offsets, ids }: typeof data.train) =>
      [...offsets.slice(1)].map((end, s) => [...ids.slice(offsets[s], end)].map((id) => data.words[id - 2] ?? id));
    expect(sentences(data.train)).toEqual([
      ['zeta', 'good', 'alpha'],
      ['the', 'constructor'],
      ['zeta', 'omega'],
    ]);
    expect(sentences(data.validation)).toEqual([['bad', 1]]);
    expect(sentences(data.test)).toEqual([['good', 'zeta']]);
    expect([...data.train.labels]).toEqual([0, 1, 0]);
    expect(data.classes).toEqual(['class 0', 'class 1']);
  });

  it('reads 256 tokens of a sentence, and an empty one too', () => {
    const long = datasetOf(['good '.repeat(maximumTokens + 1), '', 'good', 'bad'], [0, 1, 0, 1], [0, 0, 1, 2]);
    expect([...prepareData(vectors, long, 'task', shares, 1).train.offsets]).toEqual([0, 256, 256]);
  });

  it('refuses an unknown task', () => {
    expect(() => prepareData(vectors, set, 'topic', shares, 1)).toThrowError(
      expect.objectContaining<Partial<LabError>>({
        code: 'bad-specification',
        message: 'set has no task "topic".',
        remedy: 'Choose one that it has: task.',
      }),
    );
  });

  it('refuses a table that has none of the words', () => {
    expect(() => prepareData(vectorsOf({ bonjour: [1] }), set, 'task', shares, 1)).toThrowError(
      expect.objectContaining<Partial<LabError>>({ code: 'no-data', message: 'None of the words of set has a vector in table.' }),
    );
  });
});
