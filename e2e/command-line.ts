import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { test } from '@playwright/test';
import type { ExperimentResults } from '../src/protocol/results';

const root = fileURLToPath(new URL('..', import.meta.url));

/** Runs `npm run lab -- FLAGS --out FILE` and reads what it wrote. */
export async function commandLineOutput<Output>(...flags: string[]): Promise<Output> {
  const out = test.info().outputPath('command-line.json');
  await promisify(execFile)(process.execPath, ['scripts/lab.mjs', ...flags, '--out', out], { cwd: root });
  return JSON.parse(readFileSync(out, 'utf8'));
}

/** The same for an experiment. */
export function commandLineResults(...flags: string[]): Promise<ExperimentResults> {
  return commandLineOutput(...flags);
}

/** A run without what differs from one time to the next: the clock, and what the adapter calls itself. */
export function figuresOf({ specification, results }: ExperimentResults) {
  return { specification, results: results.map(({ seconds: _, ...row }) => row) };
}
