import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { catalogue } from '../engine/experiment/catalogue';
import { parseOptions } from './options';
import { ProgressLine } from './progress';
import { runRace } from './race';
import { FakeLab } from './testing/fake-lab';

const lanes = ['a', 'b'].map((id) => ({ id, segments: [{ fromStep: 0, schedule: { id: 'calr', parameters: {} }, peak: 0.01 }] }));
let folder: string;
let lab: FakeLab;
let printed: string[];
let said: string[];

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'lab-cli-'));
  lab = new FakeLab();
  printed = [];
  said = [];
});
afterEach(() => rmSync(folder, { recursive: true }));

async function race(content: string, ...flags: string[]): Promise<void> {
  const file = join(folder, 'race.json');
  writeFileSync(file, content);
  const progress = new ProgressLine(
    (text) => said.push(text),
    false,
    () => 0,
  );
  await runRace(lab, await lab.open(), parseOptions(['--race', file, ...flags]), { progress, print: (text) => printed.push(text) });
}

describe('runRace', () => {
  it('runs the race of a file on the loaded data, what it leaves out as in the experiment', async () => {
    await race(JSON.stringify({ lanes, epochs: 3, seeds: [1, 2] }));
    const { rates, hidden, batchSize } = catalogue().defaultSpecification;
    expect(lab.raced).toMatchObject({ lanes, epochs: 3, seeds: [1, 2], rate: rates[0], hidden, batchSize, task: 'sentiment' });
    expect(lab.raced).toMatchObject({ version: 1, dataset: { id: 'bundled:sentences' }, embeddings: { id: 'bundled:vectors' } });
  });

  it('prints lanes, pairs and the conclusion, and writes the results', async () => {
    await race(JSON.stringify({ lanes }), '--out', join(folder, 'results.json'));
    const text = printed.join('\n');
    expect(text).toMatch(/^a +calr +0\.01 +2 +33 +80\.0 ± 0\.0 +83\.0 ± 1\.4/m);
    expect(text).toMatch(/^b +calr +0\.01 +1 +33 +80\.0 +80\.0 +80\.0$/m);
    expect(text).toMatch(/^a - b +2\.0 +- +- +1$/m);
    expect(text).toMatch(/Lane a came out best\.\nFew seeds\.$/);
    expect(said.join('')).toMatch(/lane b, seed 2: broke at step 12\n[\s\S]*lane a, seed 2: test accuracy 84\.0 %, best at step 33/);
    expect(JSON.parse(readFileSync(join(folder, 'results.json'), 'utf8')).rows).toHaveLength(4);
  });

  it.each(['{', '[]', '7', 'null', ''])('refuses a file of %j before any data is read', async (content) => {
    await expect(race(content)).rejects.toThrow(/--race .*: that is no JSON object\./);
    expect(lab.calls).toEqual([]);
  });
});
