import { File } from 'node:buffer';
import { accessSync, constants, openAsBlob, statSync } from 'node:fs';
import { basename, dirname, resolve } from 'node:path';
import { badFlag } from './options';

/** npm starts scripts in the project's folder; a path on the command line is meant from where the person is. */
export function fromHere(path: string): string {
  return resolve(process.env.INIT_CWD ?? process.cwd(), path);
}

/** Paths of the files that were opened here: a browser takes them by path, not by content. */
const paths = new WeakMap<object, string>();

/** The path behind a file that `openFile` made. */
export function pathOf(file: object): string {
  const path = paths.get(file);
  if (!path) throw new RangeError('this file was not opened by the command line');
  return path;
}

/**
 * A file on disk as the engine takes it from a page: read as a stream, never whole.
 *
 * @throws LabError `bad-specification` where there is none
 */
export async function openFile(flag: string, path: string): Promise<File> {
  const absolute = fromHere(path);
  const stat = statSync(absolute, { throwIfNoEntry: false });
  if (!stat?.isFile()) {
    throw badFlag(`--${flag} ${path}: ${stat ? 'that is no file' : 'there is no such file'}.`, `Looked for ${absolute}; correct the path.`);
  }
  const file = new File([await openAsBlob(absolute)], basename(absolute));
  paths.set(file, absolute);
  return file;
}

/** Where results are written to. */
export function outputPath(path: string): string {
  return fromHere(path);
}

/**
 * That something can be written there: asked before the work, not after it.
 *
 * @throws LabError `bad-specification`
 */
export function checkOutput(out: string): void {
  const path = outputPath(out);
  const folder = dirname(path);
  const remedy = 'Name a file in a folder that is there and may be written to.';
  if (statSync(path, { throwIfNoEntry: false })?.isDirectory()) throw badFlag(`--out ${out}: that is a folder.`, remedy);
  try {
    accessSync(folder, constants.W_OK);
  } catch {
    throw badFlag(`--out ${out}: nothing can be written to ${folder}.`, remedy);
  }
}
