import type { LabState } from '../store';
import type { LinkContext, Reader } from './readers';

/** One property of a link. */
export interface Property<V> {
  /**
   * Its name in the link, after its section's letter. For ever: what means something else, or has another default, takes another key, so that
   * an old link goes on to say what it said.
   */
  key: string;
  /** For people: the name of its control. */
  name: string;
  /** What a link that does not name it says. */
  fallback: V;
  /** Bounds, and what the lab knows. */
  read: Reader<V>;
  /** As it stands in the link, where that is shorter. */
  write?(value: V): unknown;
}

/** Every property of T: one that is missing here does not compile. */
export type PropertyTable<T> = { [Name in keyof Required<T>]: Property<T[Name]> };

export interface SectionOptions<T> {
  /** Before each of its keys. */
  letter: string;
  /** For people: whose properties these are. */
  title: string;
  table: PropertyTable<T>;
  /** As it is now; null where there is nothing yet. */
  get(state: LabState): T | null;
  put(value: T): void;
  /** Makes properties agree that depend on each other; null where they do. */
  mend?(value: T, context: LinkContext): { value: T; problem: string } | null;
}

/** A group of properties, its type closed over: sections of all kinds stand in one list. */
export interface Section {
  title: string;
  /** For people; null for a key that is not this section's. */
  nameOf(key: string): string | null;
  /** What differs from the fallbacks: key and value, as they go into a link. */
  differences(state: LabState): [string, unknown][];
  /** Reads its keys; nothing is written yet. */
  open(values: ReadonlyMap<string, unknown>, context: LinkContext): { put(): void; problems: string[] };
}

export function section<T extends object>({ letter, title, table, get, put, mend }: SectionOptions<T>): Section {
  const properties = Object.entries(table) as [keyof T, Property<unknown>][];
  const keyOf = (property: Property<unknown>) => letter + property.key;
  const written = (property: Property<unknown>, value: unknown) => (property.write ? property.write(value) : value);
  return {
    title,
    nameOf: (key) => properties.find(([, property]) => keyOf(property) === key)?.[1].name ?? null,
    differences(state) {
      const now = get(state);
      if (now === null) return [];
      return properties.flatMap(([name, property]): [string, unknown][] => {
        const value = written(property, now[name]);
        return JSON.stringify(value) === JSON.stringify(written(property, property.fallback)) ? [] : [[keyOf(property), value]];
      });
    },
    open(values, context) {
      const problems: string[] = [];
      const read = Object.fromEntries(
        properties.map(([name, property]) => {
          if (!values.has(keyOf(property))) return [name, property.fallback];
          const { value, problem } = property.read(values.get(keyOf(property)), context);
          if (problem !== undefined) problems.push(`${property.name}: ${problem}${value === undefined ? '; the default stands' : ''}.`);
          return [name, value ?? property.fallback];
        }),
      ) as T;
      const mended = mend?.(read, context) ?? null;
      if (mended) problems.push(mended.problem);
      return { put: () => put(mended?.value ?? read), problems };
    },
  };
}
