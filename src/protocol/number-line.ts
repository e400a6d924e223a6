/** Values put onto few levels. */
export interface NumberLineSpecification {
  /** The loaded table's values (padding left out), or 1 to 1,000 numbers of the visitor's own. */
  values: 'table' | number[];
  /** An id of the ways to choose levels: `min-max`, `mse`, `codebook`. */
  quantizer: string;
  /** 2 to 256. */
  levels: number;
  /** Numbers whose fate is asked for, at most 20. */
  probes: number[];
}

export interface NumberLine {
  count: number;
  /** True where the table has more values than are looked at: an even sample stands for them, its extremes included. */
  sampled: boolean;
  minimum: number;
  maximum: number;
  /** Counts of equally wide bins from minimum to maximum. */
  histogram: number[];
  /** The values that the codes stand for, ascending. */
  levels: number[];
  /** Root of the mean squared error, in the values' own unit. */
  rootMeanSquareError: number;
  /** The same over the values' standard deviation. */
  relativeError: number;
  /** Bits a value: log2 of the levels. */
  bits: number;
  /** Bits a value as the experiment stores it: 32 over the codes that fit a 32-bit word. */
  storedBits: number;
  probes: { value: number; becomes: number }[];
}

export interface NumberLineLab {
  quantizers(): Promise<{ id: string; label: string; help: string }[]>;
  numberLine(specification: NumberLineSpecification): Promise<NumberLine>;
}
