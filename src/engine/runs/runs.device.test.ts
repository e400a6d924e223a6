import { describe, expect, it } from 'vitest';
import { methods } from '../compression/registry';
import { openTestDevices } from '../device/testing';
import { exportModel } from '../experiment/export';
import { type LastRun, modelId } from '../experiment/last-run';
import { finishedRun } from '../experiment/testing/finished-run';
import { exportFormats } from '../export/registry';
import { Tryout } from '../trying/tryout';
import { checkRun } from './check';
import { readRunFile, writeRunFile } from './file';
import { withLoaded } from './opened';

const devices = await openTestDevices();
const everyMethod = methods.map(({ id }) => id).filter((id) => id !== 'full');

async function reopened(run: LastRun): Promise<LastRun> {
  const stored = await readRunFile(new Blob([writeRunFile(run) as Uint8Array<ArrayBuffer>]), 'a run');
  const { vectors, prepared } = run;
  if (!vectors || !prepared) throw new RangeError('the run has its data');
  return withLoaded(stored, { vectors, dataset: { source: run.specification.dataset }, prepare: () => prepared });
}

/** Bits, not values: a zero has a sign. */
const bits = (values: Float32Array) => new Uint32Array(values.buffer, values.byteOffset, values.length);

function bitsOf({ models }: LastRun) {
  return models.map((model) => {
    const { embedding, weights } = model.state;
    const matrices = embedding.kind === 'table' ? [embedding.table] : [embedding.a, embedding.b];
    return {
      id: modelId(model),
      matrices: matrices.map(({ rows, columns, values }) => ({ rows, columns, bits: bits(values) })),
      weights: [...weights].map(([name, values]) => [name, bits(values)]),
    };
  });
}

describe.each(devices.map((device) => ({ backend: device.report.backend, device })))('a run from its file on $backend', ({ device }) => {
  it.each([
    { model: 'dan', wanted: everyMethod, rates: [0.5, 0.85] },
    { model: 'lstm', wanted: ['low-rank', 'codebook'], rates: [0.5] },
    { model: 'cnn', wanted: ['low-rank-8bit', 'product-quantized'], rates: [0.5] },
  ])(
    'has every bit of its models, says the same of the test set, and is exported to the same bytes: $model',
    async ({ model, wanted, rates }) => {
      const run = await finishedRun({ model, methods: wanted, rates, hidden: 8 }, device);
      expect(new Set(run.models.map(({ method }) => method))).toEqual(new Set(['full', ...wanted]));
      const again = await reopened(run);
      expect(bitsOf(again)).toEqual(bitsOf(run));
      expect(again.results).toEqual(run.results);
      expect(again.events).toEqual(run.events);
      expect(await checkRun(again, device)).toEqual({ kind: 'same', models: run.models.length, testCount: 60 });
      for (const id of run.models.map(modelId)) {
        for (const format of exportFormats)
          expect(await exportModel(again, id, format.id), `${id} as ${format.id}`).toEqual(await exportModel(run, id, format.id));
      }
      expect(writeRunFile(await reopened(again))).toEqual(writeRunFile(again));
    },
    180_000,
  );

  it('classifies as it did, without its data', async () => {
    const run = await finishedRun({ methods: ['low-rank'], rates: [0.5] }, device);
    const again = withLoaded(await readRunFile(new Blob([writeRunFile(run) as Uint8Array<ArrayBuffer>]), 'a run'), null);
    const asked = async (of: LastRun) => {
      const tryout = new Tryout(of, { onDevice: (work) => work(device), now: () => performance.now() });
      const { sentences } = await tryout.classify(['word3 word8 nosuchword word40']);
      await tryout.release();
      return sentences;
    };
    expect(await asked(again)).toEqual(await asked(run));
    expect(await checkRun(again, device)).toEqual({ kind: 'no-data' });
  });

  it('is not said to be the same where a model is another', async () => {
    const run = await finishedRun({ methods: [] }, device);
    const [model] = run.models;
    const { embedding } = model.state;
    if (embedding.kind !== 'table') throw new RangeError('the full model has a table');
    embedding.table.values.fill(0);
    const check = await checkRun(await reopened(run), device);
    expect(check).toMatchObject({ kind: 'differs', models: 1, differing: [{ model: 'full', kept: run.results.results[0].testAccuracy }] });
  });
});
