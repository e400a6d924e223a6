/**
 * A training step of 64 sentences of 40 tokens: forward, backward, Adam. The same batches, network, weights and optimizer for all; before
 * anything is timed, each peer's losses over the first steps must be ours. Stock tfjs moves every row of the table in a step (its Adam
 * knows no sparse gradients); on a batch that comes again and again that is the same, since an untouched row has no moments.
 */
import { writeFileSync } from 'node:fs';
import { freemem } from 'node:os';
import { join } from 'node:path';
import type { Device } from '../../src/engine/device/device';
import { adam } from '../../src/engine/kernels/optimizer/adam';
import { meanBatch, trainingStepCost } from '../../src/engine/plan/cost';
import { type Contender, interleave, repetitionsFor } from '../interleave';
import { missingPython, PythonPeer, pythonWith } from '../peers/python';
import { TfjsStep } from '../peers/tfjs-step';
import type { Findings } from '../results';
import { adapterOf, type Backend, type BenchContext, noFindings, type Work } from '../work';
import { mostSteps, OurStep } from './our-step';
import { type StepCase, type StepData, type StepModel, sizes, stateBytes, stepData } from './training-step-data';

/** What a run should take, so that a clock's grain doesn't count. */
const runMs = 150;
/** A step that takes longer is run twice, and above the second bound once. */
const slowMs = 1000;
const verySlowMs = 3000;
/** What tfjs's CPU backend can train on in seconds, at a rank of 30. */
const tfjsCpuRows = 200;
/** Losses that must be a peer's, too. */
const checkedSteps = 3;
/** Relative; float32 sums in another order. */
const lossTolerance = 1e-4;

interface StepPeer {
  name: string;
  losses(steps: number): Promise<number[]>;
  run(steps: number): Promise<number>;
  close(): Promise<void> | void;
}

const magnitude = (rows: number) => (rows >= 1e6 ? `${rows / 1e6}m` : rows >= 1e3 ? `${rows / 1e3}k` : `${rows}`);

export function stepName({ model, rank, rows, frequencies = 'zipf' }: StepCase): string {
  return `${model}-step-${rank === null ? 'full' : 'low-rank'}-${magnitude(rows)}${frequencies === 'zipf' ? '' : `-${frequencies}`}`;
}

async function pytorch(data: StepData, { folder }: BenchContext): Promise<StepPeer | null> {
  const python = pythonWith('torch');
  if (!python) return null;
  const file = (name: string, values: Float32Array | Int32Array) => {
    const path = join(folder, `${name.replaceAll('/', '-')}.bin`);
    writeFileSync(path, values);
    return path;
  };
  const peer = PythonPeer.start(python.path, 'training_step.py');
  const { stepCase, sentences, projection } = data;
  const values = new Map([...data.weights, ['embedding', data.pool] as const]);
  if (projection) values.set('projection', projection);
  await peer.ask({
    do: 'build',
    ...stepCase,
    columns: sizes.columns,
    hidden: sizes.hidden,
    sentences: sizes.sentences,
    words: sizes.words,
    learningRate: sizes.learningRate,
    files: Object.fromEntries([...values].map(([name, array]) => [name, file(name, array)])),
    ids: file('ids', Int32Array.from(sentences.ids)),
    labels: file('labels', Int32Array.from(sentences.labels)),
  });
  return {
    name: 'pytorch',
    losses: async (steps) => (await peer.ask<{ losses: number[] }>({ do: 'losses', steps })).losses,
    run: async (steps) => (await peer.ask<{ ms: number }>({ do: 'run', steps })).ms,
    close: () => peer.close(),
  };
}

async function tfjs(name: string, backend: string, data: StepData): Promise<StepPeer> {
  const step = await TfjsStep.create(backend, data);
  return { name, losses: (steps) => step.losses(steps), run: (steps) => step.run(steps), close: () => step.close() };
}

/**
 * Stock tfjs does V d work a step: on a software adapter 30 s at 100,000 rows. Its CPU backend goes through all tokens once a row of the table to
 * sum gradients (UnsortedSegmentSum), minutes at 10,000 rows.
 */
function tfjsTakesPart({ rows, model }: StepCase, { report }: Device): boolean {
  if (report.backend === 'cpu') return rows <= tfjsCpuRows;
  return rows === 10_000 && (model === 'dan' || !report.software);
}

async function peersOn(device: Device, data: StepData, torch: StepPeer | null): Promise<StepPeer[]> {
  const { backend } = device.report;
  const others = tfjsTakesPart(data.stepCase, device) ? [await tfjs(backend === 'cpu' ? 'tfjs-cpu' : 'tfjs', backend, data)] : [];
  return torch ? [torch, ...others] : others;
}

async function demandSameLosses(work: string, data: StepData, device: Device, peers: readonly StepPeer[], steps: number): Promise<void> {
  const ours = await OurStep.create(device, data, 0);
  try {
    const expected = await ours.losses(steps);
    for (const peer of peers) {
      const losses = await peer.losses(steps);
      const same = expected.every((loss, i) => Math.abs(losses[i] - loss) <= lossTolerance * Math.abs(loss));
      if (!same) throw new Error(`${work}: ${peer.name} does other work: its losses are ${losses.join(', ')}, ours ${expected.join(', ')}`);
    }
  } finally {
    ours.close();
  }
}

/** Of one that has run before. */
async function contender(name: string, run: (steps: number) => Promise<number>, { rounds, quick }: BenchContext): Promise<Contender> {
  const once = await run(1);
  if (once > slowMs) {
    // It has just done its first turn.
    const first = [once];
    return { name, run: async () => first.pop() ?? run(1), most: once > verySlowMs || quick ? 1 : Math.min(2, rounds) };
  }
  // Every batch once: a row's first touch costs the system a page of memory, and is no part of a step.
  const warm = await run(sizes.batches);
  const steps = repetitionsFor(warm, runMs, mostSteps);
  return { name, run: () => run(steps) };
}

async function measureOn(device: Device, data: StepData, torch: StepPeer | null, context: BenchContext, findings: Findings): Promise<void> {
  const work = stepName(data.stepCase);
  const adapter = adapterOf(device, context);
  context.say(`${work} on ${device.report.backend}`);
  const peers = await peersOn(device, data, torch);
  try {
    if (data.stepCase.rows <= 10_000) await demandSameLosses(work, data, device, peers, context.quick ? 2 : checkedSteps);
    else for (const peer of peers) await peer.run(1);
    const ours = await OurStep.create(device, data, sizes.dropout);
    try {
      const counts = await ours.counts();
      const contenders = [await contender('ours', (steps) => ours.run(steps), context)];
      for (const peer of peers) contenders.push(await contender(peer.name, (steps) => peer.run(steps), context));
      const [own, ...others] = await interleave(contenders, context.rounds);
      const { flops, bytes } = costOf(data);
      for (const { name, medianMs, runs } of others) {
        findings.rows.push({
          work,
          backend: device.report.backend,
          peer: name,
          oursMs: own.medianMs,
          peerMs: medianMs,
          ratio: medianMs / own.medianMs,
          adapter,
          runs,
          date: context.date,
          ...counts,
          flops: Math.round(flops),
          bytes: Math.round(bytes),
        });
      }
    } finally {
      ours.close();
    }
  } finally {
    for (const peer of peers) if (peer !== torch) await peer.close();
  }
}

/** Counted, not measured: the mean batch of these sentences. */
export function costOf({ stepCase: { rows, rank }, layers, sentences }: StepData) {
  return trainingStepCost({ layers, embedding: { rows, columns: sizes.columns, rank } }, adam, meanBatch(sentences, sizes.sentences));
}

/** Why a case is not run on a device, or null. */
function obstacle(stepCase: StepCase, { report, maxBufferBytes }: Device): string | null {
  // Adam's two moments are one buffer.
  if ((2 / 3) * stateBytes(stepCase) > maxBufferBytes) return `Adam's moments don't fit one buffer of ${report.name}`;
  // Ours, its initial table, and the peer's.
  const needed = 2.5 * stateBytes(stepCase);
  if (needed > freemem()) return `it takes ${(needed / 1e9).toFixed(0)} GB of free memory`;
  return null;
}

function trainingStep(stepCase: StepCase, { quick = false, on = ['webgpu', 'cpu'] }: { quick?: boolean; on?: Backend[] } = {}): Work {
  return {
    name: stepName(stepCase),
    quick,
    async measure(context) {
      const findings = noFindings();
      const devices = (await context.devices()).filter(({ report }) => on.includes(report.backend));
      const able = devices.filter((device) => {
        const reason = obstacle(stepCase, device);
        if (reason) findings.notes.push(`${device.report.backend}: not run, ${reason}.`);
        return reason === null;
      });
      if (able.length === 0) return findings;
      const data = stepData(stepCase);
      const torch = await pytorch(data, context);
      if (!torch) findings.notes.push(missingPython('pytorch', 'torch'));
      try {
        for (const device of able) await measureOn(device, data, torch, context, findings);
      } finally {
        await torch?.close();
      }
      if (stepCase.rows === 10_000) {
        findings.notes.push(
          `tfjs-cpu: not measured, its UnsortedSegmentSum takes minutes for a table of this size; ${stepName(tfjsCpuCase)} is of one that it can do.`,
          'tfjs-wasm: not measured, it has no UnsortedSegmentSum and can train no embedding.',
        );
      }
      return findings;
    },
  };
}

const tfjsCpuCase: StepCase = { model: 'dan', rank: 30, rows: tfjsCpuRows };
const models: readonly StepModel[] = ['dan', 'lstm', 'cnn'];
const rank = 30;

export const trainingSteps: readonly Work[] = [
  trainingStep(tfjsCpuCase, { on: ['cpu'] }),
  ...models.flatMap((model) => [
    ...[10_000, 100_000, 400_000].flatMap((rows) =>
      [null, rank].map((r) => trainingStep({ model, rank: r, rows }, { quick: model === 'dan' && rows === 10_000 })),
    ),
    trainingStep({ model, rank, rows: 1_000_000 }),
    trainingStep({ model, rank: null, rows: 1_000_000 }),
  ]),
  // What an LSTM gains from words that repeat it does not gain here.
  ...[null, rank].map((r) => trainingStep({ model: 'lstm', rank: r, rows: 10_000, frequencies: 'uniform' }, { on: ['cpu'] })),
];
