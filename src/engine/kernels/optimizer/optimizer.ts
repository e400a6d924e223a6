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
 * The update rule of an optimizer, fused into the kernels that compute a gradient: each invocation owns one parameter, sums its gradient
 * and updates it in place. Lazy on embedding rows: a row that is absent from a batch, moments included, stays untouched (as PyTorch's
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
  /** `fn update(index: u32, size: u32, parameter: f32, gradient: f32) -> f32`: the new parameter; may use `state` and `step`. */
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
