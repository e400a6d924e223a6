import type { SortedValues } from '../sorted-values';

/** Levels that were chosen for some values, and which value goes to which. */
export interface FittedQuantizer {
  /** What the codes 0, 1, ... stand for, ascending; no level twice. */
  levels: Float32Array;
  /** The code of each value. */
  encode(values: Float32Array): Uint16Array;
  /** The value of each code. */
  decode(codes: Uint16Array): Float32Array;
  /** Where they are evenly spaced: code k stands for lowest + k step. */
  even: { lowest: number; step: number } | null;
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
  /** About how many operations it takes to fit so many values, and to replace each by its level; in the unit of `TransformPhase.operations`. */
  operations(count: number, levels: number): number;
}
