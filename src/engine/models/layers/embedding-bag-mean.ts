import { embeddingBagMean as mean } from '../../kernels/embedding-bag/mean';
import { embeddingBagUpdate } from '../../kernels/embedding-bag/update';
import { compileDense } from './dense';
import type { CompiledLayer, LayerKind } from './layer';

/** Masked mean of the sentence's word vectors. */
export interface EmbeddingBagMeanLayer {
  kind: 'embedding-bag-mean';
}

export const embeddingBagMean: LayerKind<EmbeddingBagMeanLayer> = {
  outputWidth: (_layer, inputWidth) => inputWidth,
  weights: () => [],
  compile: (_layer, { workspace, embedding, index }) => {
    const { table, rows, columns, projection } = embedding;
    const output = workspace.create('mean', 'f32', workspace.capacity.sentences * columns);
    const bag: CompiledLayer = {
      output,
      width: columns,
      rows: 'sentences',
      relu: false,
      keepScale: 1,
      projection: null,
      parameters: [table],
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
    };
    if (projection === null) return [bag];
    // The mean commutes with B, so B is applied once a sentence, to the mean of A's rows.
    const layer = { units: projection.columns, bias: false, relu: false, dropout: 0, index };
    return [bag, compileDense(workspace, projection.parameter, bag, layer)];
  },
};
