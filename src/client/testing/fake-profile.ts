import type { Profile } from '../../protocol/profile';

/** Where the time of a believable run on WebGPU went: with the steps split by the GPU's clock, or as the host waited for them. */
export function fakeProfile(splitSteps: boolean): Profile {
  const steps = { forward: 4210, backward: 2980, update: 5120 };
  const whole = steps.forward + steps.backward + steps.update;
  return {
    wallMs: 16_200,
    phases: {
      ...{ load: 420, compile: 260, upload: 310 },
      ...(splitSteps ? { ...steps, step: 0 } : { forward: 0, backward: 0, update: 0, step: whole }),
      ...{ factorize: 640, quantize: 810, evaluate: 890, idle: 560 },
    },
    stepTiming: splitSteps ? 'timestamps' : 'waiting',
    steps: { count: 1980, firstMs: 48, laterMs: 6.4 },
  };
}
