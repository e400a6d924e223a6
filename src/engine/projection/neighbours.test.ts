import { beforeAll, describe, expect, it } from 'vitest';
import type { WordVectors } from '../data/dataset';
import { openCpuDevice } from '../device/cpu';
import { truncatedSvd } from '../svd/svd';
import { findNeighbours } from './neighbours';
import { cloudSpectrum, neighbours } from './projection';
import { bundledVectors, randomVectors } from './testing/vectors';
import { type WordSpace, wordSpace } from './word-space';

const device = openCpuDevice('A test asked for it.');

/** Oracle: the rank-r matrix written out, and cosines of its rows, each with all. */
async function bruteForce(vectors: WordVectors, word: string, rank: number): Promise<{ word: string; cosine: number }[]> {
  const { columns } = vectors.vectors;
  const { a, b } = await truncatedSvd(vectors.vectors, device, { rank });
  const rows = vectors.words.map((_, i) =>
    Array.from({ length: columns }, (_, j) => {
      let sum = 0;
      for (let k = 0; k < rank; k++) sum += a.values[i * rank + k] * b.values[k * columns + j];
      return sum;
    }),
  );
  const query = rows[vectors.index.get(word)!];
  return rows
    .map((row, i) => ({
      word: vectors.words[i],
      cosine: row.reduce((sum, value, j) => sum + value * query[j], 0) / (Math.hypot(...row) * Math.hypot(...query)),
    }))
    .filter((entry) => entry.word !== word)
    .sort((x, y) => y.cosine - x.cosine);
}

describe('neighbours by rank', () => {
  it.each([
    [40, 12],
    [300, 20],
    [9, 25],
  ])('are those of the rank-r matrix written out: %i words of %i numbers', async (count, dimension) => {
    const vectors = randomVectors(
      Array.from({ length: count }, (_, i) => `w${i}`),
      dimension,
      count,
    );
    const highest = Math.min(count, dimension);
    const ranks = [2, 3, Math.ceil(highest / 2), highest];
    const { ranks: answers, known, searched } = await neighbours(vectors, device, 'w3', ranks);
    expect([known, searched]).toEqual([true, count]);
    for (const [at, rank] of ranks.entries()) {
      const wanted = (await bruteForce(vectors, 'w3', rank)).slice(0, 10);
      expect(answers[at].rank).toBe(rank);
      expect(answers[at].neighbours).toHaveLength(Math.min(10, count - 1));
      for (const [place, { word, cosine }] of answers[at].neighbours.entries()) {
        expect(cosine).toBeCloseTo(wanted[place].cosine, 4);
        // Neighbours that are as near to the last digits may change places.
        expect(wanted.some((entry) => entry.word === word && Math.abs(entry.cosine - cosine) < 1e-4)).toBe(true);
      }
    }
    // At the highest rank it is the table itself.
    expect(answers[ranks.length - 1].overlap).toBe(Math.min(10, count - 1));
  });

  it('has only two directions at rank 1, and lists by frequency what is as near', async () => {
    const words = Array.from({ length: 60 }, (_, i) => `w${i}`);
    const { ranks } = await neighbours(randomVectors(words, 6, 4), device, 'w0', [1]);
    expect(ranks[0].neighbours.every(({ cosine }) => cosine === 1)).toBe(true);
    const places = ranks[0].neighbours.map(({ word }) => words.indexOf(word));
    expect(places).toEqual([...places].sort((a, b) => a - b));
  });

  it('answers in the order of the question, and does not know a word that the table lacks', async () => {
    const vectors = randomVectors(['a', 'b', 'c', 'constructor'], 3, 1);
    expect((await neighbours(vectors, device, 'constructor', [3, 1, 2])).ranks.map(({ rank }) => rank)).toEqual([3, 1, 2]);
    expect(await neighbours(vectors, device, 'toString', [1])).toMatchObject({ known: false, ranks: [] });
  });

  it('gives a word of zeros no neighbours, and never lists one', async () => {
    const vectors = randomVectors(['a', 'b', 'c', 'd'], 3, 1);
    vectors.vectors.row(1).fill(0);
    expect((await neighbours(vectors, device, 'b', [2])).ranks[0]).toMatchObject({ neighbours: [], overlap: 0 });
    expect((await neighbours(vectors, device, 'a', [3])).ranks[0].neighbours.map(({ word }) => word)).not.toContain('b');
  });

  it.each([[[0]], [[1.5]], [[4]], [[]], [Array.from({ length: 13 }, () => 1)]])('refuses the ranks %j in a sentence', async (ranks) => {
    await expect(neighbours(randomVectors(['a', 'b', 'c', 'd'], 3, 1), device, 'a', ranks)).rejects.toMatchObject({
      code: 'bad-specification',
      remedy: expect.stringContaining('from 1 to 3'),
    });
  });
});

describe('on the bundled table', () => {
  let vectors: WordVectors;
  let space: WordSpace;

  beforeAll(async () => {
    vectors = await bundledVectors();
    space = await wordSpace(vectors, device);
  });

  it('the decomposition is computed once a table', async () => {
    expect(await wordSpace(vectors, device)).toBe(space);
    const other = randomVectors(['a', 'b'], 2, 1);
    expect(await wordSpace(other, device)).not.toBe(space);
  });

  it('the full rank finds what the table itself holds, and lower ranks find less of it', async () => {
    const ranks = [100, 60, 30, 10, 3, 1];
    const answer = await findNeighbours(vectors, space, 'cat', ranks);
    expect(answer.searched).toBe(vectors.words.length);
    // Oracle: cosines of the table's own rows.
    const query = vectors.vectors.row(vectors.index.get('cat')!);
    const cosines = vectors.words.map((word, i) => {
      const row = vectors.vectors.row(i);
      let [product, square, own] = [0, 0, 0];
      for (let j = 0; j < row.length; j++) {
        product += row[j] * query[j];
        square += row[j] ** 2;
        own += query[j] ** 2;
      }
      return { word, cosine: product / Math.sqrt(square * own) };
    });
    cosines.sort((a, b) => b.cosine - a.cosine);
    expect(answer.ranks[0].neighbours.map(({ word }) => word)).toEqual(cosines.slice(1, 11).map(({ word }) => word));
    const overlaps = answer.ranks.map(({ overlap }) => overlap);
    expect(overlaps[0]).toBe(10);
    expect(overlaps[0]).toBeGreaterThan(overlaps[3]);
    expect(overlaps[2]).toBeGreaterThanOrEqual(overlaps[4]);
  });

  it('twelve ranks of 12,000 words take less than 200 ms', async () => {
    const ranks = [100, 80, 64, 50, 40, 30, 20, 12, 8, 4, 2, 1];
    await findNeighbours(vectors, space, 'dog', ranks);
    const startedAt = performance.now();
    await findNeighbours(vectors, space, 'music', ranks);
    expect(performance.now() - startedAt).toBeLessThan(200);
  });

  it('the spectrum falls, and all of it keeps all', async () => {
    const { words, singularValues, retainedEnergy } = await cloudSpectrum(vectors, device);
    expect(words).toBe(vectors.words.length);
    expect(singularValues).toHaveLength(100);
    expect([...singularValues].sort((a, b) => b - a)).toEqual(singularValues);
    expect(retainedEnergy[99]).toBe(1);
    const total = [...vectors.vectors.blocks()].reduce((sum, { values }) => values.reduce((s, value) => s + value * value, sum), 0);
    expect(singularValues.reduce((sum, value) => sum + value * value, 0) / total).toBeCloseTo(1, 6);
  });
});

describe('a word rarer than those that are searched', () => {
  it('is found its neighbours among them, by its own vector', async () => {
    const vectors = randomVectors(
      Array.from({ length: 20_005 }, (_, i) => `w${i}`),
      4,
      8,
    );
    const row = vectors.vectors.row(20_003);
    row.set(vectors.vectors.row(17));
    const { ranks, searched } = await neighbours(vectors, device, 'w20003', [4, 2]);
    expect(searched).toBe(20_000);
    expect(ranks[0].neighbours[0].word).toBe('w17');
    expect(ranks[0].neighbours[0].cosine).toBeCloseTo(1, 5);
  });
});
