import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { basename } from 'node:path';
import { readSweepResults } from '../../engine/sweep/results';
import type { SweepResults } from '../../protocol/sweep';
import { fromHere } from '../files';
import { badFlag } from '../options';

/**
 * The results in a file, validated.
 *
 * @param flag how a message calls where the path stands: `--out`, `merge`
 * @throws LabError `bad-specification` where it is not there, or can't be used
 */
export function readResultsFile(flag: string, path: string): SweepResults {
  const absolute = fromHere(path);
  let value: unknown;
  try {
    value = JSON.parse(readFileSync(absolute, 'utf8'));
  } catch (error) {
    throw badFlag(`${flag} ${path}: ${error instanceof Error ? error.message : error}.`, 'Name a file of results as the lab wrote it.');
  }
  return readSweepResults(value, basename(path));
}

export function isThere(path: string): boolean {
  return existsSync(fromHere(path));
}

/** Writes the results beside their place, and puts them there when they are whole: whatever ends the process leaves the last ones. */
export function writeResultsFile(path: string, results: SweepResults): void {
  const absolute = fromHere(path);
  const unfinished = `${absolute}.part`;
  writeFileSync(unfinished, `${JSON.stringify(results, null, 2)}\n`, { flush: true });
  renameSync(unfinished, absolute);
}
