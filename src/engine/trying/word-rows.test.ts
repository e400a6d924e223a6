import { describe, expect, it } from 'vitest';
import type { Embedding } from '../compression/method';
import { firstWordId } from '../data/vocabulary';
import { type Matrix, matrix } from '../matrix';
import { Random } from '../random';
import { drawWords, listsAllOthers, othersIn, overlapOf, rowsOf } from './overlap';
import { nearestWords, type WordRows, wordRows } from './word-rows';

function finish<T>(work: Generator<unknown, T>): T {
  for (;;) {
    const step = work.next();
    if (step.done) return step.value;
  }
}

function random(rows: number, columns: number, seed: number): Matrix {
  const draw = new Random(seed);
  const made = matrix(rows, columns);
  for (let i = columns; i < made.values.length; i++) made.values[i] = draw.normal();
  return made;
}

/** A table with an embedding's rows, in float64. */
function writtenOut(embedding: Embedding): Float64Array[] {
  if (embedding.kind === 'table') {
    const { rows, columns, values } = embedding.table;
    return Array.from({ length: rows }, (_, i) => Float64Array.from(values.subarray(i * columns, (i + 1) * columns)));
  }
  const { a, b } = embedding;
  return Array.from({ length: a.rows }, (_, i) =>
    Float64Array.from({ length: b.columns }, (_, j) => {
      let sum = 0;
      for (let k = 0; k < b.rows; k++) sum += a.values[i * b.rows + k] * b.values[k * b.columns + j];
      return sum;
    }),
  );
}

/** Oracle: cosines of a row with every other, in float64, largest first. */
function bruteForce(rows: Float64Array[], query: number): { row: number; cosine: number }[] {
  const inner = (x: Float64Array, y: Float64Array) => x.reduce((sum, value, j) => sum + value * y[j], 0);
  return rows
    .map((row, i) => ({ row: i, cosine: inner(row, rows[query]) / Math.sqrt(inner(row, row) * inner(rows[query], rows[query])) }))
    .filter(({ row, cosine }) => row >= firstWordId && row !== query && !Number.isNaN(cosine))
    .sort((x, y) => y.cosine - x.cosine);
}

const levels = random(70, 12, 9);
for (let i = 0; i < levels.values.length; i++) levels.values[i] = Math.round(levels.values[i]);

const cases: [string, Embedding][] = [
  ['a table', { kind: 'table', table: random(80, 17, 1) }],
  ['a table of one column', { kind: 'table', table: random(30, 1, 2) }],
  ['two factors', { kind: 'factors', a: random(90, 5, 3), b: sliced(random(6, 40, 4), 1) }],
  ['two factors of rank 1', { kind: 'factors', a: random(40, 1, 5), b: sliced(random(2, 9, 6), 1) }],
  ['factors wider than the table', { kind: 'factors', a: random(50, 14, 7), b: sliced(random(15, 6, 8), 1) }],
  ['few levels, with many rows alike', { kind: 'table', table: levels }],
  ['fewer than ten words', { kind: 'table', table: random(7, 4, 10) }],
  ['a table of more than one block', { kind: 'table', table: random(1500, 400, 11) }],
];

/** Without its first row, which `random` leaves zero. */
function sliced({ rows, columns, values }: Matrix, from: number): Matrix {
  return matrix(rows - from, columns, values.slice(from * columns));
}

describe('nearest words', () => {
  it.each(cases)('are those of the rows written out: %s', (_, embedding) => {
    const rows = finish(wordRows('t', embedding));
    const oracle = writtenOut(embedding);
    const queries = Array.from({ length: Math.min(50, oracle.length - firstWordId) }, (_, q) => firstWordId + q);
    const found = finish(nearestWords(rows, queries));
    expect(found).toHaveLength(queries.length);
    for (const [q, query] of queries.entries()) {
      const wanted = bruteForce(oracle, query);
      expect(found[q]).toHaveLength(Math.min(10, wanted.length));
      for (const [place, { row, cosine }] of found[q].entries()) {
        expect(Math.abs(cosine - wanted[place].cosine)).toBeLessThan(2e-6);
        // Neighbours that are as near to the last digits may change places.
        expect(Math.abs(wanted.find((entry) => entry.row === row)!.cosine - cosine)).toBeLessThan(2e-6);
      }
    }
  });

  it('leave out rows without a direction, and give them none', () => {
    const table = random(20, 5, 1);
    table.values.fill(0, 7 * 5, 8 * 5);
    const rows = finish(wordRows('t', { kind: 'table', table }));
    const [ofZero, ofOther] = finish(nearestWords(rows, [7, 8]));
    expect(ofZero).toEqual([]);
    expect(ofOther.map(({ row }) => row)).not.toContain(7);
    expect(ofOther.every(({ row }) => row >= firstWordId)).toBe(true);
  });

  it('of a product that B sends to zero are none', () => {
    const b = matrix(2, 3, Float32Array.of(1, 2, 3, 2, 4, 6));
    const a = matrix(4, 2, Float32Array.of(0, 0, 1, 1, -2, 1, 1, 1));
    expect(finish(nearestWords(finish(wordRows('t', { kind: 'factors', a, b })), [2]))).toEqual([[]]);
  });

  it('stop for others every few milliseconds', () => {
    const rows = finish(wordRows('t', { kind: 'table', table: random(3000, 300, 1) }));
    const done = [...nearestWords(rows, [2, 3, 4])];
    expect(done.length).toBeGreaterThan(3);
  });
});

describe('the overlap', () => {
  const rowsFrom = (table: Matrix): WordRows => finish(wordRows('t', { kind: 'table', table }));

  it('is what counting by hand gives', () => {
    const [one, other] = [random(60, 8, 1), random(60, 8, 1)];
    const noise = new Random(3);
    for (let i = 0; i < other.values.length; i++) other.values[i] += 0.4 * noise.normal();
    const words = Array.from({ length: 58 }, (_, w) => w + 2);
    const lists = [one, other].map((table) => rowsOf(finish(nearestWords(rowsFrom(table), words))));
    const { mean, histogram } = overlapOf(lists[0], lists[1], 10);
    const tables = [one, other].map((table) => writtenOut({ kind: 'table', table }));
    const common = words.map((word) => {
      const [x, y] = tables.map(
        (rows) =>
          new Set(
            bruteForce(rows, word)
              .slice(0, 10)
              .map(({ row }) => row),
          ),
      );
      return [...x].filter((row) => y.has(row)).length;
    });
    expect(mean).toBeCloseTo(common.reduce((sum, count) => sum + count / 10, 0) / 58, 12);
    expect(histogram).toEqual(Array.from({ length: 11 }, (_, k) => common.filter((count) => count === k).length));
    expect(mean).toBeGreaterThan(0.2);
    expect(mean).toBeLessThan(0.95);
    expect(overlapOf(lists[0], lists[0], 10)).toEqual({ mean: 1, histogram: [...new Array(10).fill(0), 58] });
  });

  it('leaves out words without neighbours in the reference, and counts none kept where the other lost the direction', () => {
    expect(overlapOf([[], [5, 6]], [[1], []], 2)).toEqual({ mean: 0, histogram: [1, 0, 0] });
  });

  it('counts of as many neighbours as there are, and knows where they are all the others', () => {
    const few = rowsFrom(random(11, 8, 1));
    const words = Array.from({ length: 9 }, (_, w) => w + 2);
    const lists = rowsOf(finish(nearestWords(few, words)));
    expect(othersIn(few)).toBe(8);
    expect(overlapOf(lists, lists, othersIn(few))).toEqual({ mean: 1, histogram: [...new Array(8).fill(0), 9] });
    expect(listsAllOthers([few, rowsFrom(random(13, 8, 1))])).toBe(true);
    expect(listsAllOthers([few, rowsFrom(random(14, 8, 1))])).toBe(false);
    expect(othersIn(rowsFrom(random(2, 8, 1)))).toBe(0);
  });

  it('is over words that the seed draws where there are many, and over all where there are few', () => {
    const rows = rowsFrom(random(300, 4, 1));
    expect(drawWords(rows, 1, 298)).toEqual({ rows: Uint32Array.from({ length: 298 }, (_, w) => w + 2), of: 298 });
    const drawn = drawWords(rows, 1, 50);
    expect([drawn.rows.length, drawn.of, new Set(drawn.rows).size]).toEqual([50, 298, 50]);
    expect(drawWords(rows, 1, 50)).toEqual(drawn);
    expect(drawWords(rows, 2, 50)).not.toEqual(drawn);
    rows.squares[9] = 0;
    expect(drawWords(rows, 1, 298).rows).not.toContain(9);
  });
});
