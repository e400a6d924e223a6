import { describe, expect, it } from 'vitest';
import { openCpuDevice } from '../device/cpu';
import { type Matrix, matrix } from '../matrix';
import { dan } from '../models/dan';
import { initialWeights } from '../models/initial-weights';
import { Random } from '../random';

import type { Embedding, MethodSetting, TableShape, Transformed } from './method';
import { describeMethods, findMethod, isTrained, methods, paperMethod } from './registry';
import { storedSize } from './stored';

const device = openCpuDevice('A test asked for it.');
const optimizers = ['adam', 'momentum', 'sgd'];

/** Row 0 is padding. */
function table(rows: number, columns: number): Matrix {
  const random = new Random(11);
  const result = matrix(rows, columns);
  for (let at = columns; at < result.values.length; at++) result.values[at] = random.normal() / (1 + (at % columns));
  return result;
}

/** A network over d dimensions, as it begins. */
const layers = dan.layers({ hidden: 8, classes: 2, dropout: 0 });

/** All transformations of a method, one after the other, with none of its trainings. */
async function transformed(id: string, source: Matrix, setting: MethodSetting, seed = 1): Promise<Transformed> {
  const weights = initialWeights(layers, source.columns, seed);
  let made: Transformed = { embedding: { kind: 'table', table: source } };
  for (const phase of findMethod(id).phases) {
    if (phase.kind !== 'transform') continue;
    const { embedding, factorization } = await phase.apply(made.embedding, setting, { device, seed, layers, weights });
    made = { embedding, factorization: factorization ?? made.factorization };
  }
  return made;
}

/** Numbers of an embedding as the network holds it. */
function sizes(embedding: Embedding): number[] {
  return embedding.kind === 'table'
    ? [embedding.table.rows, embedding.table.columns]
    : [embedding.a.rows, embedding.a.columns, embedding.b.rows, embedding.b.columns];
}

describe('the registry', () => {
  it('has the default experiment’s methods', () => {
    expect(methods.filter(({ byDefault }) => byDefault).map(({ id }) => id)).toEqual([
      'full',
      'low-rank',
      'pre-compressed',
      'pre-compressed-frozen',
      'quantized-min-max',
      'quantized-mse',
      'codebook',
    ]);
    expect(new Set(methods.map(({ id }) => id)).size).toBe(methods.length);
  });

  it('knows one reference, one method of the paper’s, which ways of factors are the lab’s own, and the control', () => {
    const of = (standing: string) => methods.filter((method) => method.standing === standing).map(({ id }) => id);
    expect([of('reference'), of('paper')]).toEqual([['full'], [paperMethod.id]]);
    expect(of('ours')).toEqual(['low-rank-weighted', 'low-rank-weighted-quantized', 'low-rank-8bit', 'low-rank-direct']);
    expect(of('control')).toEqual(['random']);
  });

  it('refuses what it does not know: a family is no method', () => {
    expect(() => findMethod('quantized')).toThrow(expect.objectContaining({ code: 'bad-specification' }));
  });

  it('gives every trained method equally many rates for each optimizer, and the others none', () => {
    for (const method of methods) {
      const expected = isTrained(method) ? optimizers : [];
      expect(Object.keys(method.learningRates).sort()).toEqual(expected);
      for (const rates of Object.values(method.learningRates)) {
        expect(rates.length).toBe(3);
        expect([...rates].sort((x, y) => x - y)).toEqual(rates);
      }
    }
  });

  it('describes them as plain data', () => {
    const descriptions = describeMethods();
    expect(structuredClone(descriptions)).toEqual(descriptions);
    expect(descriptions.map(({ setting }) => setting)).toEqual([
      null,
      'rank',
      'rank',
      'rank',
      'rank',
      'rank',
      'rank',
      'rank',
      'levels',
      'levels',
      'levels',
      'groups',
      'rank',
    ]);
    expect(descriptions.filter(({ trained }) => !trained).map(({ id }) => id)).toEqual([
      'quantized-min-max',
      'quantized-mse',
      'codebook',
      'product-quantized',
    ]);
  });
});

describe('every method with a setting', () => {
  const compressing = methods.filter(({ setting }) => setting !== null);

  it.each(compressing)('$id makes what its storage counts, at the width that it tells', async (method) => {
    const source = table(120, 20);
    const shape: TableShape = source;
    for (const rate of [0.5, 0.8]) {
      const found = method.setting!.candidates(shape, rate);
      if ('unreachable' in found) throw new Error(found.unreachable);
      for (const setting of found) {
        const { embedding } = await transformed(method.id, source, setting);
        const made = sizes(embedding);
        expect([made[0], made[made.length - 1]]).toEqual([120, method.outputDimension(shape, setting)]);
        const { bytes, parameters } = method.storage(shape, setting);
        const numbers = made.length === 2 ? made[0] * made[1] : made[0] * made[1] + made[2] * made[3];
        if (setting.levels === undefined) {
          expect(storedSize(embedding)).toEqual({ bytes, parameters });
          expect(numbers).toBe(parameters);
          expect(bytes).toBe(4 * parameters);
          expect(bytes).toBeLessThanOrEqual((1 - rate) * 4 * 120 * 20 * (1 + 1e-12));
        }
      }
    }
  });

  it('counts the bytes of every code, scale, zero point, reference value and reference vector that it holds', async () => {
    const source = table(400, 20);
    const coding: string[] = [];
    for (const method of compressing) {
      const found = [0.6, 0.8, 0.9].flatMap((rate) => {
        const candidates = method.setting!.candidates(source, rate);
        return 'unreachable' in candidates ? [] : candidates;
      });
      for (const setting of found) {
        const { embedding } = await transformed(method.id, source, setting);
        if (!embedding.coded) continue;
        coding.push(method.id);
        const { bytes: held } = storedSize(embedding);
        const { bytes } = method.storage(source, setting);
        const what = `${method.id} ${JSON.stringify(setting)}`;
        // Beyond 256 reference values some fall together: ahead, room is counted for all of them.
        if (setting.levels! <= 256) expect(held, what).toBe(bytes);
        else expect(held, what).toBeLessThanOrEqual(bytes);
      }
    }
    expect(new Set(coding).size).toBe(6);
  });

  it.each([
    ['low-rank-8bit', 'columns of A and rows of B'],
    ['low-rank-weighted-quantized', 'columns of A and rows of B'],
  ])('%s holds no more levels in its %s than it counts', async (id) => {
    const method = findMethod(id);
    const found = method.setting!.candidates({ rows: 400, columns: 20 }, 0.9);
    if ('unreachable' in found) throw new Error(found.unreachable);
    for (const setting of found) {
      const { embedding } = await transformed(id, table(400, 20), setting);
      if (embedding.kind !== 'factors') throw new Error('factors were expected');
      const { a, b } = embedding;
      expect([a.columns, b.rows]).toEqual([setting.rank, setting.rank]);
      for (let k = 0; k < a.columns; k++) {
        expect(new Set(Array.from({ length: a.rows - 1 }, (_, i) => a.values[(i + 1) * a.columns + k])).size).toBeLessThanOrEqual(
          setting.levels!,
        );
        expect(new Set(b.values.subarray(k * b.columns, (k + 1) * b.columns)).size).toBeLessThanOrEqual(256);
      }
    }
  });

  it.each(['quantized-min-max', 'quantized-mse', 'codebook'])('%s holds no more levels than its setting says', async (id) => {
    const { embedding } = await transformed(id, table(120, 20), { levels: 9 });
    // Padding's zeros are no level.
    expect(new Set((embedding as Extract<Embedding, { kind: 'table' }>).table.values.subarray(20)).size).toBeLessThanOrEqual(9);
  });

  it('product-quantized holds no more pieces of a group than its codebook has', async () => {
    const { embedding } = await transformed('product-quantized', table(400, 20), { groups: 3, levels: 16 });
    const { values } = (embedding as Extract<Embedding, { kind: 'table' }>).table;
    for (const [from, to] of [
      [0, 6],
      [6, 13],
      [13, 20],
    ]) {
      const pieces = Array.from({ length: 399 }, (_, i) => values.subarray((i + 1) * 20 + from, (i + 1) * 20 + to).join());
      expect(new Set(pieces).size).toBeLessThanOrEqual(16);
      expect(new Set(pieces).size).toBeGreaterThan(12);
    }
  });

  it.each(compressing)('$id leaves its source as it was, the row of padding at zero, and gives the same bits twice', async (method) => {
    const source = table(60, 12);
    const found = method.setting!.candidates(source, 0.6);
    if ('unreachable' in found) throw new Error(found.unreachable);
    const first = await transformed(method.id, source, found[0]);
    expect(source).toEqual(table(60, 12));
    expect(await transformed(method.id, source, found[0])).toEqual(first);
    const { embedding } = first;
    const looked = embedding.kind === 'table' ? embedding.table : embedding.a;
    expect(Array.from(looked.values.subarray(0, looked.columns))).toEqual(new Array(looked.columns).fill(0));
  });
});

describe('errors of the reconstruction', () => {
  const source = table(400, 25);
  const errorOf = async (id: string, levels: number) => {
    const { embedding } = await transformed(id, source, { levels });
    if (embedding.kind !== 'table') throw new Error('a table was expected');
    return embedding.table.values.reduce((sum, value, at) => sum + (value - source.values[at]) ** 2, 0);
  };

  it('fall from min-max to least squares to codebook', async () => {
    for (const levels of [2, 3, 9, 40]) {
      const minMax = await errorOf('quantized-min-max', levels);
      const leastSquares = await errorOf('quantized-mse', levels);
      const reference = await errorOf('codebook', levels);
      expect(leastSquares).toBeLessThanOrEqual(minMax);
      expect(reference).toBeLessThanOrEqual(leastSquares);
    }
  });
});

describe('the ways to use a factorization', () => {
  it('keep inner products of words when dimensions are cut', async () => {
    const source = table(80, 10);
    const { embedding, factorization } = await transformed('pre-compressed', source, { rank: 9 });
    if (embedding.kind !== 'table') throw new Error('a table was expected');
    expect(factorization?.singularValues.length).toBe(10);
    expect(factorization?.retainedEnergy).toBeGreaterThan(0.95);
    const energy = (values: Float32Array) => values.reduce((sum, value) => sum + value * value, 0);
    expect(energy(embedding.table.values) / energy(source.values)).toBeCloseTo(factorization!.retainedEnergy, 5);
  });

  it('report spectrum, rank and retained energy', async () => {
    const { factorization } = await transformed('low-rank', table(80, 10), { rank: 3 });
    expect(factorization?.rank).toBe(3);
    expect(factorization?.singularValues.length).toBe(10);
  });
});

describe('the random control', () => {
  it('depends on the seed and on nothing of the table', async () => {
    const one = await transformed('random', table(30, 8), { rank: 4 }, 1);
    expect(await transformed('random', matrix(30, 8), { rank: 4 }, 1)).toEqual(one);
    expect(await transformed('random', table(30, 8), { rank: 4 }, 2)).not.toEqual(one);
  });
});
