import { type Device, noStep } from '../device/device';
import { denseForward } from '../kernels/dense/forward';
import { rowKinds } from '../kernels/shared/rows';
import { multiply, rowMajor, transposed } from '../kernels/wasm/product';
import { type Matrix, matrix } from '../matrix';
import { hasGpu } from './gpu';
import { blocksOf, type Table } from './row-blocks';

/**
 * E W: every row of a table projected on the directions of a basis.
 *
 * Where the CPU computes in any case (`hasGpu`), sums are taken in float64 and rounded once; on WebGPU they are float32 sums over d, with errors of about 1e-7 of a row's
 * length.
 *
 * @param table V x d.
 * @param basis W^T: r x d, row-major, a direction a row.
 * @returns V x r.
 */
export async function project(table: Table, basis: Float64Array, device: Device): Promise<Matrix> {
  const onHost = !hasGpu(device) || 4 * basis.length > device.maxBufferBytes;
  return onHost ? projectFloat64(table, basis) : projectOnDevice(table, basis, device);
}

/** Rows that are multiplied at once. */
const rowsAtOnce = 512;

function projectFloat64(table: Table, basis: Float64Array): Matrix {
  const { columns } = table;
  const rank = basis.length / columns;
  const result = matrix(table.rows, rank);
  const products = new Float64Array(rowsAtOnce * rank);
  let first = 0;
  for (const { rows, values } of blocksOf(table)) {
    for (let row = 0; row < rows; row += rowsAtOnce) {
      const count = Math.min(rowsAtOnce, rows - row);
      const block = Float64Array.from(values.subarray(row * columns, (row + count) * columns));
      multiply(rowMajor(products, rank), rowMajor(block, columns), transposed(basis, columns), {
        rows: count,
        columns: rank,
        depth: columns,
      });
      result.values.set(products.subarray(0, count * rank), (first + row) * rank);
    }
    first += rows;
  }
  return result;
}

/** Rows that go through the device at a time: the grid of the dense kernel ends at 4 x 8 x 65,535 rows. */
const maximumSlabRows = 2 ** 17;

async function projectOnDevice(table: Table, basis: Float64Array, device: Device): Promise<Matrix> {
  const { columns } = table;
  const rank = basis.length / columns;
  const result = matrix(table.rows, rank);
  const blocks = [...blocksOf(table)];
  const rows = blocks.reduce((most, block) => Math.max(most, block.rows), 1);
  const rowsThatFit = Math.floor(device.maxBufferBytes / (4 * Math.max(columns, rank)));
  const slabRows = Math.max(1, Math.min(rows, maximumSlabRows, rowsThatFit));
  const weights = new Float32Array(columns * rank);
  for (let j = 0; j < rank; j++) for (let k = 0; k < columns; k++) weights[k * rank + j] = basis[j * columns + k];

  const buffers = [
    device.createBuffer('project.weights', 'f32', weights),
    device.createBuffer('project.input', 'f32', slabRows * columns),
    device.createBuffer('project.output', 'f32', slabRows * rank),
  ];
  try {
    const program = await device.compile([
      {
        kernel: denseForward,
        buffers: { weights: buffers[0], input: buffers[1], output: buffers[2] },
        params: {
          rowKind: rowKinds.sentences,
          fixedRows: 0,
          inputs: columns,
          outputs: rank,
          bias: 0,
          relu: 0,
          dropThreshold: 0,
          keepScale: 1,
          dropoutSalt: 0,
        },
      },
    ]);
    try {
      let first = 0;
      for (const block of blocks) {
        for (let row = 0; row < block.rows; row += slabRows) {
          const count = Math.min(slabRows, block.rows - row);
          device.write(buffers[1], block.values.subarray(row * columns, (row + count) * columns));
          device.submit([{ program, step: { ...noStep, sentences: count } }]);
          result.values.set(await device.read(buffers[2], 0, count * rank), (first + row) * rank);
        }
        first += block.rows;
      }
    } finally {
      program.destroy();
    }
  } finally {
    for (const buffer of buffers) device.destroyBuffer(buffer);
  }
  return result;
}
