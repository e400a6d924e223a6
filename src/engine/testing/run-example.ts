/** For tests in Node only. */
import { execFile } from 'node:child_process';
import { mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import type { ExportFile } from '../../protocol/export';
import { readExample } from './run-example-lines';

/** Lines `CLASS<tab>PROBABILITY` that an example prints, run as it stands in the folder of an export, with the project's packages. */
export async function runExample(files: readonly ExportFile[], code: string, tokens: readonly string[]): Promise<[string, number][]> {
  const folder = await mkdtemp(join(tmpdir(), 'lowrank-example-'));
  try {
    for (const { path, bytes } of files) await writeFile(join(folder, path), bytes);
    await writeFile(join(folder, 'example.mjs'), code);
    await symlink(resolve('node_modules'), join(folder, 'node_modules'), 'junction');
    const { stdout } = await promisify(execFile)(process.execPath, ['example.mjs', ...tokens], { cwd: folder });
    return readExample(stdout.trimEnd().split('\n'));
  } finally {
    await rm(folder, { recursive: true });
  }
}
