import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { playwrightTally, vitestTally } from './report.mjs';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'report-'));
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

function report(content: object): string {
  const file = join(folder, 'report.json');
  writeFileSync(file, JSON.stringify(content));
  return file;
}

const file = (...statuses: string[]) => ({
  status: statuses.includes('failed') ? 'failed' : 'passed',
  assertionResults: statuses.map((status) => ({ status })),
});

describe('vitestTally', () => {
  it('sums the tests of all files', () => {
    const path = report({ testResults: [file('passed', 'passed'), file('passed', 'failed')] });
    expect(vitestTally(path, 1)).toEqual({ passed: 3, failed: 1, reasons: [] });
  });

  it('counts a file that could not be loaded', () => {
    const path = report({ testResults: [file('passed'), { status: 'failed', assertionResults: [] }] });
    expect(vitestTally(path, 1)).toMatchObject({ passed: 1, failed: 1 });
  });

  it('counts a skipped test as failed', () => {
    expect(vitestTally(report({ testResults: [file('passed', 'pending', 'todo')] }), 0)).toMatchObject({ passed: 1, failed: 2 });
  });

  it('counts a runner that ran nothing, wrote nothing, or failed outside its tests', () => {
    expect(vitestTally(report({ testResults: [] }), 0)).toEqual({ passed: 0, failed: 1, reasons: ['no test ran'] });
    expect(vitestTally(join(folder, 'absent.json'), 1)).toMatchObject({ passed: 0, failed: 1 });
    expect(vitestTally(report({ testResults: [file('passed')] }), 1)).toMatchObject({ passed: 1, failed: 1 });
  });
});

describe('playwrightTally', () => {
  it('counts flaky and skipped journeys as failed', () => {
    const path = report({ stats: { expected: 5, unexpected: 1, flaky: 1, skipped: 1 } });
    expect(playwrightTally(path, 1)).toMatchObject({ passed: 5, failed: 3 });
  });

  it('counts a runner that ran nothing', () => {
    expect(playwrightTally(report({ stats: { expected: 0, unexpected: 0, flaky: 0, skipped: 0 } }), 0)).toMatchObject({ failed: 1 });
  });
});
