import type { DeviceBuffer, Dispatch } from '../../device/device';
import { denseForward } from '../../kernels/dense/forward';
import { denseInputGradient } from '../../kernels/dense/input-gradient';
import { denseWeightUpdate } from '../../kernels/dense/weight-update';
import { wordSums } from '../../kernels/embedding-rows/word-sums';
import { lstmBackward } from '../../kernels/lstm/backward';
import { lstmForward } from '../../kernels/lstm/forward';
import { poolings } from '../../kernels/lstm/gates';
import { rowKinds } from '../../kernels/shared/rows';
import { transposeKernel } from '../../kernels/shared/transpose';
import { type EffectiveWeights, effectiveWeights } from './effective-weights';
import { belowOf, type CompileContext, dropoutValues, glorotBound, type LayerKind, type Parameter } from './layer';

/**
 * A long short-term memory (Hochreiter, Schmidhuber 1997) over each sentence's tokens; its output is the last state, or the largest value of
 * each unit over time, of one direction or of both side by side. An empty sentence has the state 0.
 */
export interface LstmLayer {
  kind: 'lstm';
  name: string;
  /** H, of each direction. */
  units: number;
  bidirectional: boolean;
  pooling: keyof typeof poolings;
  /** Of the output. */
  dropout: number;
}

const directionsOf = ({ bidirectional }: LstmLayer) => (bidirectional ? ['forward', 'backward'] : ['forward']);

/** The forget gate starts open (Jozefowicz, Zaremba, Sutskever, ICML 2015). */
const gateBias = (units: number) => (column: number) => (Math.floor(column / units) === 1 ? 1 : 0);

export const lstm: LayerKind<LstmLayer> = {
  reads: 'words',
  outputWidth: (layer) => layer.units * directionsOf(layer).length,
  weights: (layer, inputWidth) =>
    directionsOf(layer).flatMap((direction) => [
      {
        name: `${layer.name}/${direction}/input`,
        rows: inputWidth,
        columns: 4 * layer.units,
        inputBlocks: 1,
        bound: glorotBound(inputWidth, layer.units),
        bias: gateBias(layer.units),
      },
      {
        name: `${layer.name}/${direction}/recurrent`,
        rows: layer.units,
        columns: 4 * layer.units,
        inputBlocks: 0,
        bound: glorotBound(layer.units, layer.units),
        bias: null,
      },
    ]),
  compile: (layer, context) => {
    const { workspace, index, weights: parameters } = context;
    const below = belowOf(context);
    const width = layer.units * directionsOf(layer).length;
    const output = workspace.create(`${layer.name} output`, 'f32', workspace.capacity.sentences * width);
    const chosen = workspace.create(`${layer.name} chosen tokens`, 'u32', workspace.capacity.sentences * width);
    const inputs = effectiveWeights(
      workspace,
      below,
      directionsOf(layer).map((_, d) => ({ weights: parameters[2 * d], outputs: 4 * layer.units, blocks: 1 })),
    );
    const directions = inputs.matrices.map((input, d) =>
      compileDirection(layer, context, {
        input,
        recurrent: parameters[2 * d + 1],
        output,
        chosen,
        params: {
          hidden: layer.units,
          backwards: d,
          pooling: poolings[layer.pooling],
          outputWidth: width,
          outputOffset: d * layer.units,
          ...dropoutValues(layer.dropout, index),
        },
      }),
    );
    return [
      {
        output,
        width,
        rows: 'sentences',
        // The kernels mask their own gradient.
        relu: false,
        keepScale: 1,
        projection: null,
        parameters,
        forward: (batch) => directions.flatMap((direction) => direction.forward(batch)),
        backward: (batch, outputGradient, inputGradient) => [
          ...directions.flatMap((direction, d) => direction.gradients(batch, outputGradient, inputGradient, d > 0)),
          ...directions.flatMap((direction) => direction.updates()),
          ...inputs.finish(),
        ],
      },
    ];
  },
};

interface Direction {
  input: EffectiveWeights;
  recurrent: Parameter;
  output: DeviceBuffer;
  chosen: DeviceBuffer;
  params: Record<string, number>;
}

/**
 * One direction: X Wx + b of all words at once, which a word's tokens have in common, then the recurrence. Back, the gradients of a word's tokens are
 * summed first, and both products taken of the sums. In text fewer than half of a batch's tokens are words that it has not had yet.
 */
function compileDirection({ name, units }: LstmLayer, context: CompileContext, { input, recurrent, output, chosen, params }: Direction) {
  const { workspace } = context;
  const below = belowOf(context);
  const { tokens, words } = workspace.capacity;
  const buffer = (what: string, length: number) => workspace.create(`${name} ${what}`, 'f32', length);
  const products = buffer('products', words * 4 * units);
  const gates = buffer('gates', tokens * 4 * units);
  const cells = buffer('cells', tokens * units);
  const previous = buffer('previous states', tokens * units);
  const trained = recurrent.state !== null;
  const gatesGradient = trained ? buffer('gates gradient', tokens * 4 * units) : null;
  const productsGradient = trained ? buffer('products gradient', words * 4 * units) : null;
  const transposed = trained ? buffer('transposed', recurrent.buffer.length) : null;
  const product = { rowKind: rowKinds.words, fixedRows: 0, inputs: below.width, outputs: 4 * units };
  return {
    forward: (batch: DeviceBuffer): Dispatch[] => [
      ...input.forward,
      {
        kernel: denseForward,
        buffers: { input: below.output, weights: input.buffer, output: products },
        params: { ...product, bias: 1, relu: 0, ...dropoutValues(0, 0) },
      },
      {
        kernel: lstmForward,
        buffers: { batch, products, weights: recurrent.buffer, gates, cells, previous, output, chosen },
        params,
      },
    ],
    /** Everything that reads the weights as they are. */
    gradients: (batch: DeviceBuffer, outputGradient: DeviceBuffer, inputGradient: DeviceBuffer | null, accumulate: boolean): Dispatch[] => {
      if (!gatesGradient || !productsGradient || !transposed) return [];
      return [
        {
          kernel: transposeKernel,
          buffers: { input: recurrent.buffer, output: transposed },
          params: { rows: units, columns: 4 * units },
        },
        {
          kernel: lstmBackward,
          buffers: { batch, transposed, gates, cells, chosen, outputGradient, gatesGradient },
          params,
        },
        {
          kernel: wordSums,
          buffers: { batch, input: gatesGradient, output: productsGradient },
          params: { columns: 4 * units },
        },
        ...(inputGradient === null
          ? []
          : [
              {
                kernel: denseInputGradient,
                buffers: { outputGradient: productsGradient, weights: input.buffer, input: below.output, inputGradient },
                params: { ...product, masked: 0, keepScale: 1, accumulate: accumulate ? 1 : 0 },
              },
            ]),
      ];
    },
    updates: (): Dispatch[] => {
      if (!gatesGradient || !productsGradient || !recurrent.state) return [];
      return [
        ...input.update((optimizer, weights, state) => ({
          kernel: denseWeightUpdate(optimizer),
          buffers: { input: below.output, outputGradient: productsGradient, weights, state },
          params: { ...product, bias: 1 },
        })),
        {
          kernel: denseWeightUpdate(workspace.optimizer),
          buffers: { input: previous, outputGradient: gatesGradient, weights: recurrent.buffer, state: recurrent.state },
          params: { rowKind: rowKinds.tokens, fixedRows: 0, inputs: units, outputs: 4 * units, bias: 0 },
        },
      ];
    },
  };
}
