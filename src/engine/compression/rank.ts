import type { CompressionMethod, Setting, TableShape } from './method';
import { allowedNumbers, unreachable, wordBytes } from './rate';
import { numberOf } from './setting';

/** Numbers in the two factors A (V x r) and B (r x d). */
export function factorParameters({ rows, columns }: TableShape, rank: number): number {
  return rows * rank + rank * columns;
}

/** Numbers in a table of r dimensions (V x r). */
export function tableParameters({ rows }: TableShape, rank: number): number {
  return rows * rank;
}

/** In float32. */
const storageOf =
  (parametersOf: (shape: TableShape, rank: number) => number): CompressionMethod['storage'] =>
  (shape, setting) => {
    const parameters = parametersOf(shape, numberOf(setting, 'rank'));
    return { bytes: wordBytes * parameters, parameters };
  };

export const factorStorage = storageOf(factorParameters);
export const tableStorage = storageOf(tableParameters);

/** A rank as a method's setting: the largest r >= 1 whose `parameters` are at most (1 - rho) V d, and at most min(V, d). */
function rankSetting(parameters: (shape: TableShape, rank: number) => number): Setting {
  return {
    kind: 'rank',
    candidates: (shape, rate) => {
      const single = parameters(shape, 1);
      const rank = Math.min(Math.floor(allowedNumbers(shape, rate) / single), shape.rows, shape.columns);
      if (rank >= 1) return [{ rank }];
      return unreachable('Rank 1, the lowest,', 1 - single / (shape.rows * shape.columns), rate);
    },
  };
}

/** Largest r with V r + r d <= (1 - rho) V d. */
export const factorRank: Setting = rankSetting(factorParameters);

/** Largest r with V r <= (1 - rho) V d. */
export const tableRank: Setting = rankSetting(tableParameters);
