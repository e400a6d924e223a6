import { createReadStream } from 'node:fs';
import { Readable } from 'node:stream';
import { beforeAll, describe, expect, it } from 'vitest';
import type { LabEvent } from '../../protocol/events';
import type { Lab } from '../../protocol/lab';
import type { ExperimentResults } from '../../protocol/results';
import { openCpuDevice } from '../device/cpu';
import { createMemoryRuns } from '../runs/storage/memory';
import { createLab } from './lab';

const device = openCpuDevice('A test asked for it.');
const runs = createMemoryRuns();

/** A visit: nothing is left of the one before but what was kept. */
async function visit(): Promise<Lab> {
  const lab = createLab({
    openDevice: async () => device,
    fetchBundled: async (path) => ({
      ok: true,
      status: 200,
      body: Readable.toWeb(createReadStream(`public/bundled/${path}`)) as ReadableStream<Uint8Array>,
    }),
    fetchAddress: async () => {
      throw new TypeError('there is no network in a test');
    },
    storage: null,
    runs,
    now: () => performance.now(),
    versions: { test: '1' },
  });
  await lab.open('cpu');
  return lab;
}

const nothing = () => {};
const sentence = 'It was a wonderful, zxqwv film of the parliament';

describe('the lab’s kept runs', () => {
  let first: Lab;
  let results: ExperimentResults;
  let id: string;
  const events: LabEvent[] = [];

  beforeAll(async () => {
    first = await visit();
    const { catalogue } = await first.open('cpu');
    await first.loadBundled(nothing);
    results = await first.run(
      { ...catalogue.defaultSpecification, epochs: 2, hidden: 12, methods: ['low-rank', 'codebook'], learningRates: { full: [3e-3] } },
      (batch) => void events.push(...batch),
    );
    [{ id }] = await first.saveRun('Monday');
  });

  it('open at a later visit before anything is loaded, and find their test set when it is', async () => {
    const lab = await visit();
    expect(await lab.savedRuns()).toMatchObject([{ id, name: 'Monday', models: 3 }]);
    const opened = await lab.openRun(id);
    expect(opened).toMatchObject({ name: 'Monday', results, stepsLeftOut: 0 });
    expect(opened.models).toEqual(await first.trainedModels());
    expect(opened.models).toEqual(await lab.trainedModels());
    expect(opened.events[0]).toEqual(events[0]);
    expect(opened.events.at(-1)).toEqual(events.at(-1));
    const losses = (of: LabEvent[]) => of.flatMap((event) => (event.kind === 'steps' ? event.losses : []));
    expect(losses(opened.events)).toEqual(losses(events));

    expect(await lab.checkRun()).toEqual({ kind: 'no-data' });
    // Without its table no word has a nearest one; the others are read as ever.
    const known = ['it was wonderful'];
    expect((await lab.classify(known)).sentences).toEqual((await first.classify(known)).sentences);
    expect((await lab.tableNeighbours('good')).tables).toEqual((await first.tableNeighbours('good')).tables.slice(1));
    await expect(lab.disagreements({ limit: 5, model: null })).rejects.toMatchObject({ code: 'no-data' });
    await expect(lab.neighbourOverlap(nothing)).rejects.toMatchObject({ code: 'no-data' });
    await expect(lab.testPredictions('full')).rejects.toMatchObject({ code: 'no-data', message: expect.stringContaining('sentences') });
    const files = async (of: Lab) =>
      (await of.exportModel('low-rank@0.9', 'safetensors')).files.map(({ path, bytes }) => [path, Buffer.from(bytes).toString('latin1')]);
    expect(await files(lab)).toEqual(await files(first));

    await lab.loadBundled(nothing);
    expect(await lab.checkRun()).toEqual({ kind: 'same', models: 3, testCount: 450 });
    expect((await lab.classify([sentence])).sentences).toEqual((await first.classify([sentence])).sentences);
    expect(await lab.disagreements({ limit: 5, model: null })).toEqual(await first.disagreements({ limit: 5, model: null }));
    expect((await lab.tableNeighbours('good')).tables).toEqual((await first.tableNeighbours('good')).tables);
    expect(await lab.testPredictions('codebook@0.9')).toEqual(await first.testPredictions('codebook@0.9'));
  });

  it('go out as a file and come in again, under the file’s name', async () => {
    const file = await first.keptRunFile(id);
    expect(Buffer.compare(file, await first.exportRun())).toBe(0);
    const lab = await visit();
    const opened = await lab.importRun(new File([file as Uint8Array<ArrayBuffer>], 'From elsewhere.run.zip'));
    expect(opened).toMatchObject({ name: 'From elsewhere', results });
    expect(await lab.saveRun(opened.name)).toHaveLength(2);
  });

  it('leave what was there where a file can’t be opened, or something goes on', async () => {
    const lab = await visit();
    await expect(lab.saveRun('nothing')).rejects.toMatchObject({ code: 'no-data' });
    await expect(lab.checkRun()).rejects.toMatchObject({ code: 'no-data' });
    await lab.openRun(id);
    const before = await lab.trainedModels();
    const file = await first.keptRunFile(id);
    const damaged = new File([file.slice(0, file.length / 2) as Uint8Array<ArrayBuffer>], 'half.run.zip');
    await expect(lab.importRun(damaged)).rejects.toMatchObject({ code: 'bad-specification', place: { file: 'half.run.zip' } });
    await expect(lab.openRun('nosuch')).rejects.toMatchObject({ code: 'no-data' });
    expect(await lab.trainedModels()).toEqual(before);

    await lab.loadBundled(nothing);
    const running = lab.run({ ...results.specification, epochs: 20 }, nothing);
    await expect(lab.openRun(id)).rejects.toMatchObject({ code: 'busy' });
    await expect(lab.checkRun()).rejects.toMatchObject({ code: 'busy' });
    await lab.stop();
    await running;
  });
});
