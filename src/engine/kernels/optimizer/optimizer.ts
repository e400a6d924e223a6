import type { Cost, StepValues } from '../../device/device';

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
  /** The same for `length` parameters from `start`, with their gradients at the head of `gradient`. */
  updateRow(
    parameters: Float32Array,
    state: Float32Array,
    start: number,
    length: number,
    size: number,
    gradient: Float32Array,
    step: StepValues,
  ): void;
}
