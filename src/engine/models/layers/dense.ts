import { denseForward } from '../../kernels/dense/forward';
import { denseInputGradient } from '../../kernels/dense/input-gradient';
import { denseWeightUpdate } from '../../kernels/dense/weight-update';
import { rowKinds } from '../../kernels/shared/rows';
import { effectiveWeights } from './effective-weights';
import { belowOf, dropoutValues, glorotBound, type LayerKind } from './layer';

/** Y = dropout(activation(X W + b)). `name` names its weights in checkpoints: (inputs + 1) x units, the last row the bias. */
export interface DenseLayer {
  kind: 'dense';
  name: string;
  units: number;
  activation: 'relu' | 'none';
  dropout: number;
}

export const dense: LayerKind<DenseLayer> = {
  reads: 'sentences',
  outputWidth: ({ units }) => units,
  weights: ({ name, units }, inputWidth) => [
    { name, rows: inputWidth, columns: units, inputBlocks: 1, bound: glorotBound(inputWidth, units), bias: () => 0 },
  ],
  compile: ({ name, units, activation, dropout }, context) => {
    const { workspace, index, weights } = context;
    const below = belowOf(context);
    const relu = activation === 'relu';
    if (dropout > 0 && !relu) {
      throw new RangeError(`layer "${name}": dropout needs a ReLU, whose zeros carry the mask to the gradient`);
    }
    const rows = { rowKind: rowKinds.sentences, fixedRows: 0 };
    const sizes = { ...rows, inputs: below.width, outputs: units };
    const masks = dropoutValues(dropout, index);
    const output = workspace.create(`${name} output`, 'f32', workspace.capacity.sentences * units);
    // Over factors the mean of A's rows comes in: it commutes with B.
    const set = effectiveWeights(workspace, below, [{ weights: weights[0], outputs: units, blocks: 1 }]);
    const [matrix] = set.matrices;
    return [
      {
        output,
        width: units,
        rows: 'sentences',
        relu,
        keepScale: masks.keepScale,
        projection: null,
        parameters: weights,
        forward: () => [
          ...matrix.forward,
          {
            kernel: denseForward,
            buffers: { input: below.output, weights: matrix.buffer, output },
            params: { ...sizes, bias: 1, relu: relu ? 1 : 0, ...masks },
          },
        ],
        backward: (_batch, outputGradient, inputGradient) => [
          ...(inputGradient === null
            ? []
            : [
                {
                  kernel: denseInputGradient,
                  buffers: { outputGradient, weights: matrix.buffer, input: below.output, inputGradient },
                  params: { ...sizes, masked: below.relu ? 1 : 0, keepScale: below.keepScale, accumulate: 0 },
                },
              ]),
          ...matrix.update((optimizer, values, state) => ({
            kernel: denseWeightUpdate(optimizer),
            buffers: { input: below.output, outputGradient, weights: values, state },
            params: { ...sizes, bias: 1 },
          })),
          ...set.finish(),
        ],
      },
    ];
  },
};
