import { describe, expect, it } from 'vitest';
import { openCpuDevice } from '../device/cpu';
import type { Device } from '../device/device';
import { adam } from '../kernels/optimizer/adam';
import { findModel } from '../models/registry';
import { trainingStepCost } from '../plan/cost';
import { RunControl } from '../training/control';
import { ExperimentCost, stepWeight } from './cost';
import { dataShape, methodsAtRates } from './plan';
import { runExperiment } from './run';
import { validateSpecification } from './specification';
import { madeUpData, smallSpecification } from './testing';

/** Shares of a whole. */
function shares(costs: ReadonlyMap<string, number>): Map<string, number> {
  const whole = [...costs.values()].reduce((sum, cost) => sum + cost, 0);
  return new Map([...costs].map(([name, cost]) => [name, cost / whole]));
}

/** What the dispatches of training that a device runs cost by their kernels, by the method that `method` names then. */
function counting(device: Device, method: () => string): { device: Device; counted: Map<string, number> } {
  const counted = new Map<string, number>();
  const submit = device.submit.bind(device);
  device.submit = (work) => {
    for (const { program, step } of work) {
      const training = program.dispatches.filter(({ role }) => role !== undefined);
      if (training.length === 0) continue;
      const costs = training.map(({ kernel, params }) => kernel.cost(params, step));
      const sum = (of: 'flops' | 'bytes') => costs.reduce((total, cost) => total + cost[of], 0);
      const weight = stepWeight({ flops: sum('flops'), bytes: sum('bytes'), dispatches: training.length, uploadedBytes: 0 });
      counted.set(method(), (counted.get(method()) ?? 0) + weight);
    }
    submit(work);
  };
  return { device, counted };
}

describe('the estimate of what each method takes', () => {
  it.each(['dan', 'lstm', 'cnn'])('is within 5 % of what an experiment with %s really dispatched', async (model) => {
    const specification = validateSpecification({
      ...smallSpecification,
      model,
      epochs: 3,
      methods: ['full', 'low-rank', 'pre-compressed', 'pre-compressed-frozen', 'codebook'],
    });
    let method = '';
    const { device, counted } = counting(openCpuDevice('A test asked for it.'), () => method);
    await runExperiment({
      specification,
      device,
      prepare: madeUpData,
      control: new RunControl(() => 0),
      emit: (event) => {
        if (event.kind === 'trial-started') method = event.trial.method;
      },
      versions: {},
    });
    const data = madeUpData(specification.seeds[0]);
    const estimated = new ExperimentCost(specification, dataShape(data), data).byMethod();
    expect(estimated.get('codebook')).toBe(0);
    estimated.delete('codebook');
    const real = shares(counted);
    for (const [name, share] of shares(estimated)) expect(Math.abs(share / (real.get(name) ?? 0) - 1), name).toBeLessThan(0.05);
  });

  // Milliseconds a step: 64 sentences of 14 words drawn from 5,253 x 100, H = 100, ranks of 10, least of five; two shared cores, Chromium, WebGPU by SwiftShader.
  it.each([
    { model: 'dan', backend: 'CPU', full: 0.95, lowRank: 0.5, narrow: 0.28 },
    { model: 'dan', backend: 'WebGPU', full: 5.5, lowRank: 3.65, narrow: 1.5 },
    { model: 'lstm', backend: 'CPU', full: 20.95, lowRank: 15.97, narrow: 15.47 },
    { model: 'lstm', backend: 'WebGPU', full: 369.5, lowRank: 307.1, narrow: 294.7 },
    { model: 'cnn', backend: 'CPU', full: 7.85, lowRank: 3.28, narrow: 1.92 },
    { model: 'cnn', backend: 'WebGPU', full: 320.3, lowRank: 58.8, narrow: 63.7 },
  ])('is within a factor of two of what steps of $model took on $backend', ({ model, full, lowRank, narrow }) => {
    const layers = findModel(model).layers({ hidden: 100, classes: 2, dropout: 0.5 });
    const weight = (columns: number, rank: number | null) =>
      stepWeight(
        trainingStepCost({ layers, embedding: { rows: 5253, columns, rank } }, adam, { sentences: 64, tokens: 896, distinctRows: 825 }),
      );
    const real = shares(new Map(Object.entries({ full, lowRank, narrow })));
    const estimated = shares(new Map(Object.entries({ full: weight(100, null), lowRank: weight(100, 10), narrow: weight(10, null) })));
    for (const [name, share] of estimated) {
      const ratio = share / (real.get(name) ?? 0);
      expect(Math.max(ratio, 1 / ratio), name).toBeLessThan(2);
    }
  });

  it('knows what the host does: of a method that trains nothing, and of every setting that validation chooses among', () => {
    const data = madeUpData(1);
    const shape = { ...dataShape(data), table: { rows: 5253, columns: 100 } };
    const operations = (method: string) => {
      const specification = validateSpecification({ ...smallSpecification, methods: ['full', method], rates: [0.9] });
      const [, at] = methodsAtRates(specification, shape);
      return new ExperimentCost(specification, shape, data).operations(at);
    };
    expect(operations('codebook')).toBeGreaterThan(operations('quantized-min-max'));
    expect(operations('product-quantized')).toBeGreaterThan(20 * operations('codebook'));
    // One setting of 8 bits; four of fewer and fewer.
    expect(operations('low-rank-weighted-quantized')).toBeGreaterThan(5 * operations('low-rank-8bit'));
  });
});
