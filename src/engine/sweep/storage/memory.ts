import type { StoredHead, SweepStorage } from './storage';

/** Keeps sweeps for as long as the process lives: on the command line, in a test, and where a browser has no database. */
export function createMemorySweeps(): SweepStorage {
  const kept = new Map<string, { head: StoredHead; cells: Map<string, unknown> }>();
  return {
    lasts: false,
    heads: async () => [...kept].map(([id, { head }]) => ({ id, head: structuredClone(head) })),
    read: async (id) => {
      const found = kept.get(id);
      return found ? structuredClone({ head: found.head, cells: [...found.cells.values()] }) : null;
    },
    write: async (id, head, cells, anew) => {
      const all = anew ? new Map<string, unknown>() : (kept.get(id)?.cells ?? new Map<string, unknown>());
      for (const { key, cell } of cells) all.set(key, structuredClone(cell));
      kept.set(id, { head: structuredClone(head), cells: all });
    },
    forget: async (id) => {
      kept.delete(id);
    },
  };
}
