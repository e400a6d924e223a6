import type { Params, StepValues } from '../../device/device';

/** Fields of `params` that the convolution's kernels share. */
export const convParams = [
  /** Numbers of a token's vector. */
  { name: 'columns', type: 'u32' },
  /** Tokens that a filter sees at once. */
  { name: 'span', type: 'u32' },
  { name: 'filters', type: 'u32' },
  /** Width of the output over all spans, and where this span's part of it begins. */
  { name: 'outputWidth', type: 'u32' },
  { name: 'outputOffset', type: 'u32' },
] as const;

/**
 * `start`, `length` and `depth` of a sentence. A filter's window lies wholly within the sentence; a sentence shorter than the span is filled up
 * with zeros, which the products leave out: `depth` is what a window has of numbers.
 */
export const convWgsl = /* wgsl */ `
fn startOf(sentence: u32) -> u32 { return batch[step.batchOffset + sentence]; }
fn lengthOf(sentence: u32) -> u32 { return batch[step.batchOffset + sentence + 1u] - batch[step.batchOffset + sentence]; }
fn depthOf(sentence: u32) -> u32 { return min(lengthOf(sentence), params.span) * params.columns; }
`;

/** Windows of a batch whose sentences are equally long; one even where a sentence is shorter than the span. */
export function windowCount({ span }: Params, { sentences, tokens }: StepValues): number {
  return Math.max(sentences, tokens - sentences * (span - 1));
}

/** Numbers that a filter is multiplied by, over all windows of such a batch. */
export function windowProducts(params: Params, step: StepValues): number {
  return windowCount(params, step) * windowDepth(params, step);
}

/** The same over the windows that won, one a sentence. */
export function winningProducts(params: Params, step: StepValues): number {
  return step.sentences * windowDepth(params, step);
}

function windowDepth({ span, columns }: Params, { sentences, tokens }: StepValues): number {
  return Math.min(span, tokens / Math.max(1, sentences)) * columns;
}
