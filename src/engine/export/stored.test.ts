import { describe, expect, it } from 'vitest';
import { type CodeScope, codeMatrix, decodeMatrix } from '../compression/coded';
import { codesPerWord } from '../compression/levels';
import { referenceValues } from '../compression/quantizers/codebook';
import { leastSquares } from '../compression/quantizers/mse';
import type { Quantizer } from '../compression/quantizers/quantizer';
import { storedSize } from '../compression/stored';
import { matrix } from '../matrix';
import { Random } from '../random';
import type { ExportableModel } from './format';
import { unpackCodes } from './packed-codes';
import { packing, storedModel } from './stored';

/** A model without layers whose table is coded. */
function coded(rows: number, columns: number, quantizer: Quantizer, options: { levels: number; per: CodeScope }) {
  const random = new Random(5);
  const values = matrix(
    rows,
    columns,
    Float32Array.from({ length: rows * columns }, () => random.normal()),
  );
  const codes = codeMatrix(values, quantizer, { ...options, padding: true });
  const state = { embedding: { kind: 'table' as const, table: decodeMatrix(codes), coded: codes }, weights: new Map() };
  const [stored] = storedModel({ state, layers: [] } as unknown as ExportableModel).embedding;
  return {
    codes,
    stored,
    size: storedSize(state.embedding),
    tensors: Object.fromEntries(stored.tensors.map((tensor) => [tensor.name, tensor])),
  };
}

describe('stored codes', () => {
  it.each([
    [5, 4, 256, Uint8Array, [5, 4]],
    [5, 3, 256, Uint32Array, [4]],
    [5, 4, 65_536, Uint16Array, [5, 4]],
    [5, 3, 65_536, Uint32Array, [8]],
    [5, 3, 3, Uint32Array, [1]],
    [7, 9, 6, Uint32Array, [6]],
  ])('of %i x %i with %i levels are as many bytes as the lab counts', (rows, columns, levels, type, shape) => {
    const { codes, tensors } = coded(rows, columns, leastSquares, { levels, per: 'matrix' });
    const { data, shape: stored } = tensors['table.codes'];
    expect(data).toBeInstanceOf(type);
    expect(stored).toEqual(shape);
    expect(data.byteLength).toBe(4 * Math.ceil((rows * columns) / codesPerWord(levels)));
    const back = packing(codes).kind === 'integers' ? [...data] : [...unpackCodes(data as Uint32Array, levels, rows * columns)];
    expect(back).toEqual([...codes.codes]);
  });

  it('have lists of levels as long as the longest, and as long as they are counted', () => {
    // 15 values can't have 64 levels, nor can a column's four (the row of padding has no part in it).
    const { stored, tensors, size } = coded(5, 3, referenceValues, { levels: 64, per: 'column' });
    expect(tensors['table.levels'].shape).toEqual([3, 4]);
    expect(size.bytes).toBe(tensors['table.levels'].data.byteLength + tensors['table.codes'].data.byteLength);
    expect(coded(5, 3, referenceValues, { levels: 64, per: 'matrix' }).tensors['table.levels'].shape).toEqual([15]);
    expect(stored.coded).not.toBeNull();
  });

  it('have a shorter list filled with its last level', () => {
    const values = matrix(5, 2, Float32Array.from([0, 0, 1, 5, 1, 6, 2, 7, 2, 8]));
    const codes = codeMatrix(values, referenceValues, { levels: 8, per: 'column', padding: true });
    const state = { embedding: { kind: 'table' as const, table: decodeMatrix(codes), coded: codes }, weights: new Map() };
    const [{ tensors }] = storedModel({ state, layers: [] } as unknown as ExportableModel).embedding;
    expect(tensors[1]).toEqual({ name: 'table.levels', shape: [2, 4], data: Float32Array.from([1, 2, 2, 2, 5, 6, 7, 8]) });
    expect(storedSize(state.embedding).bytes).toBe(tensors[0].data.byteLength + tensors[1].data.byteLength);
  });

  it.each([
    ['matrix', [1]],
    ['column', [3]],
    ['row', [5, 1]],
  ] as const)('have scales that broadcast over a %s', (per, shape) => {
    const { tensors } = coded(5, 3, leastSquares, { levels: 200, per });
    expect([tensors['table.lowest'].shape, tensors['table.step'].shape]).toEqual([shape, shape]);
  });
});
