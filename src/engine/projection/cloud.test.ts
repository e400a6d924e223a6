import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import type { WordCloud } from '../../protocol/projection';
import type { WordVectors } from '../data/dataset';
import { openCpuDevice } from '../device/cpu';
import { Random } from '../random';
import { randomRotation, wordCloud } from './cloud';
import { bundledVectors, randomVectors } from './testing/vectors';
import { topics } from './topics';

const device = openCpuDevice('A test asked for it.');

/** Share of the points' squared length that the plane through the origin with this unit normal keeps. */
function keptBy([x, y, z]: readonly number[], points: readonly number[]): number {
  let total = 0;
  let lost = 0;
  for (let at = 0; at < points.length; at += 3) {
    total += points[at] ** 2 + points[at + 1] ** 2 + points[at + 2] ** 2;
    lost += (points[at] * x + points[at + 1] * y + points[at + 2] * z) ** 2;
  }
  return 1 - lost / total;
}

function cross(a: readonly number[], b: readonly number[]): number[] {
  return [a[1] * b[2] - a[2] * b[1], a[2] * b[0] - a[0] * b[2], a[0] * b[1] - a[1] * b[0]];
}

describe('the topics', () => {
  it('are single lower-case words, none of them in two', () => {
    const words = topics.flatMap((topic) => topic.words);
    expect(new Set(words).size).toBe(words.length);
    for (const word of words) expect(word).toMatch(/^[a-z]+$/);
    for (const { id, words } of topics) {
      expect(words.length, id).toBeGreaterThanOrEqual(20);
      expect(words.length, id).toBeLessThanOrEqual(30);
    }
  });
});

describe('the word cloud', () => {
  let vectors: WordVectors;
  let cloud: WordCloud;

  beforeAll(async () => {
    vectors = await bundledVectors();
    cloud = await wordCloud(vectors, device);
  });

  it('has every word of the lists, from the bundled table', () => {
    expect(cloud.words).toHaveLength(topics.reduce((sum, topic) => sum + topic.words.length, 0));
    expect(cloud.points).toHaveLength(3 * cloud.words.length);
    expect(cloud.topics.map(({ id }) => id)).toEqual(topics.map(({ id }) => id));
  });

  it('keeps distances as the three best dimensions do: its Gram matrix is the rank-3 part of the centred one', () => {
    // Oracle: total squared length, and orthogonality of what is left, by the points alone against the vectors.
    const n = cloud.words.length;
    const d = vectors.vectors.columns;
    const rows = cloud.words.map(({ word }) => [...vectors.vectors.row(vectors.index.get(word)!)]);
    const mean = Array.from({ length: d }, (_, j) => rows.reduce((sum, row) => sum + row[j], 0) / n);
    const centred = rows.map((row) => row.map((value, j) => value - mean[j]));
    const total = centred.flat().reduce((sum, value) => sum + value * value, 0);
    const inCloud = cloud.points.reduce((sum, value) => sum + value * value, 0);
    expect(inCloud / total).toBeCloseTo(cloud.keptOfAll, 5);
    // The columns of the points span an invariant subspace of X X^T: X X^T P = P (P^T P).
    const through = [0, 1, 2].map((k) => {
      const back = Array.from({ length: d }, (_, j) => centred.reduce((sum, row, i) => sum + row[j] * cloud.points[3 * i + k], 0));
      return centred.map((row) => row.reduce((sum, value, j) => sum + value * back[j], 0));
    });
    const gram = [0, 1, 2].map((k) =>
      [0, 1, 2].map((l) => cloud.words.reduce((s, _, i) => s + cloud.points[3 * i + k] * cloud.points[3 * i + l], 0)),
    );
    for (let i = 0; i < n; i++) {
      for (let k = 0; k < 3; k++) {
        const wanted = [0, 1, 2].reduce((sum, l) => sum + cloud.points[3 * i + l] * gram[l][k], 0);
        expect(Math.abs(through[k][i] - wanted) / inCloud).toBeLessThan(1e-5);
      }
    }
  });

  it('has an orthonormal plane that keeps what it says, and no other plane keeps more', () => {
    const [u, v] = cloud.plane;
    const dot = (a: number[], b: number[]) => a.reduce((sum, value, k) => sum + value * b[k], 0);
    expect(dot(u, u)).toBeCloseTo(1, 12);
    expect(dot(v, v)).toBeCloseTo(1, 12);
    expect(dot(u, v)).toBeCloseTo(0, 12);
    expect(keptBy(cross(u, v), cloud.points)).toBeCloseTo(cloud.kept, 6);
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 0xffffffff }), (seed) => {
        const [normal] = randomRotation(new Random(seed));
        expect(keptBy(normal, cloud.points)).toBeLessThanOrEqual(cloud.kept + 1e-6);
      }),
      { numRuns: 2000 },
    );
  });

  it('is turned: the plane has to be found', () => {
    const normal = cross(...cloud.plane);
    for (const axis of normal) expect(Math.abs(axis)).toBeLessThan(0.95);
  });

  it('is the same twice', async () => {
    expect(await wordCloud(vectors, device)).toEqual(cloud);
  });

  it('leaves out what the table lacks, and takes tables of one and two dimensions', async () => {
    const some = topics.slice(0, 2).flatMap(({ words }) => words.slice(0, 8));
    for (const dimension of [1, 2, 3, 40]) {
      const small = await wordCloud(randomVectors([...some, 'elsewhere'], dimension, dimension), device);
      expect(small.words.map(({ word }) => word)).toEqual(some);
      expect(small.topics).toHaveLength(2);
      expect(small.points.every(Number.isFinite)).toBe(true);
      if (dimension <= 2) expect([small.kept, small.keptOfAll]).toEqual([1, 1]);
      expect(keptBy(cross(...small.plane), small.points)).toBeCloseTo(small.kept, 6);
    }
  });

  it('says so where a table has too few of the words', async () => {
    await expect(wordCloud(randomVectors(['Hund', 'Katze', 'dog'], 5, 1), device)).rejects.toMatchObject({
      code: 'no-data',
      message: expect.stringContaining('1'),
      remedy: expect.stringContaining('English'),
    });
  });
});

describe('a random rotation', () => {
  it('is orthonormal and turns no mirror', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 0xffffffff }), (seed) => {
        const rows = randomRotation(new Random(seed));
        for (const [i, a] of rows.entries()) {
          for (const [j, b] of rows.entries()) {
            expect(a.reduce((sum, value, k) => sum + value * b[k], 0)).toBeCloseTo(i === j ? 1 : 0, 10);
          }
        }
        expect(cross(rows[0], rows[1])[2]).toBeCloseTo(rows[2][2], 10);
      }),
    );
  });
});
