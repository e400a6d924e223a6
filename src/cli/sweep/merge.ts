import { catalogue } from '../../engine/experiment/catalogue';
import { mergeSweeps } from '../../engine/sweep/merge';
import { checkOutput } from '../files';
import type { MergeOptions } from '../options';
import type { Terminal } from '../terminal';
import { readResultsFile, writeResultsFile } from './results-file';
import { sweepTables } from './table';

/** More names than these are a sweep that has not been run, and no help. */
const mostNamed = 20;

/**
 * Joins the results of a sweep's shares, prints their tables, and names what is missing.
 *
 * @returns whether every cell of the sweep is there, or known to be none
 * @throws LabError `bad-specification` where a file can't be used, is of another sweep or version, or contradicts another one
 */
export function runMerge({ files, out }: MergeOptions, { progress, print }: Terminal): 'complete' | 'incomplete' {
  checkOutput(out);
  const { results, duplicates, otherAdapters, missing } = mergeSweeps(
    files.map((path) => ({ name: path, results: readResultsFile('merge', path) })),
  );
  writeResultsFile(out, results);
  const tables = sweepTables(results, catalogue());
  if (tables) print(tables);
  progress.say(`${files.length} files, ${results.cells.length} cells, ${results.gaps.length} gaps. Written to ${out}`);
  if (duplicates > 0) progress.say(`${duplicates} cells came more than once, with the same numbers.`);
  if (otherAdapters > 0) progress.say(`${otherAdapters} cells came from several kinds of adapters: the first of each is kept.`);
  if (missing.length === 0) return 'complete';
  progress.say(`${missing.length} cells are missing:`);
  for (const { key } of missing.slice(0, mostNamed)) progress.say(`  ${key}`);
  if (missing.length > mostNamed) progress.say(`  and ${missing.length - mostNamed} more.`);
  progress.say(`npm run lab -- --sweep FILE --out ${out} runs them.`);
  return 'incomplete';
}
