import type { Cost, StepValues } from '../../device/device';
import type { Expression } from '../wasm/expression';

/** Some parameters, one after the other, and where their gradients are. */
export interface UpdatedRow {
  parameters: Float32Array;
  state: Float32Array;
  gradient: Float32Array;
  /** Of all parameters: what a slot of the state has room for. */
  size: number;
  start: number;
  length: number;
  from: number;
}

/**
 * The update rule of an optimizer, fused into the kernels that compute a gradient: each invocation owns a few parameters, sums their
 * gradients and updates them in place. Lazy on embedding rows: a row that is absent from a batch, moments included, stays untouched (as PyTorch's
 * SparseAdam); bias correction goes by the global step.
 */
export interface Optimizer {
  id: string;
  label: string;
  help: string;
  /** Numbers of state kept for each parameter; slot i of parameter p is at `state[i * size + p]`. */
  stateSlots: number;
  /** Of updating one parameter by a gradient that is there; a parameter and its state are read and written. */
  cost: Cost;
  /**
   * `fn update(index: u32, size: u32, count: u32, parameter: vec4f, gradient: vec4f) -> vec4f`: the new values of `count` parameters from `index` on, in
   * the first places of the four; may use `step`, `loadState4` and `storeState4`.
   */
  wgsl: string;
  /** The same for `length` parameters from `start`, whose gradients begin at `from`: where there is no SIMD. */
  updateRow(row: UpdatedRow, step: StepValues): void;
  /** The same as a formula for SIMD. */
  lanes: {
    /** What is the same for all parameters of a step: at most `mostFactors` numbers. */
    factors(step: StepValues): readonly number[];
    update(
      parameter: Expression,
      gradient: Expression,
      state: readonly Expression[],
      factors: readonly Expression[],
    ): { parameter: Expression; state: readonly Expression[] };
  };
}
