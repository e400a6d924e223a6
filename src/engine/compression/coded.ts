import { type Matrix, matrix } from '../matrix';
import type { Quantizer } from './quantizers/quantizer';

/** What has levels of its own: the whole matrix, or each of its columns or rows. */
export type CodeScope = 'matrix' | 'column' | 'row';

/** What a matrix's codes stand for. */
export type CodeMeaning =
  /** Code k stands for lowest + k step, of its scope. */
  | { kind: 'even'; per: CodeScope; lowest: Float32Array; step: Float32Array }
  /** Code k stands for the k-th of its scope's levels, ascending; L of them at most. */
  | { kind: 'placed'; per: CodeScope; levels: readonly Float32Array[] }
  /** Code k of group g stands for row k of its centres, whose columns are edges[g] to edges[g + 1] of the matrix. */
  | { kind: 'vectors'; edges: readonly number[]; centres: readonly Matrix[] };

/** A matrix as a method stores it: whole numbers, and what they stand for. */
export interface CodedMatrix {
  rows: number;
  /** Of the decoded matrix. */
  columns: number;
  /** L: codes are 0 to L - 1, and `codesPerWord(L)` of them are stored in 32 bits. */
  levels: number;
  /** rows x columns, or rows x groups where they stand for vectors; row-major. */
  codes: Uint16Array;
  meaning: CodeMeaning;
  /** Is row 0 the row of padding, zero whatever its codes are? */
  padding: boolean;
}

/** Numbers that a coded matrix stands for, as float32. */
export function decodeMatrix(coded: CodedMatrix): Matrix {
  const { rows, columns, codes, meaning } = coded;
  const result = matrix(rows, columns);
  const { values } = result;
  const first = coded.padding ? 1 : 0;
  if (meaning.kind === 'vectors') {
    const groups = meaning.centres.length;
    for (let i = first; i < rows; i++) {
      for (let g = 0; g < groups; g++) {
        const { columns: width, values: centres } = meaning.centres[g];
        const code = codes[i * groups + g];
        values.set(centres.subarray(code * width, (code + 1) * width), i * columns + meaning.edges[g]);
      }
    }
    return result;
  }
  const scopeOf = scopeIndex(meaning.per);
  for (let i = first; i < rows; i++) {
    for (let j = 0; j < columns; j++) {
      const scope = scopeOf(i, j);
      const code = codes[i * columns + j];
      values[i * columns + j] = meaning.kind === 'even' ? meaning.lowest[scope] + code * meaning.step[scope] : meaning.levels[scope][code];
    }
  }
  return result;
}

/**
 * Codes of a matrix, each scope's levels fitted to its own values by the quantizer. Of the matrix as a whole the row of padding takes part in the fit;
 * of a column it does not.
 */
export function codeMatrix(of: Matrix, quantizer: Quantizer, options: { levels: number; per: CodeScope; padding: boolean }): CodedMatrix {
  const { rows, columns } = of;
  const { levels, per, padding } = options;
  const codes = new Uint16Array(rows * columns);
  const fitted = [];
  for (const places of scopePlaces(of, per, padding)) {
    const values = Float32Array.from(places, (place) => of.values[place]);
    const fit = quantizer.fit(values, levels);
    const coded = fit.encode(values);
    for (let i = 0; i < places.length; i++) codes[places[i]] = coded[i];
    fitted.push(fit);
  }
  const even = fitted.flatMap((fit) => (fit.even ? [fit.even] : []));
  return {
    rows,
    columns,
    levels,
    codes,
    padding,
    meaning:
      even.length === fitted.length
        ? {
            kind: 'even',
            per,
            lowest: Float32Array.from(even, ({ lowest }) => lowest),
            step: Float32Array.from(even, ({ step }) => step),
          }
        : { kind: 'placed', per, levels: fitted.map((fit) => fit.levels) },
  };
}

function scopeIndex(per: CodeScope): (row: number, column: number) => number {
  if (per === 'matrix') return () => 0;
  return per === 'row' ? (row) => row : (_, column) => column;
}

/** Where the values of each scope lie. */
function* scopePlaces({ rows, columns }: Matrix, per: CodeScope, padding: boolean): Generator<Uint32Array> {
  if (per === 'matrix') {
    yield Uint32Array.from({ length: rows * columns }, (_, place) => place);
  } else if (per === 'row') {
    for (let i = 0; i < rows; i++) yield Uint32Array.from({ length: columns }, (_, j) => i * columns + j);
  } else {
    const first = padding ? 1 : 0;
    for (let j = 0; j < columns; j++) yield Uint32Array.from({ length: rows - first }, (_, i) => (i + first) * columns + j);
  }
}
