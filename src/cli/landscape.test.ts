import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { describeSurfaces } from '../engine/landscape/registry';
import { describeSchedules } from '../engine/schedules/registry';
import { defaultLandscape, type LandscapeOutput } from '../protocol/landscape';
import { runLandscape, specifyLandscape } from './landscape';
import { createNodeLab } from './node-lab';
import { parseOptions } from './options';
import { ProgressLine } from './progress';

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'lab-landscape-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

function specify(line: string) {
  return specifyLandscape(
    parseOptions(['--landscape', ...line.split(' ').filter(Boolean)]).landscape ?? {},
    describeSurfaces(),
    describeSchedules(),
  );
}

describe('--landscape', () => {
  it('is the landscape that the page opens on, where no flag says otherwise', () => {
    expect(specify('')).toEqual(defaultLandscape);
  });

  it('takes surface, dimensions, seed, steps, noise, start and lanes', () => {
    const line =
      '--surface seeded --dimensions 2 --seed 7 --steps 50 --noise 0.5 --start=-0.5,0.25 --lanes fixed@0.01,calr@0.4:floor=0.1:cycles=3';
    expect(specify(line)).toEqual({
      surface: 'seeded',
      dimensions: 2,
      seed: 7,
      steps: 50,
      noise: 0.5,
      start: [-0.5, 0.25],
      lanes: [
        { id: 'a', schedule: { id: 'fixed', parameters: {} }, peak: 0.01 },
        { id: 'b', schedule: { id: 'calr', parameters: { floor: 0.1, cycles: 3 } }, peak: 0.4 },
      ],
    });
    expect(specify('--surface himmelblau')).toMatchObject({ dimensions: 2, start: [-0.92, -0.92] });
  });

  it.each([
    ['--surface moon', /--surface moon: there is no such surface\. There is wide-valley/],
    ['--surface himmelblau --dimensions 1', /--dimensions 1: the surface himmelblau has 2/],
    ['--seed x', /--seed x: a number is needed/],
    ['--lanes clr', /--lanes clr: SCHEDULE@PEAK is needed/],
    ['--lanes wild@1', /--schedule wild: there is no such schedule/],
    ['--lanes clr@0.1:cycles', /--lanes clr@0\.1:cycles: NAME=NUMBER is needed in place of cycles/],
    ['--lanes a@1,a@1,a@1,a@1,a@1,a@1,a@1', /--lanes: there are 7, and at most 6 are walked/],
    ['--epochs 3', /--epochs is a flag of the experiment/],
  ])('refuses %s in one sentence', (line, message) => {
    expect(() => specify(line)).toThrow(message);
  });

  it('is asked for by name: its flags mean nothing without it', () => {
    expect(() => parseOptions(['--surface', 'seeded'])).toThrow(/--surface is a flag of the landscape, and there is no --landscape/);
  });

  it('prints valleys, ends and shares, and writes the same as JSON', async () => {
    const out = join(folder, 'landscape.json');
    const printed: string[] = [];
    const progress = new ProgressLine(
      () => {},
      false,
      () => 0,
    );
    const flags = parseOptions(['--landscape', '--steps', '60']).landscape ?? {};
    await runLandscape(createNodeLab(), describeSchedules(), { flags, out }, { progress, print: (text) => printed.push(text) });
    const written: LandscapeOutput = JSON.parse(readFileSync(out, 'utf8'));
    expect(written.specification).toEqual({ ...defaultLandscape, steps: 60 });
    expect(written.runs.map(({ lane, heights }) => [lane, heights.length])).toEqual([
      ['a', 61],
      ['b', 61],
      ['c', 61],
    ]);
    const [text] = printed;
    expect(text).toContain(`height ${written.valleys[0].height.toFixed(4)}`);
    for (const { deepest } of written.shares.lanes) expect(text).toContain(`${(100 * deepest).toFixed(1)} % (`);
    expect(text).toContain(`in valley ${written.runs[0].valley + 1}`);
  });
});
