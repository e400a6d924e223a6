// Which engine computed a result: the version alone stays the same over changes that move its last bits.
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './run.mjs';

const folder = join(root, 'src', 'engine');
/** What computes nothing that a user sees. */
const left = /\.test\.tsx?$|(^|[\\/])(testing|fixtures)([\\/]|$)|(^|[\\/])testing\.ts$/;

/**
 * The first eight hexadecimal digits of a SHA-256 over the engine's sources: the same in every checkout of a commit, with git and without it, and on every
 * system.
 */
export function engineRevision() {
  const hash = createHash('sha256');
  const paths = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1))
    .filter((path) => !left.test(path))
    .map((path) => path.replaceAll('\\', '/'))
    .sort();
  for (const path of paths) {
    // A checkout on Windows may end its lines in another way.
    hash.update(`${path}\0${readFileSync(join(folder, path), 'utf8').replaceAll('\r\n', '\n')}\0`);
  }
  return hash.digest('hex').slice(0, 8);
}

/** For Vite: the constant that `src/engine/versions.ts` reads. */
export const engineRevisionDefine = () => ({ __ENGINE_REVISION__: JSON.stringify(engineRevision()) });
