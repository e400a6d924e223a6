/** A dense row-major matrix: element (i, j) is `values[i * columns + j]`. */
export interface Matrix {
  rows: number;
  columns: number;
  values: Float32Array;
}

/** A matrix of zeros, or over `values` (length rows * columns, not copied). */
export function matrix(rows: number, columns: number, values: Float32Array = new Float32Array(rows * columns)): Matrix {
  if (values.length !== rows * columns) {
    throw new RangeError(`a ${rows} x ${columns} matrix has ${rows * columns} values, not ${values.length}`);
  }
  return { rows, columns, values };
}
