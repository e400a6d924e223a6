import { readFileSync, writeFileSync } from 'node:fs';
import { availableParallelism, cpus } from 'node:os';

const file = new URL('results.json', import.meta.url);

/** One figure: a work done by us and by a peer on the same machine. Units are in the other fields' names. */
export interface BenchResult {
  work: string;
  backend: 'cpu' | 'webgpu';
  peer: string;
  ratio: number;
  adapter: string;
  [figure: string]: string | number;
}

/** The processor, as the figures' `adapter`. */
export const processor = `${cpus()[0]?.model.trim() ?? 'CPU'}, ${availableParallelism()} cores`;

/** Writes the results of one work to bench/results.json, in place of its last ones; those of other works stay. */
export function writeResults(work: string, results: readonly Omit<BenchResult, 'work'>[]): void {
  const others = (JSON.parse(readFileSync(file, 'utf8')) as BenchResult[]).filter((result) => result.work !== work);
  writeFileSync(file, `${JSON.stringify([...others, ...results.map((result) => ({ work, ...result }))], null, 2)}\n`);
}
