/** For tests in Node only. */
import { readFile } from 'node:fs/promises';
import type { FetchBundled } from '../data/bundled';

/** Reads the bundled data from the project's folder. */
export const bundledFiles: FetchBundled = async (path) => ({
  ok: true,
  status: 200,
  body: new Blob([await readFile(`public/bundled/${path}`)]).stream(),
});
