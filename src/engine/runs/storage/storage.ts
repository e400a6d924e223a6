/** What is said of a run beside its file, and written anew by itself; whoever reads one validates it. */
export type StoredHead = unknown;

/** Where runs are kept between visits: the browser's database, or memory. It knows nothing of what it keeps. */
export interface RunStorage {
  /** Is what is kept there at the next visit? */
  readonly lasts: boolean;
  heads(): Promise<{ id: string; head: StoredHead }[]>;
  /** The run's file; null where there is none of that id. */
  file(id: string): Promise<unknown>;
  /**
   * Head and file, both or neither.
   *
   * @throws LabError `out-of-memory` where there is no room
   */
  add(id: string, head: StoredHead, file: Uint8Array): Promise<void>;
  /** Of a run that is there; nothing happens where it is not. */
  replaceHead(id: string, head: StoredHead): Promise<void>;
  forget(id: string): Promise<void>;
}
