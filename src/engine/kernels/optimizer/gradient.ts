import type { Optimizer } from './optimizer';

/** No update: leaves the raw gradient in the state. For tests, and for tfjs's autodiff, which updates by itself. */
export const gradientOnly: Optimizer = {
  id: 'gradient',
  label: 'Gradient only',
  help: 'Leaves the parameters as they are and keeps the gradient.',
  stateSlots: 1,
  cost: { flops: 0, bytes: 4 },
  wgsl: /* wgsl */ `
fn update(index: u32, size: u32, count: u32, parameter: vec4f, gradient: vec4f) -> vec4f {
  storeState4(index, gradient, count);
  return parameter;
}
`,
  updateRow({ state, gradient, start, length, from }) {
    for (let j = 0; j < length; j++) {
      state[start + j] = gradient[from + j];
    }
  },
  lanes: {
    factors: () => [],
    update: (parameter, gradient) => ({ parameter, state: [gradient] }),
  },
};
