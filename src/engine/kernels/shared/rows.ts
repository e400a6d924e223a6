import type { Params, StepValues } from '../../device/device';

/** What rows are: a number fixed ahead, the batch's sentences, its tokens, or its words, each once (the distinct rows of the embedding). */
export const rowKinds = { fixed: 0, sentences: 1, tokens: 2, words: 3 } as const;

/** Rows that a batch has, of whatever kind. */
export type BatchRows = Exclude<keyof typeof rowKinds, 'fixed'>;

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
  if (params.rowKind == ${rowKinds.words}u) { return step.distinctRows; }
  return params.fixedRows;
}
`;

/** The same on the host. */
export function rowCount(params: Params, step: StepValues): number {
  if (params.rowKind === rowKinds.sentences) return step.sentences;
  if (params.rowKind === rowKinds.tokens) return step.tokens;
  return params.rowKind === rowKinds.words ? step.distinctRows : params.fixedRows;
}
