import { multiplyAdd } from '../wasm/expression';
import type { Optimizer } from './optimizer';

/** Stochastic gradient descent: p <- p - lr g. */
export const sgd: Optimizer = {
  id: 'sgd',
  label: 'SGD',
  help: 'Plain gradient descent: every parameter moves by its gradient times the learning rate.',
  stateSlots: 0,
  cost: { flops: 2, bytes: 8 },
  wgsl: /* wgsl */ `
fn update(index: u32, size: u32, count: u32, parameter: vec4f, gradient: vec4f) -> vec4f {
  return parameter - step.learningRate * gradient;
}
`,
  updateRow({ parameters, gradient, start, length, from }, { learningRate }) {
    for (let j = 0; j < length; j++) {
      parameters[start + j] -= learningRate * gradient[from + j];
    }
  },
  lanes: {
    factors: ({ learningRate }) => [-learningRate],
    update: (parameter, gradient, _state, [factor]) => ({ parameter: multiplyAdd(factor, gradient, parameter), state: [] }),
  },
};
