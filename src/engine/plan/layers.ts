import type { Device, DeviceBuffer, Dispatch } from '../device/device';
import { denseForward } from '../kernels/dense/forward';
import { denseInputGradient } from '../kernels/dense/input-gradient';
import { denseWeightUpdate } from '../kernels/dense/weight-update';
import { embeddingBagMean } from '../kernels/embedding-bag/mean';
import { embeddingBagUpdate } from '../kernels/embedding-bag/update';
import type { Optimizer } from '../kernels/optimizer/optimizer';

/** A trainable buffer, with its optimizer's state where it is trained. */
export interface Parameter {
  /** `embedding`, `projection`, or the layer's own name. */
  name: string;
  buffer: DeviceBuffer;
  state: DeviceBuffer | null;
}

/** What the layer above must know of the one below to send a gradient down. */
interface Below {
  output: DeviceBuffer;
  width: number;
  relu: boolean;
  keepScale: number;
}

/** A layer over its buffers. */
export interface CompiledLayer extends Below {
  parameter: Parameter;
  /** Dispatches over a batch that lies in `batch`. */
  forward(batch: DeviceBuffer): Dispatch[];
  /** Dispatches that send the gradient of the layer's output down (null: nobody below wants it), then update its parameter. */
  backward(batch: DeviceBuffer, outputGradient: DeviceBuffer, inputGradient: DeviceBuffer | null): Dispatch[];
}

/** How buffers are made: the network owns and frees them all. */
export interface Workspace {
  device: Device;
  create(label: string, type: 'f32' | 'u32', lengthOrData: number | Float32Array): DeviceBuffer;
  /** Sentences that every activation has room for. */
  capacity: number;
  optimizer: Optimizer;
}

/** A parameter with its initial values; untrained ones get no state. */
export function createParameter(workspace: Workspace, name: string, values: Float32Array, trained: boolean): Parameter {
  const buffer = workspace.create(name, 'f32', values);
  // The binding must hold an element even where the optimizer keeps nothing.
  const state = trained ? workspace.create(`${name} state`, 'f32', Math.max(1, workspace.optimizer.stateSlots * values.length)) : null;
  return { name, buffer, state };
}

/** The bottom layer: the mean of the table's rows that a sentence names. */
export function compileEmbeddingBagMean(workspace: Workspace, parameter: Parameter, rows: number, columns: number): CompiledLayer {
  const output = workspace.create('mean', 'f32', workspace.capacity * columns);
  return {
    output,
    width: columns,
    relu: false,
    keepScale: 1,
    parameter,
    forward: (batch) => [{ kernel: embeddingBagMean, buffers: { batch, table: parameter.buffer, output }, params: { columns } }],
    backward: (batch, outputGradient) =>
      parameter.state === null
        ? []
        : [
            {
              kernel: embeddingBagUpdate(workspace.optimizer),
              buffers: { batch, outputGradient, table: parameter.buffer, state: parameter.state },
              params: { rows, columns },
            },
          ],
  };
}

/** A dense layer above `below`; `index` tells its dropout masks from another layer's. */
export function compileDense(
  workspace: Workspace,
  parameter: Parameter,
  below: Below,
  layer: { units: number; bias: boolean; relu: boolean; dropout: number; index: number },
): CompiledLayer {
  if (layer.dropout > 0 && !layer.relu) {
    throw new RangeError(`layer "${parameter.name}": dropout needs a ReLU, whose zeros carry the mask to the gradient`);
  }
  const inputs = below.width;
  const outputs = layer.units;
  const bias = layer.bias ? 1 : 0;
  const keepScale = 1 / (1 - layer.dropout);
  const output = workspace.create(`${parameter.name} output`, 'f32', workspace.capacity * outputs);
  return {
    output,
    width: outputs,
    relu: layer.relu,
    keepScale,
    parameter,
    forward: () => [
      {
        kernel: denseForward,
        buffers: { input: below.output, weights: parameter.buffer, output },
        params: {
          inputs,
          outputs,
          bias,
          relu: layer.relu ? 1 : 0,
          dropThreshold: Math.floor(layer.dropout * 2 ** 32),
          keepScale,
          dropoutSalt: layer.index,
        },
      },
    ],
    backward: (_batch, outputGradient, inputGradient) => {
      const dispatches: Dispatch[] = [];
      if (inputGradient !== null) {
        dispatches.push({
          kernel: denseInputGradient,
          buffers: { outputGradient, weights: parameter.buffer, input: below.output, inputGradient },
          params: { inputs, outputs, masked: below.relu ? 1 : 0, keepScale: below.keepScale },
        });
      }
      if (parameter.state !== null) {
        dispatches.push({
          kernel: denseWeightUpdate(workspace.optimizer),
          buffers: { input: below.output, outputGradient, weights: parameter.buffer, state: parameter.state },
          params: { inputs, outputs, bias },
        });
      }
      return dispatches;
    },
  };
}
