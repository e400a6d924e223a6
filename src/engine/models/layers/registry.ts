import { type ConvMaxLayer, convMax } from './conv-max';
import { type DenseLayer, dense } from './dense';
import { type EmbeddingBagMeanLayer, embeddingBagMean } from './embedding-bag-mean';
import { type EmbeddingTokensLayer, embeddingTokens } from './embedding-tokens';
import type { LayerKind } from './layer';
import { type LstmLayer, lstm } from './lstm';

/** One layer of a network, as data; the first looks words up. */
export type LayerSpecification = EmbeddingBagMeanLayer | EmbeddingTokensLayer | DenseLayer | LstmLayer | ConvMaxLayer;

const kinds: { [Kind in LayerSpecification['kind']]: LayerKind<Extract<LayerSpecification, { kind: Kind }>> } = {
  'embedding-bag-mean': embeddingBagMean,
  'embedding-tokens': embeddingTokens,
  dense,
  lstm,
  'conv-max': convMax,
};

/** What a layer is, by its kind. */
export function kindOf(layer: LayerSpecification): LayerKind<LayerSpecification> {
  // Each kind is asked of its own layers only.
  return kinds[layer.kind] as LayerKind<LayerSpecification>;
}
