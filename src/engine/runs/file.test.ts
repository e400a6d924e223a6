import { unzipSync, zipSync } from 'fflate';
import { beforeAll, describe, expect, it } from 'vitest';
import { LabError } from '../errors';
import type { LastRun } from '../experiment/last-run';
import { RunLog } from '../experiment/run-log';
import { finishedRun } from '../experiment/testing/finished-run';
import { Random } from '../random';
import { readRunFile, writeRunFile } from './file';
import { openedRun, withLoaded } from './opened';

let run: LastRun;
let file: Uint8Array;

beforeAll(async () => {
  run = await finishedRun({
    methods: ['low-rank', 'quantized-mse', 'product-quantized'],
    rates: [0.5],
    seeds: [1, 2],
    epochs: 3,
  });
  file = writeRunFile(run);
});

const read = (bytes: Uint8Array) => readRunFile(new Blob([bytes as Uint8Array<ArrayBuffer>]), 'Monday.run.zip');

// biome-ignore lint/suspicious/noExplicitAny: it is broken in every way
type Head = any;

/** The file with parts of it changed, packed anew: its checksums are right. */
function changed(change: (head: Head, files: Record<string, Uint8Array>) => void): Uint8Array {
  const files = unzipSync(file);
  const path = 'lowrank-lab-run.json';
  const head = JSON.parse(new TextDecoder().decode(files[path]));
  change(head, files);
  return zipSync({ ...files, [path]: new TextEncoder().encode(JSON.stringify(head)) });
}

describe('a run’s file', () => {
  it('begins with the entry that says what it is', () => {
    expect(new TextDecoder().decode(file.subarray(30, 50))).toBe('lowrank-lab-run.json');
    expect(writeRunFile(run)).toEqual(file);
  });

  it('weighs little more than the models, whole numbers as such', () => {
    const models = run.results.results.filter(({ seed }) => seed === 1).reduce((sum, { networkBytes }) => sum + networkBytes, 0);
    expect(file.length).toBeGreaterThan(models);
    expect(file.length).toBeLessThan(models + 40_000);
  });

  it('has lists of levels as long as they are, where fewer came of it than were asked for', async () => {
    const own = await finishedRun({ methods: ['codebook'], rates: [0.5], epochs: 2 });
    const embeddingOf = ({ models }: LastRun) => models.find(({ method }) => method === 'codebook')?.state.embedding;
    const embedding = embeddingOf(own);
    const meaning = embedding?.kind === 'table' ? embedding.coded?.meaning : undefined;
    // Two codes a word have 65,536 levels; the table has 1,440 numbers, of which 12 are padding's.
    expect(meaning?.kind === 'placed' && meaning.levels[0].length).toBeLessThan(1430);
    expect(embeddingOf(withLoaded(await read(writeRunFile(own)), null))).toEqual(embedding);
  });

  it('has plan and conclusion made anew, as they were told', async () => {
    const opened = openedRun(withLoaded(await read(file), null), 'Monday');
    const direct = openedRun(run, 'Monday');
    expect(opened).toEqual(direct);
    expect(opened.events[0]).toMatchObject({ kind: 'started', plan: { vocabulary: 120, dimension: 12, split: { train: 200, test: 60 } } });
    expect(opened.events.at(-1)).toMatchObject({
      kind: 'finished',
      outcome: 'complete',
      conclusion: { claim: expect.stringContaining('low-rank') },
    });
    const steps = opened.events.flatMap((event) => (event.kind === 'steps' ? event.losses : []));
    expect(steps.length).toBeGreaterThan(100);
  });

  it('is not written where it could not be read', () => {
    const classes = ['x'.repeat(10_001), 'odd'];
    expect(() => writeRunFile({ ...run, data: { ...run.data, classes } })).toThrow(/classes\[0\]/);
  });

  it('keeps what a training that broke was measured at', async () => {
    const broken = structuredClone({ ...run, prepared: null, vectors: null });
    const steps = broken.events.find((event) => event.kind === 'steps');
    const epoch = broken.events.find((event) => event.kind === 'epoch');
    if (!steps || !epoch) throw new RangeError('there are steps and epochs');
    steps.losses[3] = Number.NaN;
    steps.losses[4] = Number.POSITIVE_INFINITY;
    epoch.validationLoss = Number.NaN;
    expect((await read(writeRunFile(broken))).events).toEqual(broken.events);
  });

  const refusals: [string, RegExp, (head: Head, files: Record<string, Uint8Array>) => void][] = [
    ['of another kind', /“kind”/, (head) => (head.kind = 'lowrank-lab-sweep')],
    ['of a later version', /“version”/, (head) => (head.version = 2)],
    ['with an impossible specification', /"hidden"/, (head) => (head.results.specification.hidden = 1e9)],
    ['of a network that there is not', /transformer/, (head) => (head.results.specification.model = 'transformer')],
    ['with an accuracy above 1', /testAccuracy/, (head) => (head.results.results[0].testAccuracy = 1.5)],
    ['with a result of no cell of it', /has no \["low-rank",0.25/, (head) => (head.results.results[1].requestedRate = 0.25)],
    ['with a result twice', /there twice/, (head) => head.results.results.push(head.results.results[0])],
    ['with a word twice', /word of its vocabulary/, (head) => (head.data.words[1] = head.data.words[0])],
    ['with a word too few', /shape 119 x 12/, (head) => head.data.words.pop()],
    ['with a tokenizer that there is not', /no tokenizer/, (head) => (head.data.tokenizer = 'sentencepiece')],
    ['with a model twice', /a model is there twice/, (head) => (head.models[1] = head.models[0])],
    ['with a model without a result', /has no result/, (head) => (head.models[0].requestedRate = 0.5)],
    ['with a model of another width', /models\/0.*shape 120 x 13/, (head) => (head.models[0].embedding.table.columns = 13)],
    ['without a model’s file', /models\/1.*holds no/, (_, files) => delete files['models/1.safetensors']],
    ['with a model cut off', /models\/0/, (_, files) => (files['models/0.safetensors'] = files['models/0.safetensors'].subarray(0, 3000))],
    ['with numbers of steps too few', /steps\.f64/, (_, files) => (files['steps.f64'] = files['steps.f64'].subarray(8))],
    ['with an event of a method that it has not', /no method “codebook”/, (head) => (head.events[0].trial.method = 'codebook')],
    ['with codes of more levels than there are', /models\/2/, (head) => (head.models[2].embedding.table.coding.levels = 7)],
    ['with groups that do not cover a row', /do not cover/, (head) => (head.models[3].embedding.table.coding.meaning.edges[0] = 1)],
    ['with files without end', /more than/, (_, files) => Array.from({ length: 1100 }, (__, i) => (files[`x${i}`] = new Uint8Array()))],
  ];
  it.each(refusals)('%s is refused with a sentence', async (_, message, change) => {
    await expect(read(changed(change))).rejects.toMatchObject({
      code: 'bad-specification',
      message: expect.stringMatching(message),
      remedy: expect.stringMatching(/file/),
      place: { file: 'Monday.run.zip' },
    });
  });

  it('that unpacks to far more than it is, is refused before it does', async () => {
    const bomb = changed((_, files) => (files['steps.f64'] = new Uint8Array(2 ** 27)));
    expect(bomb.length).toBeLessThan(2 ** 20);
    await expect(read(bomb)).rejects.toMatchObject({ code: 'bad-specification', message: expect.stringMatching(/like a bomb/) });
  });

  it('that is damaged anywhere gives a sentence, and never another run', async () => {
    const random = new Random(11);
    const whole = await read(file);
    for (let i = 0; i < 150; i++) {
      const damaged = i % 3 === 0 ? file.slice(0, random.integer(file.length)) : file.slice();
      for (let hits = 0; i % 3 !== 0 && hits <= i % 5; hits++) damaged[random.integer(damaged.length)] ^= 1 + random.integer(255);
      const outcome = await read(damaged).catch((error: unknown) => error);
      if (outcome instanceof Error) expect(outcome).toBeInstanceOf(LabError);
      // A hit in what no reader looks at, such as a date.
      else expect(outcome).toEqual(whole);
    }
  });

  it('is no other zip archive, and no text', async () => {
    for (const bytes of [zipSync({ 'table.txt': new Uint8Array(9) }), new TextEncoder().encode('a b c'), new Uint8Array()]) {
      await expect(read(bytes)).rejects.toMatchObject({ code: 'bad-specification', message: expect.stringMatching(/^Monday\.run\.zip/) });
    }
  });
});

describe('what a run tells', () => {
  const trial = { method: 'full', requestedRate: null, seed: 1, learningRate: 0.1 };
  const steps = (firstStep: number, ...losses: number[]) =>
    ({ kind: 'steps', trial, firstStep, losses, learningRates: losses.map(() => 0.1) }) as const;

  it('is put together where steps follow each other, and left as it was told', () => {
    const log = new RunLog();
    const first = { ...steps(0, 1, 2), losses: [1, 2], learningRates: [0.1, 0.1] };
    log.add(first);
    log.add({ kind: 'progress', label: 'Training', done: 0.1, secondsLeft: null });
    log.add({ ...steps(2, 3), losses: [3], learningRates: [0.1] });
    expect(log.events).toEqual([steps(0, 1, 2, 3)]);
    expect(first.losses).toEqual([1, 2]);
  });

  it('has a bound, and says what it left out', () => {
    const log = new RunLog(4);
    for (let i = 0; i < 3; i++) log.add({ ...steps(2 * i, i, i), losses: [i, i], learningRates: [1, 1] });
    log.add({ ...steps(6, 1), losses: [1], learningRates: [1] });
    expect(log.events.flatMap((event) => (event.kind === 'steps' ? event.losses : []))).toEqual([0, 0, 1, 1]);
    expect(log.stepsLeftOut).toBe(3);
  });
});
