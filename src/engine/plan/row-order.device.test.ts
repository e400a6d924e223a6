import { describe, expect, it } from 'vitest';
import { openTestDevices } from '../device/testing';
import { adam } from '../kernels/optimizer/adam';
import { type Matrix, matrix } from '../matrix';
import { initialWeights } from '../models/initial-weights';
import { findModel } from '../models/registry';
import { Random } from '../random';
import { Network } from './network';
import { RowOrder } from './row-order';

const devices = await openTestDevices();

const columns = 6;
const random = new Random(5);
const normals = (length: number) => Float32Array.from({ length }, () => random.normal());

/** Words far apart in a large table, and the same words side by side in a small one. */
const used = Uint32Array.from({ length: 40 }, (_, i) => 7 + 12 * ((i * 17) % 40));
const large = matrix(500, columns, normals(500 * columns));
const small = matrix(41, columns);
for (const [i, row] of used.entries()) small.values.set(large.values.subarray(row * columns, (row + 1) * columns), (i + 1) * columns);
const words = Uint32Array.from({ length: 320 }, () => Math.floor((random.integer(40) * random.integer(41)) / 40));
const sentencesOf = (ids: Uint32Array) => ({
  offsets: Uint32Array.from({ length: 65 }, (_, s) => 5 * s),
  ids,
  labels: Uint32Array.from({ length: 64 }, (_, s) => s % 3),
});
const farApart = sentencesOf(words.map((word) => used[word]));
const together = sentencesOf(words.map((word) => word + 1));

describe('the order of rows', () => {
  it('is left alone where most rows are used', () => {
    expect(RowOrder.of(together, 41)).toBeNull();
  });

  it('has padding first, then what is used, the most frequent first', () => {
    const order = RowOrder.of(farApart, large.rows) as RowOrder;
    const { ids } = order.place(farApart);
    expect(new Set(ids)).toEqual(new Set(Array.from({ length: new Set(words).size }, (_, i) => i + 1)));
    const counts = new Map<number, number>();
    for (const id of ids) counts.set(id, (counts.get(id) ?? 0) + 1);
    const byPlace = [...counts].sort(([a], [b]) => a - b).map(([, count]) => count);
    expect(byPlace).toEqual([...byPlace].sort((a, b) => b - a));
  });

  it('is undone where it was read', () => {
    const order = RowOrder.of(farApart, large.rows) as RowOrder;
    const there = new Float32Array(large.values.length);
    for (const { offset, data } of order.blocks(large.values, columns)) there.set(data, offset);
    expect(there).not.toEqual(large.values);
    order.restore(there, columns);
    expect(there).toEqual(large.values);
  });
});

describe.each(devices.map((device) => ({ backend: device.report.name, device })))('training on $backend', ({ device }) => {
  it.each(['dan', 'lstm', 'cnn'])('a %s over words far apart comes to the same bits as over the same words side by side', async (model) => {
    const layers = findModel(model).layers({ hidden: 8, classes: 3, dropout: 0.25 });
    const weights = initialWeights(layers, columns, 1);
    const order = Uint32Array.from({ length: 64 }, (_, i) => (i * 5) % 64);
    const trained = async (table: Matrix, sentences: typeof farApart) => {
      const training = { optimizer: adam, sentences, batchSize: 16, frozenEmbedding: false, dropoutSeed: 2 };
      const network = await Network.compile(device, { layers, embedding: { kind: 'table', table }, weights, training });
      const batches = [0, 16, 32, 48].map((from) => ({ from, to: from + 16 }));
      network.train(order, batches, [0.05, 0.05, 0.05, 0.05], 0, null);
      const set = await network.evaluationSet(sentences);
      const { losses } = await set.evaluate();
      const values = await network.read();
      set.free();
      network.free();
      return { losses, values };
    };
    const one = await trained(large, farApart);
    const other = await trained(small, together);
    expect(one.losses).toEqual(other.losses);
    const expected = large.values.slice();
    const rows = other.values.get('embedding') as Float32Array;
    for (const [i, row] of used.entries()) expected.set(rows.subarray((i + 1) * columns, (i + 2) * columns), row * columns);
    expect(one.values.get('embedding')).toEqual(expected);
    expect(one.values.get('output')).toEqual(other.values.get('output'));
  });
});
