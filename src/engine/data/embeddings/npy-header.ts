import { LabError } from '../../errors';
import { count, quoted } from '../problems';
import { FloatDecoder, type FloatType } from './float-bytes';
import type { MatrixShape } from './matrix-rows';
import { checkColumns } from './table-rows';

export const npyLabel = 'NumPy .npy';
/** `\x93NUMPY`. */
const magic = [0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59];
/** numpy itself refuses longer ones. */
const mostHeaderBytes = 10_000;
/** Bytes that hold any header that is read. */
export const npyHeadBytes = 12 + mostHeaderBytes;
const remedy = 'Save the table with numpy.save(path, table.astype("float32")): an array of words x numbers.';

export interface NpyHeader {
  shape: MatrixShape;
  /** How a number is written: `<f4`. */
  descr: string;
  decoder: FloatDecoder;
  /** Where the numbers begin. */
  start: number;
}

export function isNpy(head: Uint8Array): boolean {
  return magic.every((byte, i) => head[i] === byte);
}

/**
 * The header: magic, version, its length (16 bits in version 1, 32 from version 2), and a Python dictionary of `descr`, `fortran_order` and `shape`,
 * which is matched piece by piece and never evaluated.
 * Source: https://numpy.org/doc/stable/reference/generated/numpy.lib.format.html
 *
 * @param head the first `npyHeadBytes` bytes, or all there are
 * @throws LabError where it is wrong, or describes something else than a matrix of floats
 */
export function npyHeader(head: Uint8Array, name: string): NpyHeader {
  const fail = (what: string, toDo = remedy) => new LabError('bad-embeddings', `${name} (${npyLabel}) ${what}.`, toDo, { file: name });
  const major = head[6];
  if (major < 1 || major > 3) throw fail(`has version ${major} of the format; the lab reads versions 1 to 3`);
  const lengthBytes = major === 1 ? 2 : 4;
  const start = 8 + lengthBytes;
  if (head.length < start)
    throw fail(`is cut off: it ends at byte ${count(head.length)}, inside its header`, 'Download or save the file again.');
  let length = 0;
  for (let byte = lengthBytes - 1; byte >= 0; byte--) length = length * 256 + head[8 + byte];
  if (length > mostHeaderBytes) throw fail(`has a header that says it is ${count(length)} bytes long; a matrix needs about 100`);
  if (head.length < start + length) {
    throw fail(`is cut off: it ends at byte ${count(head.length)}, inside its header`, 'Download or save the file again.');
  }
  const text = new TextDecoder(major === 3 ? 'utf-8' : 'latin1').decode(head.subarray(start, start + length));
  const descr = /['"]descr['"]\s*:\s*['"]([^'"]*)['"]/.exec(text)?.[1];
  const order = /['"]fortran_order['"]\s*:\s*(True|False)/.exec(text)?.[1];
  const sizes = /['"]shape['"]\s*:\s*\(([\d\sL,]*)\)/.exec(text)?.[1];
  if (order === undefined || sizes === undefined || (descr === undefined && !/['"]descr['"]\s*:\s*\[/.test(text))) {
    throw fail(`has a header that is none: ${quoted(text)}`);
  }
  if (descr === undefined) throw fail('holds records of named fields, not numbers');
  const type = /^([<>=|]?)(f[248])$/.exec(descr);
  if (!type)
    throw fail(
      `holds ${descr.endsWith('O') ? 'pickled Python objects, which are never run,' : `values of type ${quoted(descr)}`} and not floats (f2, f4 or f8)`,
    );
  const dimensions = Array.from(sizes.matchAll(/\d+/g), ([digits]) => Number(digits));
  const [rows, columns] = dimensions;
  if (dimensions.length === 2) checkColumns(name, npyLabel, columns);
  if (dimensions.length !== 2 || rows < 1 || columns < 1 || !Number.isSafeInteger(rows)) {
    const written = dimensions.slice(0, 8).map(String).join(', ');
    throw fail(`has the shape (${written}${dimensions.length === 1 ? ',' : ''}); a table has two sizes, words and numbers a word`);
  }
  return {
    shape: { rows, columns, columnMajor: order === 'True' },
    descr,
    decoder: new FloatDecoder(type[2] as FloatType, type[1] !== '>'),
    start: start + length,
  };
}
