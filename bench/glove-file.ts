/** A table of word vectors as GloVe's own files are, made up: words by falling frequency, numbers of up to six decimals. */
import { Random } from '../src/engine/random';

/** Rows of numbers that are used again and again, beside new words: more than a processor's cache holds. */
const distinctRows = 4096;
const chunkRows = 256;

/** The file's bytes, in chunks. */
export function* gloveChunks(rows: number, dimension: number): Generator<Uint8Array<ArrayBuffer>> {
  const random = new Random(1);
  const numbers = Array.from({ length: distinctRows }, () =>
    Array.from({ length: dimension }, () => Number((0.4 * random.normal()).toPrecision(5))).join(' '),
  );
  const encoder = new TextEncoder();
  for (let first = 0; first < rows; first += chunkRows) {
    let text = '';
    for (let row = first; row < Math.min(rows, first + chunkRows); row++) text += `${word(row)} ${numbers[row % distinctRows]}\n`;
    yield encoder.encode(text);
  }
}

/** Distinct for every row, and about as long as words are. */
function word(row: number): string {
  return `${row.toString(36)}${['', 'ing', 'ed', 'ness', '-like'][row % 5]}`;
}
