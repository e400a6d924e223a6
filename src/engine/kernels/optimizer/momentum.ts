import { multiplyAdd } from '../wasm/expression';
import type { Optimizer } from './optimizer';

const decay = 0.9;

/** SGD with heavy-ball momentum, as PyTorch's: v <- 0.9 v + g, p <- p - lr v. */
export const momentum: Optimizer = {
  id: 'momentum',
  label: 'SGD with momentum',
  help: 'Gradient descent that keeps nine tenths of its last move, so it rolls through small bumps.',
  stateSlots: 1,
  cost: { flops: 4, bytes: 16 },
  wgsl: /* wgsl */ `
fn update(index: u32, size: u32, count: u32, parameter: vec4f, gradient: vec4f) -> vec4f {
  let velocity = ${decay} * loadState4(index) + gradient;
  storeState4(index, velocity, count);
  return parameter - step.learningRate * velocity;
}
`,
  updateRow({ parameters, state, gradient, start, length, from }, { learningRate }) {
    for (let j = 0; j < length; j++) {
      const velocity = decay * state[start + j] + gradient[from + j];
      state[start + j] = velocity;
      parameters[start + j] -= learningRate * velocity;
    }
  },
  lanes: {
    factors: ({ learningRate }) => [-learningRate],
    update: (parameter, gradient, [before], [factor]) => {
      const velocity = multiplyAdd(decay, before, gradient);
      return { parameter: multiplyAdd(factor, velocity, parameter), state: [velocity] };
    },
  },
};
