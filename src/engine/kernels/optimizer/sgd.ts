import type { Optimizer } from './optimizer';

/** Stochastic gradient descent: p <- p - lr g. */
export const sgd: Optimizer = {
  id: 'sgd',
  label: 'SGD',
  help: 'Plain gradient descent: every parameter moves by its gradient times the learning rate.',
  stateSlots: 0,
  cost: { flops: 2, bytes: 8 },
  wgsl: /* wgsl */ `
fn update(index: u32, size: u32, parameter: f32, gradient: f32) -> f32 {
  return parameter - step.learningRate * gradient;
}
`,
  updateRow(parameters, _state, start, length, _size, gradient, step) {
    for (let j = 0; j < length; j++) {
      parameters[start + j] -= step.learningRate * gradient[j];
    }
  },
};
