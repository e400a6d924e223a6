import type { DeviceBuffer, Dispatch } from '../../device/device';
import { applyGradient } from '../../kernels/optimizer/apply';
import { gradientOnly } from '../../kernels/optimizer/gradient';
import type { Optimizer } from '../../kernels/optimizer/optimizer';
import { projectionForward } from '../../kernels/projection/forward';
import { projectionGradient } from '../../kernels/projection/gradient';
import { projectionWeightUpdate } from '../../kernels/projection/weight-update';
import type { CompiledLayer, Parameter, Workspace } from './layer';

/** The layer's kernel that sums the gradient of weights and applies an optimizer to it. */
export type WeightUpdate = (optimizer: Optimizer, weights: DeviceBuffer, state: DeviceBuffer) => Dispatch;

/** What a layer multiplies its input by. */
export interface EffectiveWeights {
  /** W, or P = B W over factors: (blocks x width + 1) x outputs, the last row the bias. */
  buffer: DeviceBuffer;
  /** Makes it; before the layer's own forward. */
  forward: readonly Dispatch[];
  /** Updates W; after everything that reads `buffer`. */
  update(weightUpdate: WeightUpdate): Dispatch[];
}

/** The weights of a layer that reads tokens. */
export interface EffectiveWeightSet {
  matrices: readonly EffectiveWeights[];
  /** Updates B, once for all matrices; after their updates. */
  finish(): Dispatch[];
}

/**
 * Over factors a layer that reads tokens reads rows of A and takes B into its weights: A (B W) instead of (A B) W, for a small part of the
 * work, with the same gradients: dW = B^T dP, and dB is the sum of dP W^T over the matrices. All of them read B and W as they were
 * before the step.
 *
 * @param matrices each (blocks x d + 1) x outputs, `blocks` the tokens that the layer sees at once
 */
export function effectiveWeights(
  workspace: Workspace,
  below: Pick<CompiledLayer, 'projection' | 'width'>,
  matrices: readonly { weights: Parameter; outputs: number; blocks: number }[],
): EffectiveWeightSet {
  const { projection, width: rank } = below;
  if (projection === null) {
    return {
      matrices: matrices.map(({ weights }) => ({
        buffer: weights.buffer,
        forward: [],
        update: (weightUpdate) => (weights.state ? [weightUpdate(workspace.optimizer, weights.buffer, weights.state)] : []),
      })),
      finish: () => [],
    };
  }
  const columns = projection.buffer.length / rank;
  const trained = projection.state !== null;
  const gradient = trained ? workspace.create(`${projection.name} gradient`, 'f32', projection.buffer.length) : null;
  return {
    matrices: matrices.map(({ weights, outputs, blocks }, i) => {
      const params = { rank, columns, outputs, blocks, bias: 1 };
      const size = (blocks * rank + 1) * outputs;
      const product = workspace.create(`${weights.name} product`, 'f32', size);
      const productGradient = trained ? workspace.create(`${weights.name} product gradient`, 'f32', size) : null;
      return {
        buffer: product,
        forward: [
          {
            kernel: projectionForward,
            buffers: { projection: projection.buffer, weights: weights.buffer, output: product },
            params,
          },
        ],
        update: (weightUpdate) => {
          if (!weights.state || !productGradient || !gradient) return [];
          return [
            weightUpdate(gradientOnly, product, productGradient),
            {
              kernel: projectionGradient,
              buffers: { productGradient, weights: weights.buffer, gradient },
              params: { ...params, accumulate: i > 0 ? 1 : 0 },
            },
            {
              kernel: projectionWeightUpdate(workspace.optimizer),
              buffers: { projection: projection.buffer, productGradient, weights: weights.buffer, state: weights.state },
              params,
            },
          ];
        },
      };
    }),
    finish: () =>
      projection.state && gradient
        ? [
            {
              kernel: applyGradient(workspace.optimizer),
              buffers: { gradient, parameters: projection.buffer, state: projection.state },
              params: { size: projection.buffer.length },
            },
          ]
        : [],
  };
}
