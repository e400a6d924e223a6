import type { WeightSpecification } from './layers/layer';
import { kindOf, type LayerSpecification } from './layers/registry';

export type { LayerSpecification } from './layers/registry';

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
  /** Where the label is long: the abbreviation that the field has for it. */
  short?: string;
  help: string;
  layers(sizes: ModelSizes): readonly LayerSpecification[];
}

/** Every layer's trainable matrices, where the bottom one looks up vectors of `inputWidth`; the embedding and B are not among them. */
export function weightSpecifications(layers: readonly LayerSpecification[], inputWidth: number): WeightSpecification[][] {
  let width = inputWidth;
  return layers.map((layer) => {
    const kind = kindOf(layer);
    const weights = [...kind.weights(layer, width)];
    width = kind.outputWidth(layer, width);
    return weights;
  });
}

/** The matrices that read word vectors, of d numbers each: those of the lowest layer that has any. */
export function embeddingReaders(layers: readonly LayerSpecification[], d: number): WeightSpecification[] {
  const lowest = weightSpecifications(layers, d).find((weights) => weights.length > 0) ?? [];
  return lowest.filter(({ inputBlocks }) => inputBlocks > 0);
}

/** Numbers of a matrix, its bias included. */
export function weightLength({ rows, columns, bias }: WeightSpecification): number {
  return (rows + (bias === null ? 0 : 1)) * columns;
}

/** Trainable numbers of the layers, the embedding and B left out. */
export function layerParameters(layers: readonly LayerSpecification[], inputWidth: number): number {
  return weightSpecifications(layers, inputWidth)
    .flat()
    .reduce((sum, weights) => sum + weightLength(weights), 0);
}
