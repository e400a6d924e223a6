import type { Optimizer } from './optimizer';

const beta1 = 0.9;
const beta2 = 0.999;
const epsilon = 1e-8;

/** Adam's bias corrections at global step t = 1, 2, ...; in float64 on the host, since 1 - 0.999^t in float32 loses digits. */
export function biasCorrections(t: number): { biasCorrection1: number; biasCorrection2: number } {
  return { biasCorrection1: 1 - beta1 ** t, biasCorrection2: 1 - beta2 ** t };
}

/** Adam (Kingma, Ba, ICLR 2015), lazy on embedding rows. */
export const adam: Optimizer = {
  id: 'adam',
  label: 'Adam',
  help: 'Gives every parameter a step size of its own, from the running mean and spread of its gradient.',
  stateSlots: 2,
  cost: { flops: 14, bytes: 24 },
  wgsl: /* wgsl */ `
fn update(index: u32, size: u32, parameter: f32, gradient: f32) -> f32 {
  let m = ${beta1} * state[index] + ${1 - beta1} * gradient;
  let v = ${beta2} * state[size + index] + ${1 - beta2} * gradient * gradient;
  state[index] = m;
  state[size + index] = v;
  return parameter - step.learningRate * (m / step.biasCorrection1) / (sqrt(v / step.biasCorrection2) + ${epsilon});
}
`,
  updateRow(parameters, state, start, length, size, gradient, step) {
    const rate = step.learningRate / step.biasCorrection1;
    const correction = 1 / step.biasCorrection2;
    for (let j = 0; j < length; j++) {
      const g = gradient[j];
      const index = start + j;
      const m = beta1 * state[index] + (1 - beta1) * g;
      const v = beta2 * state[size + index] + (1 - beta2) * g * g;
      state[index] = m;
      state[size + index] = v;
      parameters[index] -= (rate * m) / (Math.sqrt(v * correction) + epsilon);
    }
  },
};
