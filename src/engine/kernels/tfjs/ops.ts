/** The lab's layers as differentiable TensorFlow.js operations; the gradients are the lab's own backward kernels. */
import * as tf from '@tensorflow/tfjs';
import type { StepValues } from '../../device/device';
import { denseForward } from '../dense/forward';
import { denseInputGradient } from '../dense/input-gradient';
import { denseWeightUpdate } from '../dense/weight-update';
import { embeddingBagMean } from '../embedding-bag/mean';
import { embeddingBagUpdate } from '../embedding-bag/update';
import { gradientOnly } from '../optimizer/gradient';
import { rowKinds } from '../shared/rows';
import { outcomeFields, softmaxCrossEntropy } from '../softmax-cross-entropy/softmax-cross-entropy';
import { callKernel, type KernelCall, tfjsName } from './register';

/** Sizes of the batch that lies in a `batch` tensor (int32, as `kernels/batch/layout.ts` lays it out). */
export type BatchSizes = Pick<StepValues, 'sentences' | 'tokens' | 'distinctRows' | 'batchOffset'>;

/** Mean of the table's rows that each sentence names: table V x n -> sentences x n. */
export function embeddingBag(table: tf.Tensor2D, batch: tf.Tensor1D, sizes: BatchSizes): tf.Tensor2D {
  const [rows, columns] = table.shape;
  const call: KernelCall = { params: { columns, rows }, step: sizes, outputs: { output: [sizes.sentences, columns] } };
  return callKernel(embeddingBagMean, { batch, table }, call)[0] as tf.Tensor2D;
}

/** Y = activation(X W + b) of a weights tensor (inputs + 1) x outputs, its last row the bias, or inputs x outputs without one. */
export function dense(input: tf.Tensor2D, weights: tf.Tensor2D, layer: { bias: boolean; relu: boolean }): tf.Tensor2D {
  const [sentences, inputs] = input.shape;
  const outputs = weights.shape[1];
  const params = {
    rowKind: rowKinds.sentences,
    fixedRows: 0,
    inputs,
    outputs,
    bias: layer.bias ? 1 : 0,
    relu: layer.relu ? 1 : 0,
    dropThreshold: 0,
    keepScale: 1,
    dropoutSalt: 0,
  };
  return callKernel(
    denseForward,
    { input, weights },
    { params, step: { sentences }, outputs: { output: [sentences, outputs] } },
  )[0] as tf.Tensor2D;
}

/** Mean cross-entropy of softmax(logits) against the labels that lie in `batch`: a scalar. */
export function meanCrossEntropy(logits: tf.Tensor2D, batch: tf.Tensor1D, sizes: BatchSizes): tf.Scalar {
  const [sentences, classes] = logits.shape;
  const outputs = callKernel(
    softmaxCrossEntropy,
    { batch, logits },
    { params: { classes }, step: sizes, outputs: { logitsGradient: [sentences, classes], outcomes: [sentences, outcomeFields] } },
  );
  return tf.mean(tf.slice(outputs[1], [0, 0], [sentences, 1])) as tf.Scalar;
}

/** Registers the backward kernels as tfjs gradients. Safe to call again. */
export function registerGradients(): void {
  tf.registerGradient({
    kernelName: tfjsName(embeddingBagMean),
    inputsToSave: ['batch', 'table'],
    gradFunc: (dy, saved, attrs) => {
      const [batch, table] = saved;
      const { params, step } = attrs as unknown as KernelCall;
      const outputGradient = dy as tf.Tensor;
      // The state of `gradient` is the gradient; the table itself comes back as it was.
      return {
        table: () =>
          callKernel(
            embeddingBagUpdate(gradientOnly),
            { batch, outputGradient, table },
            { params, step, outputs: { table: table.shape, state: table.shape } },
          )[1],
        batch: () => tf.zerosLike(batch),
      };
    },
  });
  tf.registerGradient({
    kernelName: tfjsName(denseForward),
    inputsToSave: ['input', 'weights'],
    outputsToSave: [true],
    gradFunc: (dy, saved, attrs) => {
      const [input, weights, output] = saved;
      const { params, step } = attrs as unknown as KernelCall;
      const outputGradient = params.relu === 1 ? tf.mul(dy as tf.Tensor, tf.cast(tf.greater(output, 0), 'float32')) : (dy as tf.Tensor);
      return {
        input: () =>
          callKernel(
            denseInputGradient,
            { outputGradient, weights, input },
            { params: { ...params, masked: 0, keepScale: 1, accumulate: 0 }, step, outputs: { inputGradient: input.shape } },
          )[0],
        weights: () =>
          callKernel(
            denseWeightUpdate(gradientOnly),
            { input, outputGradient, weights },
            { params, step, outputs: { weights: weights.shape, state: weights.shape } },
          )[1],
      };
    },
  });
  tf.registerGradient({
    kernelName: tfjsName(softmaxCrossEntropy),
    inputsToSave: ['batch'],
    outputsToSave: [true, false],
    gradFunc: (dy, saved, attrs) => {
      const [batch, logitsGradient] = saved;
      const { step } = attrs as unknown as KernelCall;
      const [, outcomesGradient] = dy as tf.Tensor[];
      // The kernel's gradient is of the mean loss; dy weighs each sentence's own.
      const weights = tf.mul(tf.slice(outcomesGradient, [0, 0], [-1, 1]), step.sentences ?? 0);
      return { logits: () => tf.mul(logitsGradient, weights), batch: () => tf.zerosLike(batch) };
    },
  });
}
