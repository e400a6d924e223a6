import { describe, expect, it } from 'vitest';
import type { StepValues } from '../../device/device';
import { noStep } from '../../device/device';
import { Heap, sharedMemory } from '../../device/heap';
import { excess } from '../../device/testing';
import { Random, randomBits } from '../../random';
import { type CellBackward, type CellForward, cellBackward, cellForward } from '../lstm/cell';
import { noToken } from '../lstm/gates';
import { biasCorrections } from '../optimizer/adam';
import { gradientOnly } from '../optimizer/gradient';
import { optimizers } from '../optimizer/registry';
import { rowUpdate } from '../optimizer/update-rows';
import { dropout } from '../shared/dropout';
import { type Expression, formulaModule } from './expression';
import { exponential, hyperbolicTangent, logistic } from './functions';
import { inPlace } from './in-place';
import { rowAdd, rowLargest, rowMask, rowQuotient, rowRelu, rowSum } from './rows';

/** The functions over rows by SIMD against their plain loops: every length around a vector's four, rows that begin anywhere, dirt around them. */
function roomIn(fused: boolean) {
  const heap = new Heap(() => {}, 200, fused);
  // All of its room at once, so that it does not move.
  let next = heap.allocate(190 * 65_536) as number;
  return <Values extends Float32Array | Uint32Array>(values: Values): Values => {
    const copy =
      values instanceof Float32Array
        ? new Float32Array(heap.buffer, next, values.length)
        : new Uint32Array(heap.buffer, next, values.length);
    next += 4 * values.length;
    copy.set(values);
    return copy as Values;
  };
}
const rooms = { fused: roomIn(true), unfused: roomIn(false) };

const random = new Random(11);
const normals = (length: number) => Float32Array.from({ length }, () => random.normal());
const lengths = [1, 2, 3, 4, 5, 7, 8, 13, 30];

/** Runs the same on arrays in the heap and on ordinary ones, and compares all of them, the dirt included. */
function agree<Arrays extends Record<string, Float32Array | Uint32Array>>(
  arrays: Arrays,
  run: (arrays: Arrays) => void,
  rtol = 2e-6,
): void {
  const entries = Object.entries(arrays);
  const plain = Object.fromEntries(entries.map(([name, values]) => [name, values.slice()])) as Arrays;
  run(plain);
  for (const [room, place] of Object.entries(rooms)) {
    const placed = Object.fromEntries(entries.map(([name, values]) => [name, place(values)])) as Arrays;
    expect(sharedMemory(...Object.values(placed))).not.toBeNull();
    run(placed);
    for (const name of Object.keys(arrays)) expect(excess(placed[name], plain[name], rtol, rtol), `${room} ${name}`).toBeLessThanOrEqual(0);
  }
}

describe.each(lengths)('rows of %i, by SIMD as by plain loops:', (length) => {
  const row = () => normals(length + 9);

  it('a scaled row added, a quotient', () => {
    agree({ target: row(), source: row() }, ({ target, source }) => rowAdd(target, source)(3, 2, length, -0.7));
    agree({ target: row(), source: row() }, ({ target, source }) => rowQuotient(target, source)(1, 5, length, 3));
  });

  it.each([0, 1, 2, 40])('the sum of %i rows that indices name', (count) => {
    const indices = Uint32Array.from({ length: count + 2 }, (_, i) => (i * 5) % 7);
    agree({ target: row(), source: normals(7 * length), indices }, ({ target, source, indices }) =>
      rowSum(target, source, indices, length)(3, 2, count),
    );
  });

  it('ReLU, its mask, and the largest over time', () => {
    agree({ values: row() }, ({ values }) => rowRelu(values)(3, length));
    const input = row().map((value, i) => (i % 3 === 0 ? 0 : value));
    agree({ gradient: row(), input }, ({ gradient, input }) => rowMask(gradient, input)(length, 2));
    const best = row();
    // Equal ones: the first stays.
    const values = best.map((value, i) => (i % 3 === 0 ? value : random.normal()));
    agree({ best, chosen: new Uint32Array(length + 9).fill(noToken), values }, ({ best, chosen, values }) =>
      rowLargest(best, chosen, values)(2, 2, length, 17),
    );
  });

  it('dropout, with the bits of the generator', () => {
    const params = { dropThreshold: 0.4 * 2 ** 32, keepScale: 1 / 0.6, dropoutSalt: 2 };
    const step = { ...noStep, training: 1, dropoutSeed: 0xfffffff0, dropoutStep: 45 };
    agree({ values: row() }, ({ values }) => dropout(values, params, step)?.(3, length));
    const values = rooms.fused(new Float32Array(length + 9).fill(1));
    dropout(values, params, step)?.(3, length);
    for (let i = 3; i < 3 + length; i++) {
      expect(values[i] === 0).toBe(randomBits((step.dropoutSeed + 2) >>> 0, 45, i) < params.dropThreshold);
    }
    expect(dropout(values, params, { ...step, training: 0 })).toBeNull();
  });

  it.each([...optimizers, gradientOnly])('update by $id', (optimizer) => {
    const size = length + 11;
    const step: StepValues = { ...noStep, learningRate: 0.01, ...biasCorrections(7) };
    const arrays = {
      parameters: normals(size),
      // Second moments are never negative.
      state: normals(Math.max(1, optimizer.stateSlots * size)).map(Math.abs),
      gradient: row(),
    };
    agree(arrays, (values) => rowUpdate(optimizer, { ...values, size }, step)(4, length, 1));
  });

  it('a cell of an LSTM, forward and backward, at a sentence’s begin and later', () => {
    const units = length;
    const forward = {
      products: normals(12 * units),
      gates: normals(12 * units),
      sums: normals(4 * units),
      cells: normals(3 * units),
      previous: row(),
      states: row(),
    };
    const backward = {
      gates: normals(12 * units).map((x) => 1 / (1 + Math.exp(-x))),
      cells: normals(3 * units),
      chosen: Uint32Array.from({ length: units + 2 }, (_, i) => i % 3),
      outputGradient: row(),
      stateGradients: row(),
      cellGradients: row(),
      gatesGradient: normals(12 * units),
      packedGates: normals(4 * units),
    };
    for (const before of [null, 0]) {
      const run = (cell: CellForward) => cell(8 * units, 4 * units, 0, units, before, 0);
      agree({ ...forward, states: before === null ? new Float32Array(units) : row(), previous: normals(2 * units) }, (arrays) =>
        run(cellForward(arrays, units)),
      );
      const back = (cell: CellBackward) => cell(1, 4 * units, units, before, 2, 3, 0);
      agree(backward, (arrays) => back(cellBackward(arrays, units)));
    }
  });
});

describe('functions of formulas', () => {
  const xs = Float32Array.from(
    [0, -0, 1e-30, 1e-6, 0.01, 0.624, 0.626, 1, 2.5, 9, 20, 80, 87, 1e4, Number.POSITIVE_INFINITY].flatMap((x) => [x, -x]),
  );
  const all = Float32Array.from([...xs, ...Array.from({ length: 20_001 }, (_, i) => (i - 10_000) / 500)]);
  it.each([
    { name: 'exponential', formula: exponential, exact: (x: number) => Math.exp(Math.min(87, Math.max(-87, x))) },
    { name: 'logistic', formula: logistic, exact: (x: number) => Math.max(1 / (1 + Math.exp(-x)), Math.exp(-87)) },
    { name: 'hyperbolicTangent', formula: hyperbolicTangent, exact: Math.tanh },
  ])('$name has errors of a few last bits', ({ formula, exact }) => {
    const write = ([x]: readonly Expression[]) => [{ stream: 0, value: formula(x) }];
    const main = inPlace<(length: number, first: number, values: number) => void>((target) =>
      formulaModule({ streams: 1, scalars: [], write }, target),
    );
    for (const place of Object.values(rooms)) {
      const values = place(all);
      main(sharedMemory(values) as WebAssembly.Memory)?.(values.length, 0, values.byteOffset);
      const worst = values.reduce(
        (most, y, i) => Math.max(most, Math.abs(y - exact(all[i])) / Math.max(1e-37, Math.abs(exact(all[i])))),
        0,
      );
      expect(worst).toBeLessThan(4e-7);
    }
  });

  it('do not depend on where in a row an element stands', () => {
    const write = ([x]: readonly Expression[]) => [{ stream: 0, value: hyperbolicTangent(x) }];
    const main = inPlace<(length: number, first: number, values: number) => void>((target) =>
      formulaModule({ streams: 1, scalars: [], write }, target),
    );
    for (const place of Object.values(rooms)) {
      const values = place(normals(15));
      const alone = [...values].map((value) => place(Float32Array.of(value)));
      const memory = sharedMemory(values, ...alone) as WebAssembly.Memory;
      for (const row of [values, ...alone]) main(memory)?.(row.length, 0, row.byteOffset);
      expect([...values]).toEqual(alone.map(([value]) => value));
    }
  });
});
