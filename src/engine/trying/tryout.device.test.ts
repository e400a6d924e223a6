import { describe, expect, it } from 'vitest';
import type { WordVectors } from '../data/dataset';
import { firstWordId, maximumTokens } from '../data/vocabulary';
import { WordTable } from '../data/word-table';
import type { Device } from '../device/device';
import { openTestDevices } from '../device/testing';
import { type LastRun, modelId, preparedOf, runData } from '../experiment/last-run';
import { networkLayers } from '../experiment/plan';
import { runExperiment } from '../experiment/run';
import { validateSpecification } from '../experiment/specification';
import { madeUpData, smallSpecification } from '../experiment/testing';
import { matrix } from '../matrix';
import { RunControl } from '../training/control';
import { evaluateState } from '../training/trial';
import { ReadyNetworks } from './ready-networks';
import { Tryout } from './tryout';

const devices = await openTestDevices();

async function train(device: Device, model: string): Promise<LastRun> {
  const specification = validateSpecification({
    ...smallSpecification,
    model,
    epochs: 2,
    methods: ['low-rank', 'quantized-min-max', 'codebook'],
  });
  const data = madeUpData(1);
  const { results, models } = await runExperiment({
    specification,
    device,
    prepare: () => data,
    control: new RunControl(() => performance.now()),
    emit: () => {},
    versions: {},
  });
  const { columns, values } = data.table;
  const words = [...data.words, 'stranger'];
  // The stranger's vector is that of word3, which the vocabulary has.
  const row = (id: number) => values.subarray(id * columns, (id + 1) * columns);
  const table = new Float32Array(words.length * columns);
  table.set(values.subarray(firstWordId * columns));
  table.set(row(firstWordId + 3), data.words.length * columns);
  const vectors: WordVectors = {
    source: { id: 't', name: 't' },
    format: 'made up',
    words,
    index: new Map(words.map((word, i) => [word, i])),
    vectors: WordTable.over(matrix(words.length, columns, table)),
    warnings: [],
    licence: null,
  };
  return {
    ...{ specification, data: runData(data), prepared: data, vectors, models, results },
    ...{ outcome: 'complete', events: [], stepsLeftOut: 0, licences: [] },
  };
}

const tryoutOf = (run: LastRun, device: Device) => new Tryout(run, { onDevice: (work) => work(device), now: () => performance.now() });

const ids = ['full', 'low-rank@0.5', 'quantized-min-max@0.5', 'codebook@0.5'];
const models = ['dan', 'lstm', 'cnn'];
const cases = devices.flatMap((device) => models.map((model) => ({ backend: device.report.backend, model, device })));

describe.each(cases)('$model tried out on $backend', async ({ device, model }) => {
  const before = device.counters.liveBuffers;
  const run = await train(device, model);
  const tryout = tryoutOf(run, device);
  const text = 'word1 word4 nothing word9 word1 stranger';
  const close = (a: number, b: number) => expect(Math.abs(a - b)).toBeLessThan(1e-5);

  it('classifies many sentences as one by one', async () => {
    const texts = [text, '', 'word7', Array.from({ length: 60 }, (_, i) => `word${i}`).join(' ')];
    const together = await tryout.classify(texts);
    expect(together.models.map(({ id }) => id)).toEqual(ids);
    expect(together.models.every(({ milliseconds }) => milliseconds > 0)).toBe(true);
    expect(together.sentences.map(({ tokens }) => tokens.length)).toEqual([6, 0, 1, 60]);
    expect(together.sentences[0].tokens.slice(1, 6)).toEqual([
      { text: 'word4', known: true, readAs: null },
      { text: 'nothing', known: false, readAs: null },
      { text: 'word9', known: true, readAs: null },
      { text: 'word1', known: true, readAs: null },
      { text: 'stranger', known: false, readAs: 'word3' },
    ]);
    for (const [s, one] of texts.entries()) {
      const alone = await tryout.classify([one]);
      for (const [m, probabilities] of alone.sentences[0].probabilities.entries()) {
        close(
          probabilities.reduce((sum, p) => sum + p, 0),
          1,
        );
        for (const [c, p] of probabilities.entries()) close(together.sentences[s].probabilities[m][c], p);
      }
    }
  });

  it('takes a contribution for what classifying the shortened sentence shows', async () => {
    const { tokens, models, classes } = await tryout.contributions(text);
    expect(classes).toEqual(run.data.classes);
    const whole = (await tryout.classify([text])).sentences[0];
    expect(tokens).toEqual(whole.tokens);
    const shortened = tokens.map((_, left) =>
      tokens
        .filter((_, t) => t !== left)
        .map((token) => token.text)
        .join(' '),
    );
    const without = (await tryout.classify(shortened)).sentences;
    for (const [m, { model, choice, contributions }] of models.entries()) {
      expect(model).toBe(ids[m]);
      expect(choice).toBe(whole.probabilities[m].indexOf(Math.max(...whole.probabilities[m])));
      expect(contributions).toHaveLength(6);
      for (const [t, contribution] of contributions.entries()) {
        const wanted = Math.log(whole.probabilities[m][choice]) - Math.log(without[t].probabilities[m][choice]);
        expect(Math.abs(contribution - wanted)).toBeLessThan(1e-4);
      }
    }
    // They don't all say the same, or nothing would be shown.
    expect(Math.max(...models[0].contributions.map(Math.abs))).toBeGreaterThan(1e-3);
    expect((await tryout.contributions('')).models[0].contributions).toEqual([]);
  });

  it('finds the test sentences on which the models differ, as the evaluation of the run sees them', async () => {
    const layers = networkLayers(run.specification, 2);
    const choices = await Promise.all(
      run.models.map(async ({ state }) => (await evaluateState(device, layers, state, preparedOf(run).test, 2)).predictions),
    );
    const wanted = Array.from(preparedOf(run).test.labels.keys()).filter((item) => choices.some((of) => of[item] !== choices[0][item]));
    const all = await tryout.disagreements({ limit: 1000, model: null });
    expect(all).toMatchObject({ testCount: 60, reference: 'full', total: wanted.length, classes: run.data.classes });
    expect(all.items.map(({ item }) => item).sort((a, b) => a - b)).toEqual(wanted);
    for (const { item, text, label, answers } of all.items) {
      expect([text, label]).toEqual([preparedOf(run).testTexts[item], preparedOf(run).test.labels[item]]);
      expect(answers.map(({ choice }) => choice)).toEqual(choices.map((of) => of[item]));
      const { probabilities } = (await tryout.classify([text])).sentences[0];
      for (const [m, answer] of answers.entries()) close(answer.probability, Math.max(...probabilities[m]));
    }
    const disputed = all.items.map(({ answers }) => answers.filter(({ choice }) => choice !== answers[0].choice).length);
    expect(disputed).toEqual([...disputed].sort((a, b) => b - a));
    for (const [m, { model, differs }] of all.models.entries()) {
      expect(differs).toBe(choices[m].filter((choice, item) => choice !== choices[0][item]).length);
      const own = await tryout.disagreements({ limit: 1000, model });
      expect(own.total).toBe(differs);
      expect(own.items.every(({ answers }) => answers[m].choice !== answers[0].choice)).toBe(true);
      expect((await tryout.disagreements({ limit: 1, model })).items).toEqual(own.items.slice(0, 1));
    }
  });

  it('keeps the compiled networks, and frees every buffer when it is released', async () => {
    await tryout.release();
    expect(device.counters.liveBuffers).toBe(before);
    const made = async () => {
      const count = device.counters.buffersCreated;
      await tryout.classify([text]);
      return device.counters.buffersCreated - count;
    };
    const first = await made();
    const kept = device.counters.liveBuffers - before;
    expect(kept).toBeGreaterThan(0);
    // What a sentence takes is made anew; parameters and activations are not.
    expect(await made()).toBe(first - kept);
    await tryout.contributions(text);
    expect(device.counters.liveBuffers - before).toBe(kept);
    await tryout.release();
    expect(device.counters.liveBuffers).toBe(before);
  });
});

describe.each(devices.map((device) => ({ backend: device.report.backend, device })))('questions on $backend', async ({ device }) => {
  const run = await train(device, 'dan');
  const before = device.counters.liveBuffers;

  it('give way to a newer one, and to a run; later ones are answered', async () => {
    const tryout = tryoutOf(run, device);
    const ended = (question: Promise<unknown>) => expect(question).rejects.toMatchObject({ code: 'cancelled' });
    const [older, newer] = [tryout.classify(['word1']), tryout.classify(['word2'])];
    await Promise.all([ended(older), newer]);
    const going = [tryout.contributions('word1 word2'), tryout.disagreements({ limit: 9, model: null }), tryout.tableNeighbours('word1')];
    await Promise.all([...going.map(ended), tryout.release()]);
    expect(device.counters.liveBuffers).toBe(before);
    expect((await tryout.disagreements({ limit: 9, model: null })).testCount).toBe(60);
    await tryout.release();
  });

  it('are answered while the neighbours of the vocabulary are compared, which can be stopped and gone on with', async () => {
    let clock = 0;
    // Each step of the work seems to take as long as a stretch may.
    const tryout = new Tryout(run, { onDevice: (work) => work(device), now: () => (clock += 20) });
    const seen: number[] = [];
    const stopped = tryout.neighbourOverlap(({ doneRows, totalRows }) => {
      seen.push(doneRows / totalRows);
      tryout.stopNeighbourOverlap();
    });
    await expect(stopped).rejects.toMatchObject({ code: 'cancelled' });
    const [overlap, { word, tables }] = await Promise.all([tryout.neighbourOverlap(() => {}), tryout.tableNeighbours('word5')]);
    expect(seen.every((done) => done >= 0 && done <= 1)).toBe(true);
    expect(overlap).toMatchObject({ reference: 'full', words: 118, vocabulary: 118, neighbours: 10, allOthers: false });
    expect(overlap.tables.map(({ table }) => table)).toEqual(['pretrained', ...ids.slice(1)]);
    for (const { mean, histogram } of overlap.tables) {
      expect(histogram.reduce((sum, count) => sum + count, 0)).toBe(118);
      expect(mean).toBeCloseTo(histogram.reduce((sum, count, k) => sum + (count * k) / 10, 0) / 118, 12);
    }
    expect(word).toBe('word5');
    expect(tables.map(({ table }) => table)).toEqual(['pretrained', ...ids]);
    for (const { neighbours } of tables) {
      expect(neighbours).toHaveLength(10);
      expect(neighbours.map((found) => found.word)).not.toContain('word5');
      expect(neighbours.every(({ cosine }, i) => i === 0 || cosine <= neighbours[i - 1].cosine)).toBe(true);
    }
    await tryout.release();
  });

  it.each([
    [(tryout: Tryout) => tryout.classify([]), '0 sentences'],
    [(tryout: Tryout) => tryout.classify(new Array(51).fill('a')), '51 sentences'],
    [(tryout: Tryout) => tryout.classify(['a', 'x'.repeat(2001)]), '2,001 characters'],
    [(tryout: Tryout) => tryout.contributions('a '.repeat(201)), '201 words'],
    [(tryout: Tryout) => tryout.tableNeighbours('constructor'), '“constructor” is not in'],
  ])('are refused in a sentence where they can’t be answered', async (ask, message) => {
    await expect(ask(tryoutOf(run, device))).rejects.toMatchObject({ code: 'bad-dataset', message: expect.stringContaining(message) });
  });

  it('read no more of a sentence than training did', async () => {
    const tryout = tryoutOf(run, device);
    const long = await tryout.classify([`${'word1 '.repeat(maximumTokens)}word2`]);
    expect(long.sentences[0].tokens).toHaveLength(maximumTokens);
    await tryout.release();
  });

  it('hold no more networks than there is room for, and the last one always', async () => {
    const networks = new ReadyNetworks(networkLayers(run.specification, 2), 1);
    const first = await networks.of(run.models[0], device);
    expect(await networks.of(run.models[0], device)).toBe(first);
    const bytes = device.counters.liveBytes;
    await networks.of(run.models[1], device);
    expect(device.counters.liveBytes).toBeLessThan(2 * bytes);
    expect(await networks.of(run.models[0], device)).not.toBe(first);
    networks.free();
    expect(device.counters.liveBuffers).toBe(before);
  });
});

it('names models as the lab does', () => {
  expect([modelId({ method: 'full', requestedRate: null }), modelId({ method: 'codebook', requestedRate: 0.9 })]).toEqual([
    'full',
    'codebook@0.9',
  ]);
});
