import { convMaxForward } from '../../kernels/conv-max/forward';
import { convMaxInputGradient } from '../../kernels/conv-max/input-gradient';
import { convMaxWeightUpdate } from '../../kernels/conv-max/weight-update';
import { effectiveWeights } from './effective-weights';
import { belowOf, dropoutValues, glorotBound, type LayerKind } from './layer';

/** Convolutions of several spans over a sentence's tokens, ReLU, and the maximum over time of each filter (Kim, EMNLP 2014). */
export interface ConvMaxLayer {
  kind: 'conv-max';
  name: string;
  /** Tokens that filters see at once: 3, 4 and 5 in the paper. */
  spans: readonly number[];
  /** Filters of each span. */
  filters: number;
  /** Of the output. */
  dropout: number;
}

export const convMax: LayerKind<ConvMaxLayer> = {
  // A window lies in one run only where its tokens do.
  reads: 'tokens',
  outputWidth: ({ spans, filters }) => spans.length * filters,
  weights: ({ name, spans, filters }, inputWidth) =>
    spans.map((span) => ({
      name: `${name}/${span}`,
      rows: span * inputWidth,
      columns: filters,
      inputBlocks: span,
      bound: glorotBound(span * inputWidth, filters),
      bias: () => 0,
    })),
  compile: ({ name, spans, filters, dropout }, context) => {
    const { workspace, index, weights } = context;
    const below = belowOf(context);
    const width = spans.length * filters;
    const output = workspace.create(`${name} output`, 'f32', workspace.capacity.sentences * width);
    const chosen = workspace.create(`${name} chosen windows`, 'u32', workspace.capacity.sentences * width);
    const set = effectiveWeights(
      workspace,
      below,
      spans.map((span, i) => ({ weights: weights[i], outputs: filters, blocks: span })),
    );
    const paramsOf = (i: number) => ({ columns: below.width, span: spans[i], filters, outputWidth: width, outputOffset: i * filters });
    const masks = dropoutValues(dropout, index);
    return [
      {
        output,
        width,
        rows: 'sentences',
        relu: true,
        keepScale: masks.keepScale,
        projection: null,
        parameters: weights,
        forward: (batch) =>
          set.matrices.flatMap((matrix, i) => [
            ...matrix.forward,
            {
              kernel: convMaxForward,
              buffers: { batch, input: below.output, weights: matrix.buffer, output, chosen },
              params: { ...paramsOf(i), ...masks },
            },
          ]),
        backward: (batch, outputGradient, inputGradient) => [
          ...(inputGradient === null
            ? []
            : set.matrices.map(({ buffer }, i) => ({
                kernel: convMaxInputGradient,
                buffers: { batch, chosen, outputGradient, weights: buffer, inputGradient },
                params: { ...paramsOf(i), accumulate: i > 0 ? 1 : 0 },
              }))),
          ...set.matrices.flatMap((matrix, i) =>
            matrix.update((optimizer, values, state) => ({
              kernel: convMaxWeightUpdate(optimizer),
              buffers: { batch, input: below.output, chosen, outputGradient, weights: values, state },
              params: paramsOf(i),
            })),
          ),
          ...set.finish(),
        ],
      },
    ];
  },
};
