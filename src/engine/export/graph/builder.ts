import type { CodedMatrix } from '../../compression/coded';
import type { LstmLayer } from '../../models/layers/lstm';
import type { NamedTensor } from '../safetensors-file';
import type { StoredWeights } from '../stored';

/** Name of a tensor that the graph holds or computes. */
export type Value = string;

/** A direction of an LSTM: W with its bias, and U. */
export interface LstmDirection {
  input: StoredWeights;
  recurrent: StoredWeights;
}

/**
 * A file's graph as it is written, by the operations that every format has; arguments broadcast as NumPy's do. B is the batch, T the length of the longest
 * sentence. To add a format is to implement this: the networks are written by it once (`network.ts`).
 */
export interface GraphBuilder {
  /** int32, B x T: rows of the table. */
  readonly ids: Value;
  /** int32, B x 1: tokens of each sentence. */
  readonly lengths: Value;
  /** int32, T or B x T: 0, 1, 2, ... along a sentence. */
  positions(): Value;

  /** Numbers that the file holds, as float32. */
  floats(tensor: NamedTensor): Value;
  /** Whole numbers that the file holds, as int32. */
  integers(name: string, shape: readonly number[], numbers: readonly number[]): Value;
  /**
   * Codes that the file holds as whole numbers, of some rows (int32, any shape S) or of all: S x codes of a row, or rows x codes of a row. In a type of
   * the format's choice: `dequantize` and `indices` read it.
   */
  codes(name: string, coded: CodedMatrix, rows: Value | null): Value;
  /** code x step; `step` broadcasts over the codes: of shape [1], [columns] or [rows, 1]. */
  dequantize(codes: Value, step: NamedTensor): Value;
  /** Codes as int32. */
  indices(codes: Value): Value;

  /** The axis is 0 or -1. */
  gather(values: Value, indices: Value, axis: 0 | -1): Value;
  add(a: Value, b: Value): Value;
  multiply(a: Value, b: Value): Value;
  divide(a: Value, b: Value): Value;
  maximum(a: Value, b: Value): Value;
  /** bool. */
  less(a: Value, b: Value): Value;
  /** float32 of int32 or bool. */
  toFloat(value: Value): Value;
  /** One dimension of size 1 more, at the end. */
  expand(value: Value): Value;
  /** The right one is a matrix. */
  matMul(a: Value, b: Value): Value;
  relu(value: Value): Value;
  /** Side by side: along the last dimension. */
  concatenate(values: readonly Value[]): Value;
  /** B x T x n to B x n. */
  sumOverTime(tokens: Value): Value;
  /** B x T x n to B x n: the largest where the condition (bool, B x T x 1) holds, -3e38 where it never does. */
  maxOverTime(tokens: Value, condition: Value): Value;
  /**
   * B x T x inputs to B x T x filters: at t the window from token t on, zeros behind the end.
   *
   * @param weight (span inputs) x filters
   */
  convolve(tokens: Value, weight: NamedTensor, span: number): Value;
  /** B x T x inputs to B x (directions units); what it gives for an empty sentence is finite. */
  lstm(tokens: Value, layer: LstmLayer, directions: readonly LstmDirection[]): Value;

  /** The graph's result: the softmax of logits (B x classes). */
  probabilities(logits: Value): void;
}
