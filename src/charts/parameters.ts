/** Parameters of a table, of its two factors, and the share that is saved: V d against V r + r d. */
export function countParameters(vocabulary: number, dimension: number, rank: number) {
  const table = vocabulary * dimension;
  const factors = vocabulary * rank + rank * dimension;
  return { table, factors, rate: 1 - factors / table };
}
