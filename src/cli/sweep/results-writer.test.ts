import { mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { madeSweep, specificationOf } from '../../engine/analysis/testing/made-sweep';
import { readSweepResults } from '../../engine/sweep/results';
import type { SweepResults } from '../../protocol/sweep';
import { betweenWritesMs, ResultsWriter } from './results-writer';

const whole = madeSweep(specificationOf({ seeds: Array.from({ length: 40 }, (_, i) => i) }), () => ({ test: 0.75 }), 8);

let folder: string;
let cells: number;
let writes: number;
const failed = vi.fn();

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'lab-writer-'));
  cells = 0;
  writes = 0;
  failed.mockReset();
  // Not performance: what Node writes files with goes by it.
  vi.useFakeTimers({ toFake: ['Date', 'setTimeout', 'clearTimeout'] });
});
afterEach(() => {
  vi.useRealTimers();
  rmSync(folder, { recursive: true, force: true });
});

function open(): ResultsWriter {
  return new ResultsWriter(
    join(folder, 'all.json'),
    () => {
      writes++;
      return { ...whole, cells: whole.cells.slice(0, cells) };
    },
    failed,
  );
}

const onDisk = (): SweepResults => readSweepResults(JSON.parse(readFileSync(join(folder, 'all.json'), 'utf8')));

describe('a file of results that grow', () => {
  it('is written at once when it begins, then every two seconds at most, and never lags by more', () => {
    const writer = open();
    writer.changed();
    expect(onDisk().cells).toHaveLength(0);
    // Ten cells a second.
    for (cells = 1; cells <= 100; cells++) {
      writer.changed();
      vi.advanceTimersByTime(100);
      expect(cells - onDisk().cells.length).toBeLessThanOrEqual(betweenWritesMs / 100);
    }
    expect(writes).toBeLessThanOrEqual(1 + 10_000 / betweenWritesMs);
    cells = 120;
    writer.changed();
    writer.close();
    expect(onDisk()).toEqual({ ...whole, cells: whole.cells });
    expect(onDisk().cells).toHaveLength(120);
    expect(vi.getTimerCount()).toBe(0);
  });

  it('is written where the process ends on the way', () => {
    const before = process.listeners('exit');
    const writer = open();
    writer.changed();
    cells = 3;
    writer.changed();
    expect(onDisk().cells).toHaveLength(0);
    const [own] = process.listeners('exit').filter((listener) => !before.includes(listener));
    own(0);
    expect(onDisk().cells).toHaveLength(3);
    writer.close();
    expect(process.listeners('exit')).toEqual(before);
  });

  it('says why it can not be written, and tries once more at its end', () => {
    const writer = open();
    rmSync(folder, { recursive: true });
    writer.changed();
    expect(failed).toHaveBeenCalledOnce();
    expect(writer.written).toBe(false);
    mkdirSync(folder);
    cells = 2;
    writer.close();
    expect(failed).toHaveBeenCalledOnce();
    expect(onDisk().cells).toHaveLength(2);
  });
});
