/** For tests only: a save that can be made to break off before its last chunk. */
import type { SavedSource } from '../../../../protocol/data';
import { Pace } from '../../bytes/pace';
import type { SourceStorage } from '../storage';

export type SaveEnds = 'breaks' | 'is cancelled';

export async function saveFor(storage: SourceStorage, entry: SavedSource, chunks: Uint8Array[], ends?: SaveEnds): Promise<void> {
  const control = new AbortController();
  function* some() {
    for (const [i, chunk] of chunks.entries()) {
      if (ends === 'breaks' && i > 0) throw new Error('broke off');
      if (ends === 'is cancelled' && i > 0) control.abort();
      yield chunk;
    }
  }
  await storage.save(entry, some(), new Pace('Keeping', null, { signal: control.signal }));
}
