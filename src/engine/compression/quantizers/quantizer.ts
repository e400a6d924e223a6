import type { SortedValues } from '../sorted-values';

/** Levels that were chosen for some values, and which value goes to which. */
export interface FittedQuantizer {
  /** What the codes 0, 1, ... stand for, ascending; no level twice. */
  levels: Float32Array;
  /** The code of each value. */
  encode(values: Float32Array): Uint16Array;
  /** The value of each code. */
  decode(codes: Uint16Array): Float32Array;
}

/** One way to choose a few levels for many values. To add one is to write a file like its siblings and a line in `registry.ts`. */
export interface Quantizer {
  id: string;
  label: string;
  /** One sentence for a person who meets it for the first time. */
  help: string;
  /**
   * @param values Finite numbers, at least one.
   * @param levels From 2 to 65,536.
   * @param sorted The values in order, where the caller has them so already: sorting takes most of the time.
   */
  fit(values: Float32Array, levels: number, sorted?: SortedValues): FittedQuantizer;
}

/** Each value replaced by its level: what a quantized table holds. */
export function quantizeBy(quantizer: Quantizer): (values: Float32Array, levels: number) => Float32Array {
  return (values, levels) => {
    const { encode, decode } = quantizer.fit(values, levels);
    return decode(encode(values));
  };
}
