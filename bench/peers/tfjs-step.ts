/** The same training step in stock TensorFlow.js: tf.gather, its autodiff and tf.train.adam, on whichever of its backends. */
import * as tf from '@tensorflow/tfjs';
import { type StepData, sizes, tableOf } from '../works/training-step-data';

export class TfjsStep {
  private readonly table: tf.Variable;
  private readonly projection: tf.Variable | null;
  private readonly weights: Map<string, { kernel: tf.Variable; bias: tf.Variable | null }>;
  private readonly batches: { ids: tf.Tensor; labels: tf.Tensor }[];
  private readonly optimizer = tf.train.adam(sizes.learningRate, 0.9, 0.999, 1e-8);
  private next = 0;

  private constructor(
    private readonly backend: string,
    private readonly data: StepData,
  ) {
    const { columns, rows, values } = tableOf(data);
    const { stepCase, sentences, projection } = data;
    this.table = tf.variable(tf.tensor2d(values, [rows, columns]));
    this.projection = projection && tf.variable(tf.tensor2d(projection, [stepCase.rank ?? 0, sizes.columns]));
    this.weights = new Map(
      [...data.weights].map(([name, all]) => {
        const width = name === 'output' ? sizes.classes : name.startsWith('lstm/') ? 4 * sizes.hidden : sizes.hidden;
        const rowsOfAll = all.length / width;
        const biased = !name.endsWith('/recurrent');
        const kernelRows = biased ? rowsOfAll - 1 : rowsOfAll;
        const kernel = tf.variable(tf.tensor2d(all.subarray(0, kernelRows * width), [kernelRows, width]));
        return [name, { kernel, bias: biased ? tf.variable(tf.tensor1d(all.subarray(kernelRows * width))) : null }];
      }),
    );
    const perBatch = sizes.sentences * sizes.words;
    this.batches = Array.from({ length: sizes.batches }, (_, b) => ({
      ids: tf.tensor2d(Int32Array.from(sentences.ids.subarray(b * perBatch, (b + 1) * perBatch)), [sizes.sentences, sizes.words], 'int32'),
      labels: tf.oneHot(
        tf.tensor1d(Int32Array.from(sentences.labels.subarray(b * sizes.sentences, (b + 1) * sizes.sentences)), 'int32'),
        sizes.classes,
      ),
    }));
  }

  static async create(backend: string, data: StepData): Promise<TfjsStep> {
    await tf.setBackend(backend);
    return new TfjsStep(backend, data);
  }

  /** Losses of the first batch, trained on again and again without dropout. */
  async losses(steps: number): Promise<number[]> {
    await tf.setBackend(this.backend);
    const losses: number[] = [];
    for (let i = 0; i < steps; i++) losses.push(await this.settle(this.step(0, false)));
    return losses;
  }

  /** Milliseconds of a step, of so many with one read-back at their end. */
  async run(steps: number): Promise<number> {
    await tf.setBackend(this.backend);
    const start = performance.now();
    for (let i = 0; i < steps; i++) {
      const loss = this.step(this.next++ % sizes.batches, true);
      if (i === steps - 1) await this.settle(loss);
      else loss.dispose();
    }
    return (performance.now() - start) / steps;
  }

  async close(): Promise<void> {
    await tf.setBackend(this.backend);
    this.optimizer.dispose();
    this.table.dispose();
    this.projection?.dispose();
    for (const { kernel, bias } of this.weights.values()) {
      kernel.dispose();
      bias?.dispose();
    }
    for (const { ids, labels } of this.batches) {
      ids.dispose();
      labels.dispose();
    }
  }

  private async settle(loss: tf.Scalar): Promise<number> {
    const [value] = await loss.data();
    loss.dispose();
    return value;
  }

  private step(batch: number, training: boolean): tf.Scalar {
    const { ids, labels } = this.batches[batch];
    const loss = this.optimizer.minimize(() => {
      const vectors = tf.gather(this.table, ids);
      const features = this.features(vectors);
      const kept = training ? tf.dropout(features, sizes.dropout) : features;
      return tf.losses.softmaxCrossEntropy(labels, this.dense('output', kept));
    }, true);
    if (!loss) throw new Error('tfjs gave no loss');
    return loss;
  }

  private features(vectors: tf.Tensor): tf.Tensor2D {
    const { model } = this.data.stepCase;
    if (model === 'dan') {
      const mean = vectors.mean(1);
      return tf.relu(this.dense('hidden', this.projection ? tf.matMul(mean, this.projection) : mean)) as tf.Tensor2D;
    }
    const { projection } = this;
    const width = vectors.shape[2] ?? 0;
    const flat = vectors.reshape([-1, width]);
    const words = (projection ? tf.matMul(flat, projection) : flat) as tf.Tensor2D;
    return model === 'lstm' ? this.lastState(words) : this.filtered(words.reshape([sizes.sentences, sizes.words, sizes.columns]));
  }

  private lastState(words: tf.Tensor2D): tf.Tensor2D {
    const recurrent = this.of('lstm/forward/recurrent').kernel;
    const sums = this.dense('lstm/forward/input', words).reshape([sizes.sentences, sizes.words, 4 * sizes.hidden]);
    let state: tf.Tensor2D = tf.zeros([sizes.sentences, sizes.hidden]);
    let cell: tf.Tensor2D = tf.zeros([sizes.sentences, sizes.hidden]);
    for (const sum of tf.unstack(sums, 1)) {
      const [i, f, g, o] = tf.split(sum.add(tf.matMul(state, recurrent)) as tf.Tensor2D, 4, 1);
      cell = cell.mul(f.sigmoid()).add(i.sigmoid().mul(g.tanh()));
      state = o.sigmoid().mul(cell.tanh());
    }
    return state;
  }

  private filtered(words: tf.Tensor): tf.Tensor2D {
    const largest = [3, 4, 5].map((span) => {
      const { kernel, bias } = this.of(`filters/${span}`);
      const windows = tf.conv1d(words as tf.Tensor3D, kernel.reshape([span, sizes.columns, sizes.hidden]) as tf.Tensor3D, 1, 'valid');
      return tf.relu(windows.add(bias as tf.Variable)).max(1) as tf.Tensor2D;
    });
    return tf.concat(largest, 1);
  }

  private dense(name: string, input: tf.Tensor): tf.Tensor {
    const { kernel, bias } = this.of(name);
    return tf.matMul(input as tf.Tensor2D, kernel as tf.Tensor2D).add(bias as tf.Variable);
  }

  private of(name: string) {
    const found = this.weights.get(name);
    if (!found) throw new RangeError(`no weights "${name}"`);
    return found;
  }
}
