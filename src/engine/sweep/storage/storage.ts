/** What of a sweep is written anew with every cell; whoever reads one validates it. */
export type StoredHead = unknown;

/** A cell under its `cellKey`. */
export interface StoredCell {
  key: string;
  cell: unknown;
}

/** Where sweeps are kept between visits: the browser's database, or memory. It knows nothing of what it keeps. */
export interface SweepStorage {
  /** Is what is kept there at the next visit? */
  readonly lasts: boolean;
  heads(): Promise<{ id: string; head: StoredHead }[]>;
  /** Null where there is none of that id. */
  read(id: string): Promise<{ head: StoredHead; cells: unknown[] } | null>;
  /**
   * Writes the head, and adds cells, all or nothing.
   *
   * @param anew cells that were there before go
   * @throws LabError `out-of-memory` where there is no room
   */
  write(id: string, head: StoredHead, cells: readonly StoredCell[], anew: boolean): Promise<void>;
  forget(id: string): Promise<void>;
}
