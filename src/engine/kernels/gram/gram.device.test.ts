import { describe, expect, it } from 'vitest';
import { noStep } from '../../device/device';
import { openTestDevices } from '../../device/testing';
import { Random } from '../../random';
import { addPartials, gramKernel } from './gram';

const devices = await openTestDevices();

/** [rows, columns, rows a chunk]: odd sizes, one tile and several, chunks that end within 16 rows, a chunk longer than the table. */
const shapes = [
  [1, 1, 64],
  [7, 3, 64],
  [16, 32, 16],
  [17, 33, 16],
  [50, 31, 7],
  [129, 65, 64],
  [1000, 100, 64],
  [333, 130, 48],
];

describe.each(devices.map((device) => [device.report.backend, device] as const))('the gram kernel on %s', (_, device) => {
  it.each(shapes)('E^T E of %i x %i in chunks of %i rows, over dirty buffers', async (rows, columns, chunkRows) => {
    const random = new Random(rows + columns);
    const values = Float32Array.from({ length: rows * columns }, () => random.normal());
    const chunks = Math.ceil(rows / chunkRows);
    const before = device.counters.liveBuffers;
    const table = device.createBuffer('table', 'f32', values);
    const partials = device.createBuffer('partials', 'f32', new Float32Array(chunks * columns * columns).fill(1e30));
    const program = await device.compile([{ kernel: gramKernel, buffers: { table, partials }, params: { rows, columns, chunkRows } }]);
    // Twice: the second time over the first one's results.
    device.submit([
      { program, step: noStep },
      { program, step: noStep },
    ]);
    const sum = new Float64Array(columns * columns);
    addPartials(await device.read(partials), chunks, columns, sum);
    program.destroy();
    device.destroyBuffer(table);
    device.destroyBuffer(partials);

    let worst = 0;
    for (let i = 0; i < columns; i++) {
      for (let j = i; j < columns; j++) {
        let exact = 0;
        let size = 0;
        for (let row = 0; row < rows; row++) {
          const product = values[row * columns + i] * values[row * columns + j];
          exact += product;
          size += Math.abs(product);
        }
        worst = Math.max(worst, Math.abs(sum[i * columns + j] - exact) / (size || 1));
      }
    }
    expect(worst).toBeLessThan(1e-6);
    expect(device.counters.liveBuffers).toBe(before);
  });
});
