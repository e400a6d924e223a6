import type { StepValues } from '../../device/device';
import { minus, multiplyAdd, over, plus, root, times } from '../wasm/expression';
import type { Optimizer } from './optimizer';

const beta1 = 0.9;
const beta2 = 0.999;
const epsilon = 1e-8;

/** Adam's bias corrections at global step t = 1, 2, ...; in float64 on the host, since 1 - 0.999^t in float32 loses digits. */
export function biasCorrections(t: number): { biasCorrection1: number; biasCorrection2: number } {
  return { biasCorrection1: 1 - beta1 ** t, biasCorrection2: 1 - beta2 ** t };
}

/** lr / (1 - beta1^t) and 1 / (1 - beta2^t). */
const factors = (step: StepValues): [number, number] => [step.learningRate / step.biasCorrection1, 1 / step.biasCorrection2];

/** Adam (Kingma, Ba, ICLR 2015), lazy on embedding rows. */
export const adam: Optimizer = {
  id: 'adam',
  label: 'Adam',
  help: 'Gives every parameter a step size of its own, from the running mean and spread of its gradient.',
  stateSlots: 2,
  cost: { flops: 14, bytes: 24 },
  wgsl: /* wgsl */ `
fn update(index: u32, size: u32, count: u32, parameter: vec4f, gradient: vec4f) -> vec4f {
  let m = ${beta1} * loadState4(index) + ${1 - beta1} * gradient;
  let v = ${beta2} * loadState4(size + index) + ${1 - beta2} * gradient * gradient;
  storeState4(index, m, count);
  storeState4(size + index, v, count);
  let rate = step.learningRate / step.biasCorrection1;
  let correction = 1.0 / step.biasCorrection2;
  return parameter - rate * m / (sqrt(v * correction) + ${epsilon});
}
`,
  updateRow({ parameters, state, gradient, size, start, length, from }, step) {
    const [rate, correction] = factors(step);
    for (let j = 0; j < length; j++) {
      const g = gradient[from + j];
      const index = start + j;
      const m = beta1 * state[index] + (1 - beta1) * g;
      const v = beta2 * state[size + index] + (1 - beta2) * g * g;
      state[index] = m;
      state[size + index] = v;
      parameters[index] -= (rate * m) / (Math.sqrt(v * correction) + epsilon);
    }
  },
  lanes: {
    factors,
    update: (parameter, gradient, [m0, v0], [rate, correction]) => {
      const m = multiplyAdd(beta1, m0, times(1 - beta1, gradient));
      const v = multiplyAdd(beta2, v0, times(times(1 - beta2, gradient), gradient));
      const spread = plus(root(times(v, correction)), epsilon);
      return { parameter: minus(parameter, over(times(rate, m), spread)), state: [m, v] };
    },
  },
};
