import type { StepValues } from '../../device/device';

/**
 * How a batch of sentences lies in the batch buffer (u32), from `step.batchOffset`, S sentences, T tokens, D distinct rows:
 *
 * | part | length | |
 * |---|---|---|
 * | offsets | S + 1 | sentence s has the tokens offsets[s] .. offsets[s + 1] |
 * | ids | T | row of the embedding for each token; padding is left out. Where the network reads words: the word's place among `rows` |
 * | labels | S | |
 * | rows | D | the distinct rows of the batch, by first occurrence |
 * | segments | D + 1 | distinct row i has the occurrences segments[i] .. segments[i + 1] |
 * | occurrences | T | the sentence of each occurrence, or its token (where the network reads tokens or words), ascending within a row |
 *
 * The last three (a transposed CSR matrix) let one invocation sum a row's gradient in a fixed order: no atomics, so the same bits each run.
 */
export interface BatchLayout {
  offsets: number;
  ids: number;
  labels: number;
  rows: number;
  segments: number;
  occurrences: number;
  /** One past the end. */
  end: number;
}

/** First element of each part of a batch. */
export function batchLayout(step: Pick<StepValues, 'sentences' | 'tokens' | 'distinctRows' | 'batchOffset'>): BatchLayout {
  const offsets = step.batchOffset;
  const ids = offsets + step.sentences + 1;
  const labels = ids + step.tokens;
  const rows = labels + step.sentences;
  const segments = rows + step.distinctRows;
  const occurrences = segments + step.distinctRows + 1;
  return { offsets, ids, labels, rows, segments, occurrences, end: occurrences + step.tokens };
}

/** The same in WGSL: the first element of each part, for a binding named `batch`. */
export const batchWgsl = /* wgsl */ `
fn idsStart() -> u32 { return step.batchOffset + step.sentences + 1u; }
fn labelsStart() -> u32 { return idsStart() + step.tokens; }
fn rowsStart() -> u32 { return labelsStart() + step.sentences; }
fn segmentsStart() -> u32 { return rowsStart() + step.distinctRows; }
fn occurrencesStart() -> u32 { return segmentsStart() + step.distinctRows + 1u; }
`;
