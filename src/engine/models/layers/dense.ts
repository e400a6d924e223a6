import type { DeviceBuffer, Dispatch } from '../../device/device';
import { denseForward } from '../../kernels/dense/forward';
import { denseInputGradient } from '../../kernels/dense/input-gradient';
import { denseWeightUpdate } from '../../kernels/dense/weight-update';
import { rowKinds } from '../../kernels/shared/rows';
import { belowOf, type CompiledLayer, dropoutValues, glorotBound, type LayerKind, type Parameter, type Workspace } from './layer';

/** Y = dropout(activation(X W + b)). `name` names its weights in checkpoints: (inputs + 1) x units, the last row the bias. */
export interface DenseLayer {
  kind: 'dense';
  name: string;
  units: number;
  activation: 'relu' | 'none';
  dropout: number;
}

export const dense: LayerKind<DenseLayer> = {
  outputWidth: ({ units }) => units,
  weights: ({ name, units }, inputWidth) => [
    { name, rows: inputWidth, columns: units, bound: glorotBound(inputWidth, units), bias: () => 0 },
  ],
  compile: ({ units, activation, dropout }, context) => [
    compileDense(context.workspace, context.weights[0], belowOf(context), {
      units,
      bias: true,
      relu: activation === 'relu',
      dropout,
      index: context.index,
    }),
  ],
};

/** A dense layer above `below`, a row a sentence. */
export function compileDense(
  workspace: Workspace,
  parameter: Parameter,
  below: Pick<CompiledLayer, 'output' | 'width' | 'relu' | 'keepScale'>,
  layer: { units: number; bias: boolean; relu: boolean; dropout: number; index: number },
): CompiledLayer {
  if (layer.dropout > 0 && !layer.relu) {
    throw new RangeError(`layer "${parameter.name}": dropout needs a ReLU, whose zeros carry the mask to the gradient`);
  }
  const inputs = below.width;
  const outputs = layer.units;
  const bias = layer.bias ? 1 : 0;
  const rows = { rowKind: rowKinds.sentences, fixedRows: 0 };
  const dropout = dropoutValues(layer.dropout, layer.index);
  const output = workspace.create(`${parameter.name} output`, 'f32', workspace.capacity.sentences * outputs);
  return {
    output,
    width: outputs,
    rows: 'sentences',
    relu: layer.relu,
    keepScale: dropout.keepScale,
    projection: null,
    parameters: [parameter],
    forward: () => [
      {
        kernel: denseForward,
        buffers: { input: below.output, weights: parameter.buffer, output },
        params: { ...rows, inputs, outputs, bias, relu: layer.relu ? 1 : 0, ...dropout },
      },
    ],
    backward: (_batch: DeviceBuffer, outputGradient: DeviceBuffer, inputGradient: DeviceBuffer | null) => {
      const dispatches: Dispatch[] = [];
      if (inputGradient !== null) {
        dispatches.push({
          kernel: denseInputGradient,
          buffers: { outputGradient, weights: parameter.buffer, input: below.output, inputGradient },
          params: { ...rows, inputs, outputs, masked: below.relu ? 1 : 0, keepScale: below.keepScale, accumulate: 0 },
        });
      }
      if (parameter.state !== null) {
        dispatches.push({
          kernel: denseWeightUpdate(workspace.optimizer),
          buffers: { input: below.output, outputGradient, weights: parameter.buffer, state: parameter.state },
          params: { ...rows, inputs, outputs, bias },
        });
      }
      return dispatches;
    },
  };
}
