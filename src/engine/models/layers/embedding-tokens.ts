import { embeddingGather } from '../../kernels/embedding-rows/gather';
import { embeddingRowsUpdate } from '../../kernels/embedding-rows/update';
import type { LayerKind } from './layer';

/** The word vectors themselves, in order: for layers that read a sentence word by word. Over factors, the rows of A: the layer above takes B in. */
export interface EmbeddingTokensLayer {
  kind: 'embedding-tokens';
}

export const embeddingTokens: LayerKind<EmbeddingTokensLayer> = {
  outputWidth: (_layer, inputWidth) => inputWidth,
  weights: () => [],
  compile: (_layer, { workspace, embedding }) => {
    const { table, rows, columns, projection } = embedding;
    const output = workspace.create('tokens', 'f32', workspace.capacity.tokens * columns);
    return [
      {
        output,
        width: columns,
        rows: 'tokens',
        relu: false,
        keepScale: 1,
        projection: projection?.parameter ?? null,
        parameters: projection ? [table, projection.parameter] : [table],
        forward: (batch) => [{ kernel: embeddingGather, buffers: { batch, table: table.buffer, output }, params: { columns } }],
        backward: (batch, outputGradient) =>
          table.state === null
            ? []
            : [
                {
                  kernel: embeddingRowsUpdate(workspace.optimizer),
                  buffers: { batch, outputGradient, table: table.buffer, state: table.state },
                  params: { rows, columns },
                },
              ],
      },
    ];
  },
};
