import type { SourceReference } from '../protocol/specification';

/** Which of the kept sources were in use; null for the bundled one. */
export interface LastUsed {
  embeddings: SourceReference | null;
  dataset: SourceReference | null;
}

/** Remembers between visits which sources were in use: references only, the sources themselves are the engine's to keep. */
export interface LastUsedMemory {
  read(): LastUsed;
  write(used: LastUsed): void;
}

const key = 'lowrank-lab.last-used';

/** The browser's local storage; where it is forbidden, nothing is remembered. */
export const browserMemory: LastUsedMemory = {
  read() {
    try {
      const value = JSON.parse(localStorage.getItem(key) ?? 'null') as Partial<Record<keyof LastUsed, unknown>> | null;
      return { embeddings: referenceOf(value?.embeddings), dataset: referenceOf(value?.dataset) };
    } catch {
      return { embeddings: null, dataset: null };
    }
  },
  write(used) {
    try {
      localStorage.setItem(key, JSON.stringify(used));
    } catch {
      // Forbidden or full: the next visit begins with the bundled data.
    }
  },
};

/** For tests, and where there is no browser. */
export function forgetfulMemory(used: LastUsed = { embeddings: null, dataset: null }): LastUsedMemory {
  let now = used;
  return {
    read: () => now,
    write: (next) => {
      now = next;
    },
  };
}

function referenceOf(value: unknown): SourceReference | null {
  if (typeof value !== 'object' || value === null) return null;
  const { id, name } = value as Record<string, unknown>;
  return typeof id === 'string' && typeof name === 'string' ? { id, name } : null;
}
