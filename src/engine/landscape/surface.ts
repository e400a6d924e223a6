/**
 * A height over [-1, 1] or [-1, 1]^2, with its analytic gradient. In one dimension y is not looked at.
 *
 * Every one rises towards its edges (at each edge the slope points outwards), so that no valley lies on the edge itself.
 */
export interface Field {
  dimensions: 1 | 2;
  height(x: number, y: number): number;
  /** Writes dh/dx, and in two dimensions dh/dy, into `out`. */
  gradient(x: number, y: number, out: Float64Array): void;
}

/** One kind of surface. To add one is to write a file like its siblings and a line in `registry.ts`. */
export interface Surface {
  id: string;
  label: string;
  /** One sentence for a person who meets it for the first time. */
  help: string;
  dimensions: readonly (1 | 2)[];
  /** @param seed of what is drawn by chance; most surfaces have nothing that is. */
  create(dimensions: 1 | 2, seed: number): Field;
}
