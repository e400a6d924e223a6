import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { catalogue } from '../engine/experiment/catalogue';
import type { Lab } from '../protocol/lab';
import { runExperiment } from './experiment';
import { bestLowRank } from './export';
import { helpText } from './help';
import { createNodeLab } from './node-lab';
import { parseOptions } from './options';
import { ProgressLine } from './progress';
import { FakeLab, row } from './testing/fake-lab';

let folder: string;
let lab: FakeLab;
let said: string[];

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'lab-cli-'));
  lab = new FakeLab();
  said = [];
});
afterEach(() => rmSync(folder, { recursive: true }));

async function run(on: Lab, ...flags: string[]): Promise<void> {
  const progress = new ProgressLine(
    (text) => said.push(text),
    false,
    () => 0,
  );
  await runExperiment(on, await on.open('cpu'), parseOptions(flags), { progress, print: () => {} });
}

const lowRank = (changes: Parameters<typeof row>[0]) => row({ method: 'low-rank', requestedRate: 0.9, bytes: 200, ...changes });
const resultsOf = (...rows: ReturnType<typeof row>[]) => ({
  specification: { ...catalogue().defaultSpecification, seeds: [3, 4] },
  adapter: {} as never,
  versions: {},
  results: rows,
  profile: null,
});

describe('bestLowRank', () => {
  it('is best on validation over all seeds, not on test, and of equal ones the smaller', () => {
    const found = bestLowRank(
      resultsOf(
        row({ seed: 3, validationAccuracy: 0.99 }),
        row({ method: 'codebook', requestedRate: 0.9, seed: 3, validationAccuracy: 0.98 }),
        lowRank({ seed: 3, validationAccuracy: 0.8, testAccuracy: 0.9 }),
        lowRank({ method: 'low-rank-weighted', seed: 3, validationAccuracy: 0.79 }),
        lowRank({ method: 'low-rank-8bit', seed: 3, validationAccuracy: 0.76, bytes: 100 }),
        lowRank({ seed: 4, validationAccuracy: 0.7, testAccuracy: 0.9 }),
        lowRank({ method: 'low-rank-weighted', seed: 4, validationAccuracy: 0.73 }),
        lowRank({ method: 'low-rank-8bit', seed: 4, validationAccuracy: 0.76, bytes: 100 }),
      ),
      catalogue(),
    );
    expect(found?.rows.map(({ method, seed }) => [method, seed])).toEqual([
      ['low-rank-8bit', 3],
      ['low-rank-8bit', 4],
    ]);
    expect(found).toMatchObject({ validationAccuracy: 0.76, of: 3 });
  });

  it('has a model: one that the first seed did not finish is none', () => {
    expect(bestLowRank(resultsOf(row({ seed: 3 }), lowRank({ seed: 4 })), catalogue())).toBeNull();
  });
});

describe('--export', () => {
  it('writes a folder for each format, lines that use it, and the predictions, and says which run it took', async () => {
    lab.rows = [row({}), lowRank({ validationAccuracy: 0.8 }), lowRank({ requestedRate: 0.5, validationAccuracy: 0.82 })];
    lab.examples = [
      { language: 'python', runtime: 'python', install: '', code: 'one' },
      { language: 'javascript', runtime: 'node', install: '', code: 'two' },
      { language: 'javascript', runtime: 'page', install: '', code: 'three' },
    ];
    const to = join(folder, 'deep', 'small');
    await run(lab, '--export', 'word2vec,npy', '--export-dir', to);
    expect(lab.calls).toEqual(['bundled', 'export low-rank@0.5 word2vec', 'export low-rank@0.5 npy', 'predictions low-rank@0.5']);
    expect(readdirSync(to).sort()).toEqual(['npy', 'predictions.json', 'word2vec']);
    expect(readdirSync(join(to, 'npy')).sort()).toEqual(['model.bin', 'more', 'use-2.mjs', 'use.mjs', 'use.py']);
    expect(readFileSync(join(to, 'npy', 'more', 'words.txt'), 'utf8')).toBe('low-rank@0.5 as npy');
    expect(readFileSync(join(to, 'npy', 'use-2.mjs'), 'utf8')).toBe('three');
    expect(JSON.parse(readFileSync(join(to, 'predictions.json'), 'utf8'))).toEqual([
      { text: 'a fine film', ids: [2, 3, 4], probabilities: [0.1, 0.9] },
    ]);
    expect(said.join('')).toContain('Exporting low-rank@0.5, seed 1: the best of 2 low-rank runs, with a validation accuracy of 82.0 %.');
  });

  it('says so where no low-rank run was finished', async () => {
    await expect(run(lab, '--export', 'npy', '--export-dir', folder)).rejects.toMatchObject({
      code: 'no-data',
      message: 'No low-rank run was finished, so there is nothing to export.',
    });
  });

  it.each([
    ['pickle', 'x', [], /--export pickle: there is no such format\. There is .*\bnpy\b/],
    ['npy', 'file', [], /--export-dir .*file: that is no folder/],
    ['npy', 'file/below', [], /--export-dir .*file\/below: nothing can be written to/],
    ['npy', 'x', ['--methods', 'full,codebook'], /--methods names no low-rank method/],
  ])('refuses %s to %s with %j before any data is read', async (formats, to, flags, message) => {
    writeFileSync(join(folder, 'file'), '');
    await expect(run(lab, '--export', formats, '--export-dir', join(folder, to), ...flags)).rejects.toMatchObject({
      code: 'bad-specification',
      message: expect.stringMatching(message),
    });
    expect(lab.calls).toEqual([]);
    expect(existsSync(join(folder, 'x'))).toBe(false);
  });

  it('is in the help, with every format', () => {
    const { exportFormats } = catalogue();
    const help = helpText(catalogue(), []);
    expect(help).toContain('--export-dir DIR');
    for (const { id } of exportFormats) expect(help).toMatch(new RegExp(`--export A,B .*\\b${id}\\b`));
  });

  it('writes a real run whose files weigh what the lab counts, with a prediction for each test sentence', async () => {
    const real = createNodeLab();
    try {
      await run(real, ...'--backend cpu --methods low-rank --epochs 2 --export safetensors --export-dir'.split(' '), folder);
    } finally {
      await real.close();
    }
    const file = readFileSync(join(folder, 'safetensors', 'model.safetensors'));
    const { networkBytes, classes } = JSON.parse(readFileSync(join(folder, 'safetensors', 'config.json'), 'utf8'));
    expect(file.length - 8 - Number(file.readBigUInt64LE(0))).toBe(networkBytes);
    const predictions: { text: string; probabilities: number[] }[] = JSON.parse(readFileSync(join(folder, 'predictions.json'), 'utf8'));
    expect(predictions).toHaveLength(450);
    for (const { probabilities } of predictions) {
      expect(probabilities).toHaveLength(classes.length);
      expect(probabilities.reduce((sum, p) => sum + p, 0)).toBeCloseTo(1, 6);
    }
  });
});
