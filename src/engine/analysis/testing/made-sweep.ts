import type { DeviceReport } from '../../../protocol/device';
import type { ResultRow } from '../../../protocol/results';
import type { SweepCell, SweepResults, SweepSpecification } from '../../../protocol/sweep';
import { findMethod } from '../../compression/registry';
import { defaultSpecification } from '../../experiment/specification';
import { Random } from '../../random';
import { groupKey } from '../../sweep/keys';
import { settingsOf } from '../settings';

export const adapter: DeviceReport = {
  backend: 'cpu',
  name: 'CPU backend',
  vendor: '',
  architecture: '',
  software: false,
  reason: 'A test asked for it.',
  probe: null,
};

const { embeddings, dataset, split, hidden, dropout, wordDropout, optimizer, batchSize, epochs } = defaultSpecification;

export function specificationOf(patch: Partial<SweepSpecification> = {}): SweepSpecification {
  return {
    version: 1,
    embeddings,
    split,
    hidden,
    dropout,
    wordDropout,
    optimizer,
    batchSize,
    epochs,
    learningRates: {},
    tasks: [{ dataset, task: 'sentiment' }],
    models: ['dan'],
    schedules: [{ id: 'calr', parameters: {} }],
    methods: ['full', 'low-rank', 'codebook'],
    rates: [0.9],
    seeds: [1, 2, 3, 4, 5, 6, 7, 8],
    ...patch,
  };
}

/** What a made-up cell is of. */
export interface MadeCell {
  method: string;
  rate: number | null;
  model: string;
  schedule: string;
  task: string;
  seed: number;
}

/** Accuracies that a made-up sweep is to have; null where it is to have no cell. */
export type AccuracyOf = (cell: MadeCell) => { test: number; validation?: number } | null;

/** Finished results of a specification, with test items that agree with the accuracies as nearly as their number allows. */
export function madeSweep(specification: SweepSpecification, accuracyOf: AccuracyOf, testCount = 1000): SweepResults {
  const cells: SweepCell[] = [];
  for (const setting of settingsOf(specification)) {
    for (const seed of specification.seeds) {
      for (const method of specification.methods) {
        for (const rate of findMethod(method).setting ? specification.rates : [null]) {
          const of = { method, rate, model: setting.model, schedule: setting.schedule.id, task: setting.task.task, seed };
          const accuracy = accuracyOf(of);
          if (accuracy) cells.push({ group: groupKey({ ...setting, seed }), adapter: 0, ...madeCell(of, accuracy, testCount) });
        }
      }
    }
  }
  return { kind: 'lowrank-lab-sweep', specification, versions: { 'lowrank-lab': '0.1.0' }, adapters: [adapter], cells, gaps: [] };
}

function madeCell({ method, rate, seed }: MadeCell, accuracy: { test: number; validation?: number }, testCount: number) {
  const right = Math.round(accuracy.test * testCount);
  const items = Array.from({ length: testCount }, (_, i) => i < right);
  // Of one seed a better method gets right what a worse one does, and more.
  new Random(seed).shuffle(items);
  const bits = new Uint8Array(Math.ceil(testCount / 8));
  for (const [i, isRight] of items.entries()) if (isRight) bits[i >> 3] |= 1 << (i & 7);
  const row: ResultRow = {
    method,
    requestedRate: rate,
    rate: rate ?? 0,
    bytes: Math.round(4_000_000 * (1 - (rate ?? 0))),
    networkBytes: Math.round(4_000_000 * (1 - (rate ?? 0))) + 40_000,
    rank: rate === null ? null : 10,
    levels: null,
    groups: null,
    validationAccuracy: accuracy.validation ?? accuracy.test,
    validationMacroF1: accuracy.validation ?? accuracy.test,
    testAccuracy: right / testCount,
    beforeRetrainingAccuracy: method === 'low-rank' ? Math.max(0, right / testCount - 0.01) : null,
    beforeRetrainingMacroF1: method === 'low-rank' ? Math.max(0, right / testCount - 0.01) : null,
    macroF1: right / testCount,
    majorityAccuracy: 0.5,
    testCount,
    learningRate: 1e-3,
    steps: 100,
    seconds: 1,
    seed,
  };
  return { row, correct: btoa(String.fromCharCode(...bits)) };
}

/** A small spread over seeds that is the same for the same key. */
export function noise(seed: number, key: string, size: number): number {
  const random = new Random([...key].reduce((sum, letter) => (Math.imul(sum, 31) + letter.charCodeAt(0)) >>> 0, seed));
  return size * random.normal();
}
