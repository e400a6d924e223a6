import type { Params, StepValues } from '../../device/device';

/** What the rows of a product are: a number fixed ahead, the batch's sentences, or its tokens. */
export const rowKinds = { fixed: 0, sentences: 1, tokens: 2 } as const;

/** Fields of `params` that say how many rows there are. */
export const rowParams = [
  /** One of `rowKinds`. */
  { name: 'rowKind', type: 'u32' },
  /** Of `fixed`. */
  { name: 'fixedRows', type: 'u32' },
] as const;

/** `fn rowCount() -> u32`. */
export const rowCountWgsl = /* wgsl */ `
fn rowCount() -> u32 {
  if (params.rowKind == ${rowKinds.sentences}u) { return step.sentences; }
  if (params.rowKind == ${rowKinds.tokens}u) { return step.tokens; }
  return params.fixedRows;
}
`;

/** The same on the host. */
export function rowCount(params: Params, step: StepValues): number {
  if (params.rowKind === rowKinds.sentences) return step.sentences;
  return params.rowKind === rowKinds.tokens ? step.tokens : params.fixedRows;
}
