import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { LabError } from '../errors';
import { splitDataset } from './split';
import { datasetOf } from './testing';

const shares = { train: 0.7, validation: 0.15, test: 0.15 };
const fractions = [shares.train, shares.validation, shares.test];

/** Sentences of random classes; some texts are repeated. */
const sets = fc
  .record({
    classes: fc.integer({ min: 2, max: 12 }),
    picks: fc.array(fc.tuple(fc.nat(11), fc.nat(400)), { minLength: 40, maxLength: 400 }),
  })
  .map(({ classes, picks }) =>
    datasetOf(
      picks.map(([, text]) => `text ${text}`),
      picks.map(([label]) => label % classes),
    ),
  );

describe('splitDataset', () => {
  it('gives every sentence a split, the same for the same seed', () => {
    fc.assert(
      fc.property(sets, fc.nat(1000), (set, seed) => {
        const split = splitDataset(set, set.tasks[0], shares, seed);
        expect(split).toHaveLength(set.texts.length);
        expect([...new Set(split)].sort()).toEqual([0, 1, 2]);
        expect(splitDataset(set, set.tasks[0], shares, seed)).toEqual(split);
      }),
    );
  });

  it('keeps identical texts together', () => {
    fc.assert(
      fc.property(sets, fc.nat(1000), (set, seed) => {
        const split = splitDataset(set, set.tasks[0], shares, seed);
        const first = new Map<string, number>();
        for (const [row, text] of set.texts.entries()) {
          if (!first.has(text)) first.set(text, split[row]);
          expect(split[row]).toBe(first.get(text));
        }
      }),
    );
  });

  it('keeps to the shares over all and in each class, however many classes there are', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(99), { minLength: 60, maxLength: 600 }), fc.nat(1000), (labels, seed) => {
        const set = datasetOf(
          labels.map((_, row) => `text ${row}`),
          labels,
        );
        const split = splitDataset(set, set.tasks[0], shares, seed);
        for (const [part, fraction] of fractions.entries()) {
          const members = labels.filter((_, row) => split[row] === part);
          expect(Math.abs(members.length - fraction * labels.length)).toBeLessThan(1);
          for (const label of new Set(labels)) {
            const size = labels.filter((other) => other === label).length;
            const count = members.filter((other) => other === label).length;
            expect(Math.abs(count - fraction * size)).toBeLessThan(2);
          }
        }
      }),
      { numRuns: 30 },
    );
  });

  it('differs by seed', () => {
    const set = datasetOf(
      Array.from({ length: 100 }, (_, row) => `text ${row}`),
      Array.from({ length: 100 }, (_, row) => row % 2),
    );
    const [task] = set.tasks;
    expect(splitDataset(set, task, shares, 1)).not.toEqual(splitDataset(set, task, shares, 2));
  });

  it("takes the file's own split as it is, for every seed", () => {
    const own = [0, 0, 1, 2, 0, 2];
    const set = datasetOf(['a', 'b', 'c', 'd', 'e', 'f'], [0, 1, 0, 1, 0, 0], own);
    for (const seed of [1, 2]) expect([...splitDataset(set, set.tasks[0], shares, seed)]).toEqual(own);
    expect([...(set.ownSplit ?? [])]).toEqual(own);
  });

  it('draws validation from the training rows where the own split has none', () => {
    const own = Array.from({ length: 120 }, (_, row) => (row < 85 ? 0 : 2));
    const set = datasetOf(
      own.map((_, row) => `text ${row}`),
      own.map((_, row) => row % 2),
      own,
    );
    const split = splitDataset(set, set.tasks[0], shares, 1);
    expect(split.slice(85).every((part) => part === 2)).toBe(true);
    expect(split.slice(0, 85).filter((part) => part === 1)).toHaveLength(15);
    expect(split.slice(0, 85)).not.toContain(2);
  });

  it('refuses a set that is too small for three splits', () => {
    const set = datasetOf(['a', 'b'], [0, 1]);
    expect(() => splitDataset(set, set.tasks[0], shares, 1)).toThrowError(
      expect.objectContaining<Partial<LabError>>({ code: 'bad-dataset', message: '2 sentences leave none for the validation split.' }),
    );
    const same = datasetOf(new Array<string>(9).fill('a'), [0, 1, 0, 1, 0, 1, 0, 1, 0]);
    expect(() => splitDataset(same, same.tasks[0], shares, 1)).toThrowError('9 sentences leave none for the validation split.');
  });
});
