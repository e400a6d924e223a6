/** One layer of a network above the embedding lookup, as data: the plan compiles it. */
export type LayerSpecification =
  /** Masked mean of the sentence's word vectors. */
  | { kind: 'embedding-bag-mean' }
  /** Y = dropout(activation(X W + b)). `name` names its weights in checkpoints: (inputs + 1) x units, the last row the bias. */
  | { kind: 'dense'; name: string; units: number; activation: 'relu' | 'none'; dropout: number };

/** What decides a network's layers beside its kind. */
export interface ModelSizes {
  /** Hidden units (H). */
  hidden: number;
  /** Classes (C). */
  classes: number;
  /** Share of hidden units dropped in training. */
  dropout: number;
}

/** A network: a short list of layers. To add one is to write a file like its siblings and a line in `registry.ts`. */
export interface Model {
  id: string;
  label: string;
  help: string;
  layers(sizes: ModelSizes): readonly LayerSpecification[];
}

/** Trainable numbers of the layers, the embedding and B left out, where the bottom layer reads vectors of `inputWidth`. */
export function layerParameters(layers: readonly LayerSpecification[], inputWidth: number): number {
  let width = inputWidth;
  let count = 0;
  for (const layer of layers) {
    if (layer.kind === 'dense') {
      count += (width + 1) * layer.units;
      width = layer.units;
    }
  }
  return count;
}
