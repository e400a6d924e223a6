import { describe, expect, it } from 'vitest';
import { matrix } from '../matrix';
import { WordTable } from './word-table';

describe('WordTable', () => {
  it('grows by blocks, and gives each row and each block back', () => {
    const columns = 300;
    const table = new WordTable(columns);
    const rows = 2 * table.rowsPerBlock + 17;
    for (let row = 0; row < rows; row++) {
      const { values, at } = table.next();
      values.fill(row, at, at + columns);
      table.commit();
    }
    expect([table.rows, table.sizeBytes]).toEqual([rows, rows * columns * 4]);
    for (const row of [0, table.rowsPerBlock - 1, table.rowsPerBlock, rows - 1]) {
      expect([...new Set(table.row(row))]).toEqual([row]);
      expect(table.row(row)).toHaveLength(columns);
    }
    const blocks = [...table.blocks()];
    expect(blocks.map((block) => block.rows)).toEqual([table.rowsPerBlock, table.rowsPerBlock, 17]);
    expect(blocks[2].values[0]).toBe(2 * table.rowsPerBlock);
  });

  it('writes over a row that was not committed', () => {
    const table = new WordTable(2);
    table.next().values.set([1, 2], 0);
    const { values, at } = table.next();
    values.set([3, 4], at);
    table.commit();
    expect([...table.row(0)]).toEqual([3, 4]);
    expect(table.rows).toBe(1);
  });

  it('holds rows that are longer than a block', () => {
    const table = new WordTable(2 ** 21);
    for (const value of [1, 2]) {
      const { values, at } = table.next();
      values[at] = value;
      table.commit();
    }
    expect([table.row(0)[0], table.row(1)[0]]).toEqual([1, 2]);
  });

  it('lies over a matrix that is there already', () => {
    const table = WordTable.over(matrix(3, 2, Float32Array.of(1, 2, 3, 4, 5, 6)));
    expect([table.rows, table.columns, [...table.row(2)]]).toEqual([3, 2, [5, 6]]);
    expect([...table.blocks()]).toHaveLength(1);
    expect([...new WordTable(5).blocks()]).toEqual([]);
  });
});
