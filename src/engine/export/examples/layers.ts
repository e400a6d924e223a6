import type { LayerSpecification } from '../../models/model';

export type DenseLayer = Extract<LayerSpecification, { kind: 'dense' }>;

/** How a language writes a network's layers, each over `x`, the output of the one below. */
export interface LayerWriter {
  /** Whole lines; each kind is asked of its own layers only. */
  lines: { [Kind in Exclude<LayerSpecification['kind'], 'dense'>]: (layer: Extract<LayerSpecification, { kind: Kind }>) => string[] };
  /** A dense layer as an expression, of the expression below it. */
  dense: (x: string, layer: DenseLayer) => string;
  /** Gives `x` a new value. */
  assign: (expression: string) => string;
}

/** The lines of all layers in turn; dense layers that follow each other are one line. */
export function layerLines(layers: readonly LayerSpecification[], { lines: linesOf, dense, assign }: LayerWriter): string[] {
  const lines: string[] = [];
  let x = 'x';
  for (const [i, layer] of layers.entries()) {
    if (layer.kind === 'dense') x = dense(x, layer);
    else lines.push(...(linesOf[layer.kind] as (layer: LayerSpecification) => string[])(layer));
    if (x !== 'x' && layers[i + 1]?.kind !== 'dense') {
      lines.push(assign(x));
      x = 'x';
    }
  }
  return lines;
}
