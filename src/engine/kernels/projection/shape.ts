/**
 * Weights over factors: where the lookup gives rows of A (r numbers) and a layer's weights W want d, the layer takes B in: A (B W) costs less than
 * (A B) W by about d / r, forward and backward. W comes in blocks of d rows (one a token that the layer sees at once), each multiplied by the
 * same B (r x d); a last row, the bias, is taken as it is.
 */
export const projectionParams = [
  { name: 'rank', type: 'u32' },
  /** d. */
  { name: 'columns', type: 'u32' },
  { name: 'outputs', type: 'u32' },
  { name: 'blocks', type: 'u32' },
  /** 1: the last row of W is a bias. */
  { name: 'bias', type: 'u32' },
] as const;
