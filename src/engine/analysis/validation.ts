import type { CellsOfPoint } from './sweep-data';

/** Mean over the point's seeds. What is chosen is chosen by this, so that test goes on to say the truth about it. */
export function validationAccuracy({ cells }: CellsOfPoint): number {
  return [...cells.values()].reduce((sum, { row }) => sum + row.validationAccuracy, 0) / cells.size;
}
