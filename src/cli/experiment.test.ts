import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { catalogue } from '../engine/experiment/catalogue';
import { runExperiment } from './experiment';
import { parseOptions } from './options';
import { ProgressLine } from './progress';
import { FakeLab } from './testing/fake-lab';

let folder: string;
let lab: FakeLab;
let printed: string[];
let said: string[];

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'lab-cli-'));
  lab = new FakeLab();
  printed = [];
  said = [];
  writeFileSync(join(folder, 'vectors.txt'), 'a 1 2\n');
  writeFileSync(join(folder, 'reviews.csv'), 'text,stars\n');
});
afterEach(() => rmSync(folder, { recursive: true }));

async function run(...flags: string[]): Promise<void> {
  const progress = new ProgressLine(
    (text) => said.push(text),
    false,
    () => 0,
  );
  await runExperiment(lab, await lab.open(), parseOptions(flags), { progress, print: (text) => printed.push(text) });
}

describe('runExperiment', () => {
  it('runs the experiment that the page opens on when nothing is asked for', async () => {
    await run();
    const { defaultSpecification } = catalogue();
    expect(lab.calls).toEqual(['bundled']);
    expect(lab.specification).toEqual({
      ...defaultSpecification,
      embeddings: { id: 'bundled:vectors', name: 'bundled vectors' },
      dataset: { id: 'bundled:sentences', name: 'bundled sentences' },
    });
    expect(printed.join('\n')).toMatch(/^Method[\s\S]*It holds\.\nOne seed proves nothing\.$/);
    expect(said.join('')).toMatch(/CPU backend: fake\. Asked for\./);
  });

  it('takes methods, families of methods, rates, schedule, optimizer, epochs and seeds from the flags', async () => {
    await run(
      ...'--methods codebook,quantized,pre-compressed --rates 0.5,0.9 --schedule cosine --optimizer sgd --epochs 3 --seeds 4,5 --task source'.split(
        ' ',
      ),
    );
    expect(lab.specification).toMatchObject({
      // A method's own name means no other one of its family.
      methods: ['pre-compressed', 'quantized-min-max', 'quantized-mse', 'codebook'],
      rates: [0.5, 0.9],
      schedule: { id: 'cosine', parameters: {} },
      optimizer: 'sgd',
      epochs: 3,
      seeds: [4, 5],
      task: 'source',
    });
  });

  it("loads a person's own files, by the columns that are named or guessed, and passes warnings on", async () => {
    await run('--embeddings', join(folder, 'vectors.txt'), '--data', join(folder, 'reviews.csv'), '--split-column', 'part');
    expect(lab.calls).toEqual(['bundled', 'data reviews.csv', 'embeddings vectors.txt']);
    expect(lab.columns).toEqual({ text: 'text', label: 'stars', split: 'part' });
    expect(lab.choice).toEqual({ keep: { kind: 'all' }, tensor: null });
    expect(lab.specification).toMatchObject({ embeddings: { name: 'vectors.txt' }, dataset: { name: 'reviews.csv' }, task: 'stars' });
    expect(said.join('')).toContain('Warning: a word twice (2 times, first in line 3, 4)');
  });

  it('takes several files, addresses, a part of the words, a tensor and a tokenizer', async () => {
    const file = (name: string) => {
      writeFileSync(join(folder, name), 'text,stars\n');
      return join(folder, name);
    };
    await run(
      ...['--embeddings', `https://example.org/e.npy,${join(folder, 'vectors.txt')}`, '--keep', 'dataset', '--tensor', 'wte'],
      ...['--data', ['train.csv', 'dev.csv', 'test.csv'].map(file).join(','), '--tokenizer', 'unicode'],
    );
    expect(lab.calls).toEqual(['bundled', 'data train.csv, dev.csv, test.csv', 'embeddings https://example.org/e.npy, vectors.txt']);
    expect(lab.columns).toMatchObject({ tokenizer: 'unicode' });
    expect(lab.choice).toEqual({ keep: { kind: 'dataset' }, tensor: 'wte' });
    expect(said.join('')).toContain('Fetching from example.org.');
    await run('--data', file('so, so.csv'));
    expect(lab.calls.at(-1)).toBe('data so, so.csv');
  });

  it('prints where the time went when it is asked to, and has the steps split for it', async () => {
    await run();
    expect(printed.join('\n')).not.toContain('Where the time went');
    expect(lab.splitSteps).toBe(false);
    await run('--profile');
    expect(lab.splitSteps).toBe(true);
    const text = printed.join('\n');
    expect(text).toMatch(/^Where the time went +Seconds +%$/m);
    expect(text).toMatch(/^Update +1\.300 +32\.5$/m);
    expect(text).toMatch(/^Together +4\.000 +100\.0$/m);
    expect(text).not.toContain('Quantize');
    expect(text).toMatch(/first took 40\.0 ms.*later ones 6\.00 ms on average: 167 steps a second/);
  });

  it('writes the results where it was told to', async () => {
    await run('--out', join(folder, 'results.json'));
    const written = JSON.parse(readFileSync(join(folder, 'results.json'), 'utf8'));
    expect(Object.keys(written)).toEqual(['specification', 'adapter', 'versions', 'results', 'profile']);
    expect(written.results[0]).toMatchObject({ method: 'full', requestedRate: null, testAccuracy: 0.84, seed: 1 });
  });

  it.each([
    [['--methods', 'shrink'], /--methods shrink: there is no such method\. There is full, low-rank/],
    [['--schedule', 'wild'], /--schedule wild: there is no such schedule/],
    [['--model', 'bert'], /--model bert: there is no such model/],
    [['--optimizer', 'lion'], /--optimizer lion: there is no such optimizer/],
    [['--out', '/no/such/folder/results.json'], /--out .*: nothing can be written to \/no\/such\/folder/],
    [['--embeddings', '/no/such/file'], /--embeddings \/no\/such\/file: there is no such file/],
    [['--data', tmpdir()], /--data .*: that is no file/],
    [['--data', 'https://'], /--data https:\/\/: that is no address/],
    [['--data', 'x.csv', '--tokenizer', 'bpe'], /--tokenizer bpe: there is no such tokenizer\. There is glove/],
  ])('refuses %s before any data is read', async (flags, message) => {
    await expect(run(...flags)).rejects.toThrow(message);
    expect(lab.calls).toEqual([]);
  });

  it('refuses a task or a column that the data does not have', async () => {
    await expect(run('--task', 'emotion')).rejects.toThrow(/--task emotion: bundled sentences has no such task\. It has sentiment, source/);
    const data = join(folder, 'reviews.csv');
    await expect(run('--data', data, '--text-column', 'body')).rejects.toThrow(
      /--text-column body: reviews\.csv has no such column\. It has id, text, stars/,
    );
  });
});
