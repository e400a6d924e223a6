import type { RunStorage, StoredHead } from './storage';

/** Keeps runs for as long as the process lives: on the command line, in a test, and where a browser has no database. */
export function createMemoryRuns(): RunStorage {
  const kept = new Map<string, { head: StoredHead; file: Uint8Array }>();
  return {
    lasts: false,
    heads: async () => [...kept].map(([id, { head }]) => ({ id, head: structuredClone(head) })),
    file: async (id) => kept.get(id)?.file.slice() ?? null,
    add: async (id, head, file) => {
      kept.set(id, { head: structuredClone(head), file: file.slice() });
    },
    replaceHead: async (id, head) => {
      const found = kept.get(id);
      if (found) found.head = structuredClone(head);
    },
    forget: async (id) => {
      kept.delete(id);
    },
  };
}
