import { LabError } from '../../errors';
import type { Pace } from '../bytes/pace';
import type { SourceFile } from '../bytes/source-file';
import { count, counted } from '../problems';
import { type ByteReader, sizeIfShort } from './byte-reader';
import type { FloatDecoder } from './float-bytes';
import type { TableRows } from './table-rows';

const rowsPerLook = 256;
/** Numbers of a column that are decoded at a time. */
const numbersPerPiece = 16_384;

/** A matrix of numbers that lie one behind the other in a file. */
export interface MatrixShape {
  rows: number;
  columns: number;
  /** Column by column (Fortran) instead of row by row (C). */
  columnMajor: boolean;
}

/**
 * Sees that a file holds the numbers that its header promises, before anything is allocated for them.
 *
 * @param start where they begin
 * @throws LabError `bad-embeddings` with both sizes, in bytes
 */
export async function expectMatrix(
  file: SourceFile,
  label: string,
  start: number,
  { rows, columns, columnMajor }: MatrixShape,
  numberBytes: number,
  pace: Pace,
): Promise<void> {
  const needed = start + rows * columns * numberBytes;
  // Rows are allocated as they arrive, but columns need the whole table from the first number on.
  const size = await sizeIfShort(file, needed, { pace, counted: columnMajor });
  if (size === null) return;
  const whole = columnMajor ? '' : `, ${counted(Math.max(0, Math.floor((size - start) / (columns * numberBytes))), 'whole row')}`;
  throw new LabError(
    'bad-embeddings',
    `${file.name} (${label}) is cut off: its header promises ${counted(rows, 'row')} of ${counted(columns, 'number')}, up to byte ${count(needed)}, ` +
      `and the file ends at byte ${count(size)}${whole}.`,
    'Download or save the file again.',
    { file: file.name },
  );
}

/** Reads a matrix, whose row i belongs to `words[i]`, from where the reader is. @throws LabError where a number is not finite */
export async function readMatrix(
  reader: ByteReader,
  file: SourceFile,
  shape: MatrixShape,
  decoder: FloatDecoder,
  words: readonly string[],
  rows: TableRows,
): Promise<void> {
  if (shape.columnMajor) await readColumns(reader, file, shape, decoder, words, rows);
  else await readRows(reader, file, shape, decoder, words, rows);
}

async function readRows(
  reader: ByteReader,
  file: SourceFile,
  shape: MatrixShape,
  decoder: FloatDecoder,
  words: readonly string[],
  rows: TableRows,
): Promise<void> {
  const rowBytes = shape.columns * decoder.bytes;
  for (let row = 0; row < shape.rows; row++) {
    if (!(await reader.fill(rowBytes))) throw endsEarly(reader, file);
    if (rows.keeps(words[row], row)) rows.decode(words[row], row, decoder, reader.bytes, reader.at);
    reader.at += rowBytes;
    if (row % rowsPerLook === 0 && reader.due()) await reader.beat();
  }
}

/** The columns arrive one after the other, so that all the rows that are kept are there, and empty, from the beginning. */
async function readColumns(
  reader: ByteReader,
  file: SourceFile,
  shape: MatrixShape,
  decoder: FloatDecoder,
  words: readonly string[],
  rows: TableRows,
): Promise<void> {
  const kept: number[] = [];
  const blocks: Float32Array[] = [];
  for (let row = 0; row < shape.rows; row++) {
    if (!rows.keeps(words[row], row)) continue;
    const { values, at } = rows.next();
    if (at === 0) blocks.push(values);
    rows.commit(words[row]);
    kept.push(row);
    if (row % rowsPerLook === 0 && reader.due()) await reader.beat();
  }
  const piece = new Float32Array(numbersPerPiece);
  for (let column = 0; column < shape.columns; column++) {
    let next = 0;
    let block = 0;
    let at = column;
    for (let first = 0; first < shape.rows; ) {
      if (!(await reader.fill(decoder.bytes))) throw endsEarly(reader, file);
      const numbers = Math.min(numbersPerPiece, shape.rows - first, Math.floor(reader.available / decoder.bytes));
      decoder.decode(reader.bytes, reader.at, numbers, piece, 0);
      for (; next < kept.length && kept[next] < first + numbers; next++) {
        const i = kept[next] - first;
        if (!Number.isFinite(piece[i])) rows.notFinite(kept[next], column, decoder.valueAt(reader.bytes, reader.at + i * decoder.bytes));
        blocks[block][at] = piece[i];
        at += shape.columns;
        if (at >= rows.rowsPerBlock * shape.columns) {
          at = column;
          block++;
        }
      }
      reader.at += numbers * decoder.bytes;
      first += numbers;
      if (reader.due()) await reader.beat();
    }
  }
}

function endsEarly(reader: ByteReader, { name }: SourceFile): LabError {
  return new LabError(
    'bad-embeddings',
    `${name} ends at byte ${count(reader.position + reader.available)}, inside its numbers: it was cut off.`,
    'Download or save the file again.',
    { file: name },
  );
}
