/** For tests only: a worker that saves, as the engine's does. */
import { expose } from 'comlink';
import type { SavedSource } from '../../../../protocol/data';
import { openBrowserStorage } from '../browser';
import { type SaveEnds, saveFor } from './save';

async function save(entry: SavedSource, chunks: Uint8Array[], ends?: SaveEnds): Promise<void> {
  const storage = await openBrowserStorage();
  if (!storage) throw new Error('this browser has no private file system');
  await saveFor(storage, entry, chunks, ends);
}
export type SaveInWorker = typeof save;

expose(save);
