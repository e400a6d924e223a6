/** For tests only: a small run of every kind, written down, and its examples run as they stand. */
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { ExportExample, ModelExport } from '../../../protocol/export';
import { unknownId } from '../../data/vocabulary';
import { openCpuDevice } from '../../device/cpu';
import { Network } from '../../plan/network';
import { type LastRun, modelId } from '../last-run';
import { networkLayers } from '../plan';

const device = openCpuDevice('A test asked for it.');

/** What the lab's own network says of a sentence, by class. */
export async function labLogits({ specification, data, models }: LastRun, id: string, tokens: readonly string[]): Promise<number[]> {
  const model = models.find((candidate) => modelId(candidate) === id);
  if (!model) throw new RangeError(`no model ${id}`);
  const layers = networkLayers(specification, data.classes.length);
  const { embedding, weights } = model.state;
  const network = await Network.compile(device, { layers, embedding, weights, training: null });
  const ids = Uint32Array.from(tokens, (token) => data.index.get(token) ?? unknownId);
  const set = await network.evaluationSet({ offsets: Uint32Array.of(0, ids.length), ids, labels: Uint32Array.of(0) });
  const logits = [...(await set.logits())];
  set.free();
  network.free();
  return logits;
}

/** Writes an export to a folder of its own, which is gone afterwards. */
export function inFolder<T>({ files }: Pick<ModelExport, 'files'>, work: (folder: string) => T): T {
  const folder = mkdtempSync(join(tmpdir(), 'lab-export-'));
  try {
    for (const { path, bytes } of files) {
      mkdirSync(dirname(join(folder, path)), { recursive: true });
      writeFileSync(join(folder, path), bytes);
    }
    return work(folder);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** The Python that has what a test imports, as `npm run test:python` finds it. */
const python = process.env.LAB_PYTHON ?? 'python3';

const programs = { python: { program: python, file: 'use.py' }, javascript: { program: process.execPath, file: 'use.mjs' } };

/** What an example prints in the folder of its export: fields of each line. */
export function runExample(folder: string, { language, code }: ExportExample, parameters: readonly string[]): string[][] {
  const { program, file } = programs[language];
  writeFileSync(join(folder, file), code);
  const { status, stdout, stderr, error } = spawnSync(program, [file, ...parameters], { cwd: folder, encoding: 'utf8' });
  if (status !== 0) throw new Error(`the ${language} example failed: ${error ?? stderr}`);
  return stdout
    .trimEnd()
    .split(/\r?\n/)
    .map((line) => line.split('\t'));
}

/** What lines of Python print in the folder of an export. */
export function runPython(folder: string, code: string): string {
  const { status, stdout, stderr, error } = spawnSync(python, ['-c', code], { cwd: folder, encoding: 'utf8', maxBuffer: 2 ** 26 });
  if (status !== 0) throw new Error(`Python failed: ${error ?? stderr}`);
  return stdout;
}

const long = 'word1 word2 word40 word8 zxqwv word77 word9 word11 word3'.split(' ');
/** Shorter than a filter's span. */
const short = ['word3', 'word8'];

/** Networks and the methods of each: every layer, and every way in which an embedding is stored. Each sentence costs a process for each model. */
export const trainedNetworks: { model: string; methods: string[]; rates: number[]; sentences: string[][] }[] = [
  {
    model: 'dan',
    methods: [
      ...['low-rank', 'low-rank-weighted', 'low-rank-weighted-quantized', 'low-rank-8bit', 'low-rank-direct', 'pre-compressed'],
      ...['pre-compressed-frozen', 'quantized-min-max', 'quantized-mse', 'codebook', 'product-quantized', 'random'],
    ],
    rates: [0.5, 0.85],
    sentences: [long],
  },
  { model: 'lstm', methods: ['low-rank', 'quantized-mse'], rates: [0.5], sentences: [long, short] },
  { model: 'bidirectional-lstm', methods: ['low-rank-8bit'], rates: [0.5], sentences: [long, short] },
  { model: 'cnn', methods: ['low-rank', 'low-rank-weighted-quantized', 'product-quantized'], rates: [0.5], sentences: [long, short] },
];
