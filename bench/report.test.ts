import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { performanceParts, readmePart } from './documents';
import { generated, withGenerated } from './markers';
import { parseOptions } from './options';
import { byDefault, chosen, works } from './registry';
import { empty, type Results, type Row, readResults, resultsSchema, withFindings, without, writeResults } from './results';
import { decades, scaleFigure } from './scale-figure';
import { bytesFigure, figure, markdownTable, textTable } from './table';
import { noFindings } from './work';

const row: Row = {
  work: 'dan-step-full-10k',
  backend: 'webgpu',
  peer: 'tfjs',
  oursMs: 34,
  peerMs: 4500,
  ratio: 4500 / 34,
  adapter: 'GPU A',
  runs: 3,
  date: '2026-01-02',
  dispatches: 9,
  submits: 1 / 16,
  uploadedBytes: 39_000,
};
const results: Results = {
  ...empty,
  date: '2026-01-02',
  machine: { processor: 'P', cores: 2, memoryBytes: 2 ** 34, system: 'linux x64' },
  versions: { node: '20' },
};
const series = {
  work: 'scale-step',
  panel: 'A step <1>',
  label: 'CPU',
  backend: 'cpu' as const,
  axis: 'V',
  points: [
    { size: 10_000, ms: 8 },
    { size: 400_000, ms: 9 },
  ],
  slope: 0.03,
  adapter: 'P',
  date: '2026-01-02',
};

describe('the results', () => {
  it('are read as they were written', () => {
    const folder = mkdtempSync(join(tmpdir(), 'bench-test-'));
    const file = join(folder, 'results.json');
    const all = { ...results, rows: [row], scale: [series] };
    writeResults(all, file);
    expect(readResults(file)).toEqual(all);
    rmSync(folder, { recursive: true });
  });

  it('have no other fields, and times above zero', () => {
    expect(() => resultsSchema.parse({ ...results, rows: [{ ...row, speed: 1 }] })).toThrow();
    expect(() => resultsSchema.parse({ ...results, rows: [{ ...row, peerMs: 0 }] })).toThrow();
    expect(() => resultsSchema.parse([])).toThrow();
  });

  it('of a work take the place of its last ones on the same adapter', () => {
    const other = { ...row, adapter: 'GPU B' };
    const kept = { ...row, work: 'svd-10k' };
    const before = { ...results, rows: [row, other, kept], notes: [{ work: row.work, note: 'old' }] };
    const after = withFindings(before, row.work, { ...noFindings(), rows: [{ ...row, oursMs: 30 }], notes: ['new'] });
    expect(after.rows).toEqual([other, kept, { ...row, oursMs: 30 }]);
    expect(after.notes).toEqual([{ work: row.work, note: 'new' }]);
    expect(without(after, new Set([row.work])).rows).toEqual([kept]);
  });
});

describe('the registry', () => {
  it('names every work once, and finds it by how it begins', () => {
    expect(new Set(works.map(({ name }) => name)).size).toBe(works.length);
    const names = (flags: string[]) => chosen(works, parseOptions(flags)).map(({ name }) => name);
    for (const name of ['dan-step-full-10k', 'dan-step-low-rank-10k', 'lstm-step-full-100k', 'cnn-step-low-rank-1m', 'svd-10k', 'svd-1m'])
      expect(names(['--only', name])).toEqual([name]);
    expect(names(['--only', 'svd'])).toEqual(['svd-2k', 'svd-10k', 'svd-100k', 'svd-1m']);
    expect(names([])).toEqual(works.map(({ name }) => name).filter((name) => name !== 'tab-memory'));
    expect(names(['--quick'])).toContain('dan-step-full-10k');
    expect(names(['--quick']).length).toBeLessThan(7);
    expect(byDefault.has('tab-memory')).toBe(false);
    expect(() => parseOptions(['--fast'])).toThrow(TypeError);
  });
});

describe('the table', () => {
  it('stands under its adapter, in columns', () => {
    const lines = textTable([row, { ...row, adapter: 'GPU B', peer: 'pytorch' }]).split('\n');
    expect(lines[0]).toBe('GPU A');
    expect(lines[1]).toMatch(/^work +backend +peer +ours, ms +peer, ms +peer \/ ours/);
    expect(lines[2]).toMatch(/^dan-step-full-10k +webgpu +tfjs +34\.0 +4500 +132 +9\.00 +0\.0625 +38\.1 KiB$/);
    expect(lines[4]).toBe('GPU B');
    expect(markdownTable([row])).toContain('| dan-step-full-10k | webgpu | tfjs | 34.0 | 4500 | 132 |');
  });

  it.each([
    [0, '0'],
    [1234.5, '1235'],
    [123.45, '123'],
    [1.2345, '1.23'],
    [0.012345, '0.0123'],
  ])('writes %d as %s', (value, text) => {
    expect(figure(value)).toBe(text);
  });

  it('writes bytes in their unit', () => {
    expect([0, 1023, 1024, 3 * 2 ** 20, 5 * 2 ** 30].map(bytesFigure)).toEqual(['0 B', '1023 B', '1.00 KiB', '3.00 MiB', '5.00 GiB']);
  });
});

describe('the figure', () => {
  it('has a line and a slope for each series, on whole decades', () => {
    expect(decades([10_000, 400_000])).toEqual([4, 6]);
    expect(decades([10, 10])).toEqual([1, 2]);
    const svg = scaleFigure([series, { ...series, label: 'WebGPU', slope: 1 }, { ...series, panel: 'Loading' }]);
    expect(svg.match(/<polyline/g)).toHaveLength(3);
    expect(svg).toContain('A step &lt;1>');
    expect(svg).toContain('WebGPU: slope 1.00');
    expect(svg).toContain('prefers-color-scheme: dark');
    expect(svg).not.toMatch(/NaN|Infinity|undefined/);
  });
});

describe('generated parts', () => {
  it('take the place of what stood between the markers alone', () => {
    const document = 'a\n<!-- bench:x -->\nold\n<!-- /bench:x -->\nb';
    const made = withGenerated(document, 'x', 'new\n');
    expect(made).toBe('a\n<!-- bench:x -->\n\nnew\n\n<!-- /bench:x -->\nb');
    expect(withGenerated(made, 'x', 'new')).toBe(made);
    expect(generated(made, 'x')).toBe('new');
    expect(() => withGenerated(document, 'y', '')).toThrow(RangeError);
  });
});

describe('the documents say what bench/results.json says', () => {
  const measured = readResults();
  const read = (path: string) => readFileSync(new URL(`../${path}`, import.meta.url), 'utf8');

  it('in the README', () => {
    expect(generated(read('README.md'), 'ratios')).toBe(readmePart(measured));
  });

  it('in docs/performance.md', () => {
    const page = read('docs/performance.md');
    for (const [name, content] of Object.entries(performanceParts(measured))) expect(generated(page, name), name).toBe(content.trim());
  });

  it('in its figure', () => {
    expect(read('docs/scale.svg')).toBe(scaleFigure(measured.scale));
  });

  it('by ratios that are those of the times', () => {
    for (const { oursMs, peerMs, ratio } of measured.rows) expect(ratio).toBeCloseTo(peerMs / oursMs, 9);
  });
});
