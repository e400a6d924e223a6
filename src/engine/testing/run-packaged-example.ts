/** For tests in Node only. */
import { symlinkSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { ExportExample, ExportFile } from '../../protocol/export';
import { inFolder, runExample } from '../experiment/testing/exports';

/** Classes and probabilities that an example prints, run as it stands in the folder of an export, with the project's packages beside it. */
export function runPackagedExample(files: ExportFile[], example: ExportExample, tokens: readonly string[]): [string, number][] {
  return inFolder({ files }, (folder) => {
    symlinkSync(resolve('node_modules'), join(folder, 'node_modules'), 'junction');
    return runExample(folder, example, tokens).map(([name, share]) => [name, Number(share)]);
  });
}
