import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { gzipSync } from 'node:zlib';
import { beforeAll, describe, expect, it } from 'vitest';
import type { DataReport, EmbeddingsChoice } from '../../protocol/data';
import type { LabEvent } from '../../protocol/events';
import type { Lab, RowProgress } from '../../protocol/lab';
import type { RaceSpecification } from '../../protocol/race';
import type { ExperimentSpecification } from '../../protocol/specification';
import type { SweepEvent, SweepResults, SweepSpecification } from '../../protocol/sweep';
import { madeSweep, noise, specificationOf } from '../analysis/testing/made-sweep';
import { createMemoryStorage } from '../data/storage/memory';
import { openCpuDevice } from '../device/cpu';
import type { Device } from '../device/device';
import { Random } from '../random';
import { spectrum } from '../svd/svd';
import { createMemorySweeps } from '../sweep/storage/memory';
import type { LabEnvironment } from './environment';
import { createLab } from './lab';

const device = openCpuDevice('A test asked for it.');

const environment: LabEnvironment = {
  openDevice: async (): Promise<Device> => device,
  fetchBundled: async (path) => {
    const file = `public/bundled/${path}`;
    const there = await stat(file).then(
      () => true,
      () => false,
    );
    return {
      ok: there,
      status: there ? 200 : 404,
      body: there ? (Readable.toWeb(createReadStream(file)) as ReadableStream<Uint8Array>) : null,
    };
  },
  fetchAddress: async () => {
    throw new TypeError('there is no network in a test');
  },
  storage: null,
  now: () => performance.now(),
  versions: { test: '1' },
};

const nothing = () => {};
const keepAll: EmbeddingsChoice = { keep: { kind: 'all' }, tensor: null };

describe('the lab', () => {
  let lab: Lab;
  let report: DataReport;
  let small: ExperimentSpecification;

  beforeAll(async () => {
    lab = createLab(environment);
    const { catalogue } = await lab.open('cpu');
    report = await lab.loadBundled(nothing);
    small = {
      ...catalogue.defaultSpecification,
      epochs: 2,
      hidden: 20,
      methods: ['low-rank', 'codebook'],
      learningRates: { full: [3e-3], 'low-rank': [1e-3] },
    };
  });

  it('describes what its registries hold', async () => {
    const { catalogue } = await lab.open('cpu');
    expect(catalogue.schedules.map(({ id }) => id)).toEqual(expect.arrayContaining(['fixed', 'clr', 'calr', 'linear', 'cosine']));
    expect(catalogue.optimizers.map(({ id }) => id)).toEqual(['adam', 'momentum', 'sgd']);
    expect(catalogue.defaultSpecification.methods).toEqual([
      'full',
      'low-rank',
      'pre-compressed',
      'pre-compressed-frozen',
      'quantized-min-max',
      'quantized-mse',
      'codebook',
    ]);
    for (const method of catalogue.methods.filter(({ trained }) => trained)) {
      expect(method.learningRates.adam, method.id).toHaveLength(3);
    }
  });

  it('loads the bundled data and says what it is', () => {
    expect(report.embeddings).toMatchObject({ dimension: 100, format: 'bundled' });
    expect(report.dataset).toMatchObject({ sentences: 3000 });
    expect(report.dataset.tasks.map(({ id, classes }) => [id, classes.length])).toEqual([
      ['sentiment', 2],
      ['source', 3],
    ]);
  });

  it('says what a sweep shows, and writes it as a page with the licences of what is loaded', async () => {
    const results = madeSweep(specificationOf({ seeds: [1, 2] }), ({ method, seed }) => ({ test: 0.8 + noise(seed, method, 0.01) }));
    const analysis = await lab.analyse(results, { allowedLoss: 0.01 });
    expect(analysis.points).toHaveLength(3);
    // It crosses the worker's boundary.
    expect(structuredClone(analysis)).toEqual(analysis);
    const look = { light: '#000000', dark: '#FFFFFF', dash: '', marker: 'circle' };
    const looks = { methods: { full: look, 'low-rank': look, codebook: look }, schedules: { calr: look } };
    const page = await lab.report(results, { allowedLoss: 0.01, looks });
    expect(page).toContain(analysis.caution);
    expect(page).toContain('<b>Accuracy against bytes.</b>');
    expect(page).toMatch(/CC BY 4\.0/);
    expect((await lab.cellsCsv(results)).split('\r\n')).toHaveLength(2 + results.cells.length);
    await expect(lab.analyse({ ...results, cells: [...results.cells, results.cells[0]] }, { allowedLoss: 0.01 })).rejects.toThrow(
      'there twice',
    );
  });

  it('plans: sizes, steps, and the tie between rank and rate', async () => {
    const plan = await lab.plan({ ...small, rates: [0.9] });
    expect(plan.split).toEqual({ train: 2100, validation: 450, test: 450 });
    expect(plan.stepsPerEpoch).toBe(33);
    const lowRank = plan.methods.find(({ method }) => method === 'low-rank');
    const rank = lowRank?.rank ?? 0;
    expect(lowRank?.size?.embeddingBytes).toBe(4 * rank * (plan.vocabulary + plan.dimension));
    expect(plan.rateByRank[rank - 1]).toBeCloseTo(lowRank?.size?.rate ?? 0, 12);
    expect(plan.rateByRank[rank]).toBeLessThan(0.9);
    // Two thirds of the budget, rounded up, train the table; of two epochs none is left for its factors.
    for (const [epochs, left] of [
      [1, 0],
      [2, 0],
      [3, 1],
      [24, 8],
    ])
      expect((await lab.plan({ ...small, epochs })).retrainingEpochs).toBe(left);
    // The rank slider writes the rate that a rank reaches; that rate must give the rank back.
    for (const r of [1, 7, rank, 60]) {
      const back = await lab.plan({ ...small, rates: [plan.rateByRank[r - 1]] });
      expect(back.methods.find(({ method }) => method === 'low-rank')?.rank).toBe(r);
    }
  });

  it('runs, streams events in batches, and lets a sentence be tried', async () => {
    const batches: LabEvent[][] = [];
    const { results } = await lab.run(small, (events) => batches.push(events));
    const events = batches.flat();
    expect(results.map(({ method }) => method)).toEqual(['full', 'low-rank', 'codebook']);
    expect(events[0].kind).toBe('started');
    expect(events[events.length - 1].kind).toBe('finished');
    expect(batches.length).toBeLessThan(events.length);

    expect((await lab.trainedModels()).map(({ id }) => id)).toEqual(['full', 'low-rank@0.9', 'codebook@0.9']);
    const classified = await lab.classify(['It was a wonderful, zxqwv film']);
    expect(classified.models.map(({ id }) => id)).toEqual(['full', 'low-rank@0.9', 'codebook@0.9']);
    const [sentence] = classified.sentences;
    expect(sentence.tokens.map(({ text, known }) => [text, known])).toEqual([
      ['it', true],
      ['was', true],
      ['a', true],
      ['wonderful', true],
      [',', true],
      ['zxqwv', false],
      ['film', true],
    ]);
    for (const probabilities of sentence.probabilities) {
      expect(probabilities.reduce((sum, p) => sum + p, 0)).toBeCloseTo(1, 6);
    }
    // The networks stay for the next sentence, and make room for a run.
    expect(device.counters.liveBuffers).toBeGreaterThan(0);
    const next = lab.run(small, nothing);
    await lab.stop();
    await next;
    expect(device.counters.liveBuffers).toBe(0);
  });

  it('writes a model down and says what it makes of the test set', async () => {
    const written = await lab.exportModel('low-rank@0.9', 'safetensors');
    expect(written.files.map(({ path }) => path)).toEqual(['model.safetensors', 'vocabulary.json', 'config.json', 'README.md']);
    expect(new TextDecoder().decode(written.files[3].bytes)).toMatch(/UCI Sentiment[\s\S]*CC BY 4/);
    // It crosses the worker's boundary.
    expect(structuredClone(written)).toEqual(written);
    const predictions = await lab.testPredictions('low-rank@0.9');
    expect(predictions).toHaveLength(450);
    const { text, probabilities } = predictions.find(({ ids }) => !ids.includes(1)) ?? predictions[0];
    const { models, sentences } = await lab.classify([text]);
    const classified = sentences[0].probabilities[models.findIndex(({ id }) => id === 'low-rank@0.9')];
    for (const [c, p] of probabilities.entries()) expect(p).toBeCloseTo(classified[c], 6);
    await expect(lab.exportModel('low-rank@0.5', 'npy')).rejects.toMatchObject({ code: 'no-data' });
    await expect(createLab(environment).exportModel('full', 'npy')).rejects.toMatchObject({ code: 'no-data' });
  });

  it('refuses a second run, other data and another backend while one goes on', async () => {
    const run = lab.run(small, nothing);
    await expect(lab.run(small, nothing)).rejects.toMatchObject({ code: 'busy' });
    await expect(lab.loadBundled(nothing)).rejects.toMatchObject({ code: 'busy' });
    await expect(lab.testPredictions('full')).rejects.toMatchObject({ code: 'busy' });
    await expect(lab.open('cpu')).rejects.toMatchObject({ code: 'busy' });
    await lab.stop();
    const { results } = await run;
    expect(results.length).toBeLessThan(3);
  });

  it('refuses a run while a file is being read', async () => {
    const load = lab.loadBundled(nothing);
    await expect(lab.run(small, nothing)).rejects.toMatchObject({ code: 'busy', message: expect.stringContaining('file') });
    await load;
  });

  it('reads a word of the table that the experiment lacks as its nearest neighbour', async () => {
    await lab.run({ ...small, methods: [] }, nothing);
    const { tokens } = (await lab.classify(['a parliament film zxqwv'])).sentences[0];
    expect(tokens[1]).toMatchObject({ text: 'parliament', known: false, readAs: expect.stringMatching(/^\w+$/) });
    expect(tokens[3]).toMatchObject({ known: false, readAs: null });
  });

  it('keeps the last models when a run is stopped before it has any', async () => {
    const before = await lab.trainedModels();
    const run = lab.run(small, nothing);
    await lab.stop();
    await run;
    expect(await lab.trainedModels()).toEqual(before);
    expect(before).toHaveLength(1);
  });

  it('pauses and resumes, saying so', async () => {
    const kinds: string[] = [];
    const run = lab.run(small, (events) => {
      kinds.push(...events.map(({ kind }) => kind));
      if (kinds[kinds.length - 1] === 'paused') void lab.resume();
    });
    await lab.pause();
    await run;
    expect(kinds.filter((kind) => kind === 'paused' || kind === 'resumed')).toEqual(['paused', 'resumed']);
  });

  it.each([
    [{ epochs: 0 }, '"epochs"'],
    [{ rates: [1.2] }, '"rates[0]"'],
    [{ methods: ['magic'] }, 'magic'],
    [{ schedule: { id: 'calr', parameters: { gamma: 7 } } }, 'gamma'],
    [{ optimizer: 'newton' }, 'newton'],
    [{ model: 'transformer' }, 'transformer'],
    [{ task: 'mood' }, 'mood'],
    [{ seeds: [] }, '"seeds"'],
    [{ learningRates: { full: [] } }, '"learningRates.full"'],
    [{ learningRates: { 'low-rnak': [1e-3] } }, 'low-rnak'],
  ])('refuses a specification with %j in one sentence that names it', async (changes, named) => {
    await expect(lab.plan({ ...small, ...changes } as ExperimentSpecification)).rejects.toMatchObject({
      message: expect.stringContaining(named),
      remedy: expect.stringMatching(/\w+/),
    });
  });

  it('refuses a specification of other data', async () => {
    const other = { ...small, dataset: { id: 'sha256:1234', name: 'mine.csv' } };
    await expect(lab.plan(other)).rejects.toMatchObject({ code: 'no-data', message: expect.stringContaining('mine.csv') });
  });

  it('keeps what was loaded when another file is bad', async () => {
    const bad = new File(['the 1 2 3\nof 1 2\n'], 'bad.txt');
    await expect(lab.loadEmbeddings([bad], keepAll, nothing)).rejects.toMatchObject({
      code: 'bad-embeddings',
      message: expect.stringContaining('line 2'),
    });
    expect((await lab.plan(small)).dimension).toBe(100);
  });

  it('runs on a table and a set of the visitor’s own', async () => {
    const own = createLab(environment);
    await own.open('cpu');
    await own.loadBundled(nothing);
    const words = ['good', 'bad', 'fine', 'poor', 'film', 'meal'];
    const table = words.map((word, i) => `${word} ${[i % 2 ? -1 : 1, 0.1 * i, 0.5, -0.2].join(' ')}`).join('\n');
    const rows = Array.from(
      { length: 60 },
      (_, i) => `${i % 2 ? 'bad poor' : 'good fine'} ${i % 3 ? 'film' : 'meal'} ${i},${i % 2 ? 'no' : 'yes'}`,
    );
    const embeddings = await own.loadEmbeddings([new File([table], 'my.txt')], keepAll, nothing);
    expect(embeddings.embeddings).toMatchObject({ words: 6, dimension: 4, format: 'GloVe text' });
    const csv = new File([['text,label', ...rows].join('\n')], 'my.csv');
    const preview = await own.previewDataset([csv]);
    expect(preview.guess).toEqual({ text: 'text', label: 'label', split: null });
    const { dataset } = await own.loadDataset([csv], preview.guess, nothing);
    const { results } = await own.run(
      {
        ...small,
        embeddings: embeddings.embeddings.source,
        dataset: dataset.source,
        task: dataset.tasks[0].id,
        rates: [0.5],
        methods: ['low-rank'],
      },
      nothing,
    );
    expect(results.map(({ method }) => method)).toEqual(['full', 'low-rank']);
    await own.close();
  });

  it('says of a packed file what is in it, keeps the part that was chosen, and finds it again when it was kept', async () => {
    const storage = createMemoryStorage();
    const visit = async () => {
      const own = createLab({ ...environment, storage: Promise.resolve(storage) });
      await own.open('cpu');
      await own.loadBundled(nothing);
      return own;
    };
    const own = await visit();
    const packed = new File([gzipSync('good 1 2\nzxqwv 3 4\nbad 5 6\n')], 'my.txt.gz');
    expect(await own.previewEmbeddings([packed])).toMatchObject({ format: 'GloVe text', dimension: 2, sample: ['good', 'zxqwv', 'bad'] });
    const { embeddings } = await own.loadEmbeddings([packed], { keep: { kind: 'dataset' }, tensor: null }, nothing);
    expect(embeddings).toMatchObject({ words: 2, sample: ['good', 'bad'] });
    expect((await own.storage()).saved).toEqual([]);
    const { saved } = await own.keep('embeddings', nothing);
    expect(saved.map(({ kind, source }) => [kind, source.name])).toEqual([['embeddings', 'my.txt']]);
    await own.close();

    const later = await visit();
    const again = await later.loadSaved(embeddings.source.id, null, nothing);
    expect(again.embeddings).toMatchObject({ words: 2, sample: ['good', 'bad'], source: embeddings.source });
    expect((await later.forget(embeddings.source.id)).saved).toEqual([]);
    await expect(later.loadSaved(embeddings.source.id, null, nothing)).rejects.toMatchObject({ code: 'no-data' });
    await later.close();
  });

  it('keeps a table while it is run on; a keep that is cancelled leaves it loaded and nothing written', async () => {
    const storage = createMemoryStorage();
    const own = createLab({ ...environment, storage });
    await own.open('cpu');
    await own.loadBundled(nothing);
    const table = Array.from({ length: 30_000 }, (_, i) => `word${i} ${i % 7} 1 2 3 4 5 6 7 8 9`).join('\n');
    const words = Array.from({ length: 60 }, (_, i) => `word${i} word${i + 1},${i % 2}`).join('\n');
    const { dataset } = await own.loadDataset(
      [new File([`text,label\n${words}`], 'my.csv')],
      { text: 'text', label: 'label', split: null },
      nothing,
    );
    const { embeddings } = await own.loadEmbeddings([new File([table], 'my.txt')], keepAll, nothing);
    const specification = { ...small, embeddings: embeddings.source, dataset: dataset.source, task: 'label', methods: [], rates: [0.5] };

    const left = own.keep('embeddings', () => void own.cancelKeep());
    await expect(own.keep('dataset', nothing)).rejects.toMatchObject({ code: 'busy' });
    await expect(left).rejects.toMatchObject({ code: 'cancelled', message: expect.stringContaining('my.txt is loaded, and is not kept') });
    expect((await own.storage()).saved).toEqual([]);

    const kept = own.keep('embeddings', nothing);
    const { results } = await own.run(specification, nothing);
    expect(results.map(({ method }) => method)).toEqual(['full']);
    expect((await kept).saved.map(({ source }) => source.id)).toEqual([embeddings.source.id]);
    await own.close();
  });

  it('factorizes the whole table as well, in blocks, remembers it, and hears a stop', async () => {
    // A clock by which the work takes long enough for turns of the event loop.
    let milliseconds = 0;
    const own = createLab({
      ...environment,
      now: () => {
        milliseconds += 10;
        return milliseconds;
      },
    });
    await own.open('cpu');
    await own.loadBundled(nothing);
    const random = new Random(3);
    const rows = 30_000;
    const columns = 40;
    const values = Float32Array.from({ length: rows * columns }, () => random.integer(19) - 9);
    const lines = Array.from({ length: rows }, (_, i) => `word${i} ${[...values.subarray(i * columns, (i + 1) * columns)].join(' ')}`);
    const words = Array.from({ length: 60 }, (_, i) => `word${i} word${i + 1},${i % 2}`).join('\n');
    const choice = { text: 'text', label: 'label', split: null };
    const { dataset } = await own.loadDataset([new File([`text,label\n${words}`], 'my.csv')], choice, nothing);
    const { embeddings } = await own.loadEmbeddings([new File([lines.join('\n')], 'my.txt')], keepAll, nothing);
    const specification = { ...small, embeddings: embeddings.source, dataset: dataset.source, task: 'label' };

    const stopped = own.spectrum(specification, 'table', () => void own.stopSpectrum());
    await expect(stopped).rejects.toMatchObject({ code: 'cancelled', message: 'The factorization was stopped.' });

    const progress: RowProgress[] = [];
    const whole = await own.spectrum(specification, 'table', (one) => progress.push(one));
    expect(whole).toMatchObject({ of: 'table', rows, dimension: columns });
    // The block size of a loaded table makes two of this one.
    const oracle = await spectrum({ rows, columns, values }, device);
    for (const [i, value] of whole.singularValues.entries()) expect(value / oracle.singularValues[i]).toBeCloseTo(1, 9);
    expect(progress.every(({ doneRows, totalRows }) => totalRows === rows && doneRows > 0 && doneRows <= rows)).toBe(true);
    expect(progress.length).toBeGreaterThan(0);

    // Of the experiment it is another one; of the table the same, at once.
    expect(await own.spectrum(specification, 'experiment', nothing)).toMatchObject({ of: 'experiment', dimension: columns, rows: 63 });
    expect(await own.spectrum(specification, 'table', nothing)).toBe(whole);
    expect(device.counters.liveBuffers).toBe(0);
  });

  it('lets a run, and a further question, go before a spectrum', async () => {
    // A clock by which every block of rows takes long enough for a turn of the event loop.
    let milliseconds = 0;
    const big = createLab({
      ...environment,
      now: () => {
        milliseconds += 60;
        return milliseconds;
      },
    });
    await big.open('cpu');
    await big.loadBundled(nothing);
    const first = big.spectrum(small, 'table', nothing);
    const second = big.spectrum(small, 'experiment', nothing);
    await expect(first).rejects.toMatchObject({ code: 'cancelled' });
    expect(await second).toMatchObject({ of: 'experiment' });
    const third = big.spectrum(small, 'table', nothing);
    third.catch(nothing);
    const run = big.run({ ...small, methods: [] }, nothing);
    await expect(third).rejects.toMatchObject({ code: 'cancelled' });
    await expect(big.spectrum(small, 'table', nothing)).rejects.toMatchObject({ code: 'busy' });
    await big.stop();
    await run;
  });

  describe('sweeps', () => {
    const sweep = (changes: Partial<SweepSpecification> = {}): SweepSpecification => {
      const { dataset, task, model, schedule, ...shared } = small;
      return { ...shared, tasks: [{ dataset, task }], models: [model], schedules: [schedule], seeds: [1], rates: [0.9], ...changes };
    };
    const withoutSeconds = ({ cells }: SweepResults) => cells.map(({ row: { seconds: _, ...row }, ...cell }) => ({ ...cell, row }));

    it('are planned, run, kept, gone on with after another visit, and forgotten', async () => {
      const sweeps = createMemorySweeps();
      const visit = async () => {
        const own = createLab({ ...environment, sweeps });
        await own.open('cpu');
        await own.loadBundled(nothing);
        return own;
      };
      const first = await visit();
      const plan = await first.planSweep(sweep({ seeds: [1, 2] }));
      expect(plan).toMatchObject({ groups: 2, cells: 6, finishedCells: 0, gaps: [] });
      expect(plan.seconds).toBeGreaterThan(0);
      const events: SweepEvent[] = [];
      const running = first.runSweep(sweep({ seeds: [1, 2] }), (batch) => {
        events.push(...batch);
        if (batch.some(({ kind }) => kind === 'sweep-cell')) void first.stop();
      });
      const part = await running;
      expect(part.cells.length).toBeGreaterThan(0);
      expect(part.cells.length).toBeLessThan(6);
      expect(events[0]).toEqual({ kind: 'sweep-started', plan: expect.objectContaining({ cells: 6 }) });
      expect(events.at(-1)).toEqual({ kind: 'sweep-finished', outcome: 'stopped' });
      const [kept] = await first.keptSweeps();
      expect(kept).toMatchObject({ cells: part.cells.length, plannedCells: 6, damage: null });
      expect(await first.openSweep(kept.id)).toEqual(part);
      await first.close();

      const later = await visit();
      expect(await later.planSweep(sweep({ seeds: [1, 2] }))).toMatchObject({ finishedCells: part.cells.length });
      const whole = await later.runSweep(sweep({ seeds: [2, 1] }), nothing);
      expect(whole.cells).toHaveLength(6);
      const straight = await lab.runSweep(sweep({ seeds: [2, 1] }), nothing);
      expect(withoutSeconds(whole)).toEqual(withoutSeconds(straight));
      const rows = (await lab.run({ ...small, seeds: [2], rates: [0.9] }, nothing)).results.map(({ seconds: _, ...row }) => row);
      expect(
        withoutSeconds(whole)
          .map(({ row }) => row)
          .slice(0, 3),
      ).toEqual(rows);
      // A file of it is the same sweep.
      expect(await later.importSweep(JSON.parse(JSON.stringify(whole)))).toMatchObject({ cells: { length: 6 } });
      expect(await later.keptSweeps()).toHaveLength(1);
      expect(await later.forgetSweep(kept.id)).toEqual([]);
      await expect(later.openSweep(kept.id)).rejects.toMatchObject({ code: 'no-data' });
      await later.close();
      expect(device.counters.liveBuffers).toBe(0);
    });

    it('have shares that are each a part of it', async () => {
      const whole = sweep({ seeds: [1, 2, 3], methods: [] });
      const shares = [0, 1].map((index) => ({ index, count: 2 }));
      const plans = [];
      for (const share of shares) plans.push(await lab.planSweep(whole, share));
      expect(plans.map(({ groups }) => groups)).toEqual([2, 1]);
      await expect(lab.planSweep(whole, { index: 2, count: 2 })).rejects.toMatchObject({ code: 'bad-specification' });
    });

    it('find their data sets loaded, bundled or kept, and say which is missing', async () => {
      const own = createLab({ ...environment, storage: createMemoryStorage() });
      await own.open('cpu');
      const { dataset: bundled } = await own.loadBundled(nothing);
      const csv = (of: string) =>
        new File([`text,label\n${Array.from({ length: 60 }, (_, i) => `the ${of} film ${i},${i % 2}`).join('\n')}`], `${of}.csv`);
      const choice = { text: 'text', label: 'label', split: null };
      const { dataset: good } = await own.loadDataset([csv('good')], choice, nothing);
      await own.keep('dataset', nothing);
      const { dataset: bad } = await own.loadDataset([csv('bad')], choice, nothing);
      const tasks = [
        { dataset: good.source, task: 'label' },
        { dataset: bad.source, task: 'label' },
        { dataset: bundled.source, task: 'source' },
      ];
      const results = await own.runSweep(sweep({ tasks, methods: [], epochs: 1 }), nothing);
      expect(results.cells.map(({ row }) => row.testCount)).toEqual([9, 9, 450]);
      const gone = { dataset: { id: 'sha256:0', name: 'gone.csv' }, task: 'label' };
      await expect(own.planSweep(sweep({ tasks: [gone] }))).rejects.toMatchObject({
        code: 'no-data',
        message: expect.stringContaining('gone.csv'),
      });
      const embeddings = { id: 'sha256:0', name: 'gone.txt' };
      await expect(own.runSweep(sweep({ embeddings }), nothing)).rejects.toMatchObject({ message: expect.stringContaining('gone.txt') });
      await own.close();
    });

    it('are exclusive with runs, races and loads, rest while they are paused, and refuse what they cannot use', async () => {
      const kinds: string[] = [];
      const running = lab.runSweep(sweep({ seeds: [7] }), (events) => {
        kinds.push(...events.map(({ kind }) => kind));
        if (kinds.includes('paused')) void lab.resume();
      });
      for (const refused of [lab.run(small, nothing), lab.runSweep(sweep(), nothing), lab.loadBundled(nothing), lab.importSweep({})]) {
        await expect(refused).rejects.toMatchObject({ code: 'busy', message: 'A sweep is running.' });
      }
      await lab.pause();
      expect((await running).cells).toHaveLength(3);
      expect(kinds.filter((kind) => kind === 'paused' || kind === 'resumed')).toEqual(['paused', 'resumed']);
      await expect(lab.planSweep(sweep({ methods: ['magic'] }))).rejects.toMatchObject({ message: expect.stringContaining('magic') });
      await expect(lab.importSweep('rubbish')).rejects.toMatchObject({ code: 'bad-specification' });
      // The page sends nothing by halves: a refused sweep leaves the lab free.
      await expect(lab.runSweep(sweep({ epochs: 0 }), nothing)).rejects.toMatchObject({ code: 'bad-specification' });
      expect((await lab.run({ ...small, methods: [] }, nothing)).results).toHaveLength(1);
    });
  });

  describe('races', () => {
    const rate = (id: string, peak: number) => ({ schedule: { id, parameters: {} }, peak });
    const lane = (id: string, schedule: string, peak: number) => ({ id, segments: [{ fromStep: 0, ...rate(schedule, peak) }] });
    const race = (): RaceSpecification => {
      const { embeddings, dataset, task, split, model, hidden, dropout, wordDropout, optimizer, batchSize } = small;
      const shared = { embeddings, dataset, task, split, model, hidden, dropout, wordDropout, optimizer, batchSize };
      return { version: 1, ...shared, rate: 0.9, epochs: 2, seeds: [1], lanes: [lane('a', 'calr', 1e-2), lane('b', 'fixed', 3e-3)] };
    };
    const test = () => ({ race: race(), lane: null, from: 1e-5, to: 1, steps: 60 });

    it('run on the real data, are changed and tested while they are paused, and say what came of it', async () => {
      const kinds: string[] = [];
      const meddle = async () => {
        await lab.changeLane('b', rate('cosine', 5e-3));
        await lab.forkLane('a', 'c', rate('fixed', 1e-2));
        const { losses } = await lab.rangeTest({ ...test(), lane: 'c' });
        expect(losses.length).toBeGreaterThan(20);
        await lab.resume();
      };
      let meddled: Promise<void> | null = null;
      const running = lab.race(race(), (events) => {
        kinds.push(...events.map(({ kind }) => kind));
        if (kinds.includes('paused')) meddled ??= meddle();
      });
      await lab.pause();
      const { rows, specification, comparisons } = await running;
      await meddled;
      expect(kinds.filter((kind) => ['started', 'paused', 'lane', 'resumed', 'finished'].includes(kind))).toEqual([
        ...['started', 'paused', 'lane', 'lane', 'resumed', 'finished'],
      ]);
      expect(specification.lanes.map(({ id }) => id)).toEqual(['a', 'b', 'c']);
      expect(rows.map(({ lane: id, testCount }) => [id, testCount])).toEqual([
        ['a', 450],
        ['b', 450],
        ['c', 450],
      ]);
      expect(comparisons).toHaveLength(3);
      expect(device.counters.liveBuffers).toBe(0);
    });

    it('are exclusive with runs, loads, other races and range tests, and stop when they are told to', async () => {
      const running = lab.race(race(), nothing);
      for (const refused of [
        lab.run(small, nothing),
        lab.loadBundled(nothing),
        lab.race(race(), nothing),
        lab.rangeTest(test()),
        lab.open('cpu'),
      ]) {
        await expect(refused).rejects.toMatchObject({ code: 'busy', message: 'A race is running.' });
      }
      await lab.stop();
      expect((await running).rows).toEqual([]);
      const testing = lab.rangeTest(test());
      await expect(lab.race(race(), nothing)).rejects.toMatchObject({ code: 'busy', message: 'A range test is running.' });
      await lab.stop();
      await expect(testing).rejects.toMatchObject({ code: 'cancelled' });
      const load = lab.loadBundled(nothing);
      await expect(lab.race(race(), nothing)).rejects.toMatchObject({ code: 'busy', message: expect.stringContaining('file') });
      await load;
    });

    it('have no lanes to change when there is none, and refuse what they cannot use', async () => {
      await expect(lab.changeLane('a', rate('fixed', 1))).rejects.toMatchObject({ code: 'no-data', message: 'There is no race going on.' });
      await expect(lab.forkLane('a', 'b', rate('fixed', 1))).rejects.toMatchObject({ code: 'no-data' });
      await expect(lab.rangeTest({ ...test(), lane: 'a' })).rejects.toMatchObject({ code: 'no-data' });
      await expect(lab.changeLane('a', rate('wild', 1))).rejects.toMatchObject({
        code: expect.stringMatching(/no-data|bad-specification/),
      });
      await expect(lab.race({ ...race(), rate: 0.999 }, nothing)).rejects.toMatchObject({
        code: 'bad-specification',
        message: expect.stringContaining('out of reach'),
      });
      await expect(lab.race({ ...race(), dataset: { id: 'sha256:1', name: 'mine.csv' } }, nothing)).rejects.toMatchObject({
        code: 'no-data',
      });
      expect(device.counters.liveBuffers).toBe(0);
    });

    it('preview their schedules before anything is loaded', async () => {
      const own = createLab(environment);
      const { steps, learningRates } = await own.previewSchedules([rate('linear', 1), rate('fixed', 2)], 4);
      expect(steps).toEqual([0, 1, 2, 3]);
      expect(learningRates[1]).toEqual([2, 2, 2, 2]);
      expect(learningRates[0][0]).toBe(1);
      await expect(own.previewSchedules([rate('wild', 1)], 4)).rejects.toMatchObject({ code: 'bad-specification' });
    });

    it('have a range test of their own first weights', async () => {
      const { proposal, reason, learningRates } = await lab.rangeTest({ ...test(), steps: 100 });
      expect(proposal, reason).toMatchObject({ lower: expect.any(Number), upper: expect.any(Number) });
      expect(learningRates[0]).toBeCloseTo(1e-5, 12);
    });
  });

  it('names the host of an address that does not answer', async () => {
    await expect(lab.previewDataset([{ address: 'https://example.org/set.csv' }])).rejects.toMatchObject({
      code: 'unreachable',
      message: expect.stringContaining('example.org'),
    });
  });
});
