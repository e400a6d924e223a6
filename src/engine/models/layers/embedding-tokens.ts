import { embeddingGather } from '../../kernels/embedding-rows/gather';
import { embeddingRowsUpdate } from '../../kernels/embedding-rows/update';
import { rowKinds } from '../../kernels/shared/rows';
import type { LayerKind } from './layer';

/** The word vectors themselves, in order: for layers that read a sentence word by word; each once for those that ask for words. Over factors, the rows of A: the layer above takes B in. */
export interface EmbeddingTokensLayer {
  kind: 'embedding-tokens';
}

export const embeddingTokens: LayerKind<EmbeddingTokensLayer> = {
  reads: null,
  outputWidth: (_layer, inputWidth) => inputWidth,
  weights: () => [],
  compile: (_layer, { workspace, embedding, above }) => {
    const { table, rows, columns, projection } = embedding;
    const kind = above === 'words' ? 'words' : 'tokens';
    const output = workspace.create(kind, 'f32', workspace.capacity[kind] * columns);
    const gathered = { rowKind: rowKinds[kind], fixedRows: 0, columns };
    return [
      {
        output,
        width: columns,
        rows: kind,
        relu: false,
        keepScale: 1,
        projection: projection?.parameter ?? null,
        parameters: projection ? [table, projection.parameter] : [table],
        forward: (batch) => [{ kernel: embeddingGather, buffers: { batch, table: table.buffer, output }, params: gathered }],
        backward: (batch, outputGradient) =>
          table.state === null
            ? []
            : [
                {
                  kernel: embeddingRowsUpdate(workspace.optimizer),
                  buffers: { batch, outputGradient, table: table.buffer, state: table.state },
                  params: { ...gathered, rows },
                },
              ],
      },
    ];
  },
};
