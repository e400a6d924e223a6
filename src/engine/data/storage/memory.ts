import type { SavedSource } from '../../../protocol/data';
import type { KeptFile } from './kept';
import { quotaExceeded } from './quota';
import type { SourceStorage } from './storage';

/** Keeps sources in memory: for tests, with a quota like a browser's. */
export function createMemoryStorage(quotaBytes: number | null = null): SourceStorage {
  const kept = new Map<string, { entry: SavedSource; bytes: Uint8Array<ArrayBuffer> }>();
  const used = () => [...kept.values()].reduce((sum, { bytes }) => sum + bytes.length, 0);
  return {
    report: async () => ({ saved: [...kept.values()].map(({ entry }) => entry), usedBytes: used(), quotaBytes }),
    save: async (entry, chunks, pace) => {
      const parts: Uint8Array[] = [];
      let length = 0;
      for (const chunk of chunks) {
        pace.check();
        parts.push(chunk);
        length += chunk.length;
        await pace.beat(length);
      }
      const bytes = new Uint8Array(await new Blob(parts as Uint8Array<ArrayBuffer>[]).arrayBuffer());
      const free = (quotaBytes ?? Number.POSITIVE_INFINITY) - used() + (kept.get(entry.source.id)?.bytes.length ?? 0);
      if (bytes.length > free) throw quotaExceeded(entry, free);
      kept.set(entry.source.id, { entry, bytes });
    },
    open: async (id): Promise<KeptFile | null> => {
      const found = kept.get(id);
      return found ? { name: found.entry.source.name, size: found.bytes.length, stream: () => new Blob([found.bytes]).stream() } : null;
    },
    forget: async (id) => {
      kept.delete(id);
    },
  };
}
