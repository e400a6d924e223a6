import { describe, expect, it } from 'vitest';
import { openCpuDevice } from '../device/cpu';
import { type Matrix, matrix } from '../matrix';
import { Random } from '../random';
import type { Embedding, TableShape } from './method';
import { describeMethods, findMethod, isTrained, methods } from './registry';

const device = openCpuDevice('A test asked for it.');
const optimizers = ['adam', 'momentum', 'sgd'];

/** Row 0 is padding. */
function table(rows: number, columns: number): Matrix {
  const random = new Random(11);
  const result = matrix(rows, columns);
  for (let at = columns; at < result.values.length; at++) result.values[at] = random.normal() / (1 + (at % columns));
  return result;
}

async function transformed(id: string, source: Matrix, setting: number, seed = 1) {
  const phase = findMethod(id).phases.find(({ kind }) => kind === 'transform');
  if (phase?.kind !== 'transform') throw new Error(`${id} transforms nothing`);
  return phase.apply(source, setting, { device, seed });
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
      'levels',
      'levels',
      'levels',
      'rank',
    ]);
    expect(descriptions.filter(({ trained }) => !trained).map(({ id }) => id)).toEqual(['quantized-min-max', 'quantized-mse', 'codebook']);
  });
});

describe('every method with a setting', () => {
  const compressing = methods.filter(({ setting }) => setting !== null);

  it.each(compressing)('$id makes what its storage counts, at the width that it tells', async (method) => {
    const source = table(120, 20);
    const shape: TableShape = source;
    for (const rate of [0.5, 0.8]) {
      const setting = method.setting!.largest(shape, rate);
      if (typeof setting !== 'number') throw new Error(setting.unreachable);
      const { embedding } = await transformed(method.id, source, setting);
      const made = sizes(embedding);
      expect([made[0], made[made.length - 1]]).toEqual([120, method.outputDimension(shape, setting)]);
      const { bytes, parameters } = method.storage(shape, setting);
      if (method.setting!.kind === 'rank') {
        expect(made.length === 2 ? made[0] * made[1] : made[0] * made[1] + made[2] * made[3]).toBe(parameters);
        expect(bytes).toBe(4 * parameters);
        expect(bytes).toBeLessThanOrEqual((1 - rate) * 4 * 120 * 20 * (1 + 1e-12));
      } else {
        const values = (embedding as Extract<Embedding, { kind: 'table' }>).table.values;
        // Padding's zeros are no level.
        expect(new Set(values.subarray(20)).size).toBeLessThanOrEqual(setting);
      }
    }
  });

  it.each(compressing)('$id leaves its source as it was, the row of padding at zero, and gives the same bits twice', async ({ id }) => {
    const source = table(60, 12);
    const first = await transformed(id, source, 4);
    expect(source).toEqual(table(60, 12));
    expect(await transformed(id, source, 4)).toEqual(first);
    const { embedding } = first;
    const looked = embedding.kind === 'table' ? embedding.table : embedding.a;
    expect(Array.from(looked.values.subarray(0, looked.columns))).toEqual(new Array(looked.columns).fill(0));
  });
});

describe('errors of the reconstruction', () => {
  const source = table(400, 25);
  const errorOf = async (id: string, levels: number) => {
    const { embedding } = await transformed(id, source, levels);
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
    const { embedding, factorization } = await transformed('pre-compressed', source, 9);
    if (embedding.kind !== 'table') throw new Error('a table was expected');
    expect(factorization?.singularValues.length).toBe(10);
    expect(factorization?.retainedEnergy).toBeGreaterThan(0.95);
    const energy = (values: Float32Array) => values.reduce((sum, value) => sum + value * value, 0);
    expect(energy(embedding.table.values) / energy(source.values)).toBeCloseTo(factorization!.retainedEnergy, 5);
  });

  it('report spectrum, rank and retained energy', async () => {
    const { factorization } = await transformed('low-rank', table(80, 10), 3);
    expect(factorization?.rank).toBe(3);
    expect(factorization?.singularValues.length).toBe(10);
  });
});

describe('the random control', () => {
  it('depends on the seed and on nothing of the table', async () => {
    const one = await transformed('random', table(30, 8), 4, 1);
    expect(await transformed('random', matrix(30, 8), 4, 1)).toEqual(one);
    expect(await transformed('random', table(30, 8), 4, 2)).not.toEqual(one);
  });
});
