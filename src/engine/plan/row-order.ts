import type { Sentences } from '../sentences';

/** Only where the table has so many times the rows that are used is there anything to gain. */
const sparse = 4;
/** Numbers that are moved to the device at once. */
const blockNumbers = 2 ** 20;

/**
 * Where each row of a table lies on the device: padding first, then the rows that training reads, the most frequent first, then all others. A step reads and
 * writes rows here and there; where they lie side by side it takes as long in a table of a million rows as in a small one (a processor's caches and page
 * tables hold them all). Sums keep their order, so that the numbers are the same to the last bit.
 */
export class RowOrder {
  private constructor(
    /** Place of each row. */
    private readonly places: Uint32Array,
    /** Row at each place. */
    private readonly rows: Uint32Array,
  ) {}

  /** @returns null where the rows lie well as they are */
  static of({ ids }: Sentences, tableRows: number): RowOrder | null {
    const counts = new Uint32Array(tableRows);
    // What is no row is refused where it is encoded.
    for (const id of ids) if (id < tableRows) counts[id]++;
    const used: number[] = [];
    for (let row = 1; row < tableRows; row++) if (counts[row] > 0) used.push(row);
    if (tableRows <= sparse * (used.length + 1)) return null;
    used.sort((a, b) => counts[b] - counts[a] || a - b);
    const rows = new Uint32Array(tableRows);
    rows.set(used, 1);
    let place = used.length + 1;
    for (let row = 1; row < tableRows; row++) if (counts[row] === 0) rows[place++] = row;
    const places = new Uint32Array(tableRows);
    for (let at = 0; at < tableRows; at++) places[rows[at]] = at;
    return new RowOrder(places, rows);
  }

  /** The sentences with places in the stead of rows; ids that are no row stay as they are. */
  place(sentences: Sentences): Sentences {
    return { ...sentences, ids: sentences.ids.map((id) => this.places[id] ?? id) };
  }

  /** The values of a table of that many columns in their order on the device, block by block, with where each begins. */
  *blocks(values: Float32Array, columns: number): Generator<{ offset: number; data: Float32Array }> {
    const blockRows = Math.max(1, Math.floor(blockNumbers / columns));
    for (let from = 0; from < this.rows.length; from += blockRows) {
      const to = Math.min(this.rows.length, from + blockRows);
      const data = new Float32Array((to - from) * columns);
      for (let at = from; at < to; at++) {
        const row = this.rows[at];
        data.set(values.subarray(row * columns, (row + 1) * columns), (at - from) * columns);
      }
      yield { offset: from * columns, data };
    }
  }

  /** Puts values that were read from the device back into the table's own order, where they lie. */
  restore(values: Float32Array, columns: number): void {
    const done = new Uint8Array(this.rows.length);
    const held = new Float32Array(columns);
    const rowAt = (row: number) => values.subarray(row * columns, (row + 1) * columns);
    for (let start = 0; start < this.rows.length; start++) {
      if (done[start]) continue;
      // Along the cycle, each row takes what lies at its place; the first one's is held until the end.
      held.set(rowAt(start));
      let row = start;
      while (this.places[row] !== start) {
        rowAt(row).set(rowAt(this.places[row]));
        done[row] = 1;
        row = this.places[row];
      }
      rowAt(row).set(held);
      done[row] = 1;
    }
  }
}
