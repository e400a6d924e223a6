/** For tests only: runs a TensorFlow.js export on the backend that is set. */
import * as tf from '@tensorflow/tfjs';
import type { ExportFile } from '../../protocol/export';
import type { ExportableModel } from '../export/format';
import type { RunBatch } from './exportable';

export async function loadTfjs(files: readonly ExportFile[]): Promise<tf.GraphModel> {
  const [description, ...shards] = files.filter(({ path }) => path === 'model.json' || path.endsWith('.bin'));
  const weights = await new Blob(shards.map(({ bytes }) => bytes as Uint8Array<ArrayBuffer>)).arrayBuffer();
  // Opened synchronously, it runs asynchronously as well.
  return tf.loadGraphModelSync([JSON.parse(new TextDecoder().decode(description.bytes)), weights]) as unknown as tf.GraphModel;
}

export function runTfjs(model: tf.GraphModel, { layers }: Pick<ExportableModel, 'layers'>): RunBatch {
  const loops = layers.some(({ kind }) => kind === 'lstm');
  return async ({ ids, lengths, longest }) => {
    const inputs = { ids: tf.tensor2d(ids, [lengths.length, longest], 'int32'), lengths: tf.tensor1d(lengths, 'int32') };
    const probabilities = (loops ? await model.executeAsync(inputs) : model.execute(inputs)) as tf.Tensor;
    const values = await probabilities.data();
    tf.dispose([inputs.ids, inputs.lengths, probabilities]);
    return values;
  };
}
