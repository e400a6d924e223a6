import { embeddingBagMean as mean } from '../../kernels/embedding-bag/mean';
import { embeddingBagUpdate } from '../../kernels/embedding-bag/update';
import type { LayerKind } from './layer';

/** Masked mean of the sentence's word vectors; over factors that of A's rows: the layer above takes B in. */
export interface EmbeddingBagMeanLayer {
  kind: 'embedding-bag-mean';
}

export const embeddingBagMean: LayerKind<EmbeddingBagMeanLayer> = {
  reads: null,
  outputWidth: (_layer, inputWidth) => inputWidth,
  weights: () => [],
  compile: (_layer, { workspace, embedding }) => {
    const { table, rows, columns, projection } = embedding;
    const output = workspace.create('mean', 'f32', workspace.capacity.sentences * columns);
    return [
      {
        output,
        width: columns,
        rows: 'sentences',
        relu: false,
        keepScale: 1,
        projection: projection?.parameter ?? null,
        parameters: projection ? [table, projection.parameter] : [table],
        forward: (batch) => [{ kernel: mean, buffers: { batch, table: table.buffer, output }, params: { columns } }],
        backward: (batch, outputGradient) =>
          table.state === null
            ? []
            : [
                {
                  kernel: embeddingBagUpdate(workspace.optimizer),
                  buffers: { batch, outputGradient, table: table.buffer, state: table.state },
                  params: { rows, columns },
                },
              ],
      },
    ];
  },
};
