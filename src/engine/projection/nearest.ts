/** Neighbours of each list. */
export const neighbourCount = 10;

export interface Neighbour {
  row: number;
  cosine: number;
}

/**
 * The rows of largest cosine, nearest first; of two that are as near, the lower row. A row without length has no direction: it is nobody's neighbour.
 *
 * @param products with the query, of each row
 * @param squares of each row's length
 * @param own the query's own row, which is left out
 */
export function nearest(
  products: Float64Array | Float32Array,
  squares: Float64Array,
  querySquare: number,
  own: number | null,
): Neighbour[] {
  const best: Neighbour[] = [];
  if (querySquare === 0) return best;
  const length = Math.sqrt(querySquare);
  for (let row = 0; row < products.length; row++) {
    if (row === own || squares[row] === 0) continue;
    const cosine = products[row] / (Math.sqrt(squares[row]) * length);
    if (best.length === neighbourCount && cosine <= best[neighbourCount - 1].cosine) continue;
    let place = best.length;
    while (place > 0 && best[place - 1].cosine < cosine) place--;
    best.splice(place, 0, { row, cosine });
    if (best.length > neighbourCount) best.pop();
  }
  return best;
}
