/** Time against the size of the table and of the data set, ours alone: what grows with what. Runs of the sizes take turns. */
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Device } from '../../src/engine/device/device';
import { truncatedSvd } from '../../src/engine/svd/svd';
import { type Contender, interleave, repetitionsFor } from '../interleave';
import type { ScaleSeries } from '../results';
import { logLogSlope } from '../statistics';
import { adapterOf, type Backend, type BenchContext, noFindings, type Work } from '../work';
import * as factorization from './factorization-data';
import { mostSteps, OurStep } from './our-step';
import { ourReader, writeGlove } from './parse';
import { sizes, stateBytes, stepData } from './training-step-data';

const words = 'words of the table (V)';
const rounds = 5;
const runMs = 100;

type Subject = Pick<ScaleSeries, 'panel' | 'label' | 'axis'> & { backend: Backend; adapter: string };

/** Times of the sizes, in turn, as a series. */
async function seriesOf(
  work: string,
  subject: Subject,
  { date, say }: BenchContext,
  contenders: readonly (Contender & { size: number })[],
): Promise<ScaleSeries> {
  say(`${work}: ${subject.label}`);
  const measured = await interleave(contenders, rounds);
  const points = measured.map(({ medianMs }, i) => ({ size: contenders[i].size, ms: medianMs }));
  return { work, ...subject, points, slope: logLogSlope(points.map(({ size, ms }) => ({ x: size, y: ms }))), date };
}

const nameOf = (device: Device) => (device.report.backend === 'cpu' ? 'CPU' : 'WebGPU');

async function stepSeries(device: Device, rank: number | null, context: BenchContext): Promise<ScaleSeries> {
  const all = rank === null ? [10_000, 40_000, 100_000, 400_000] : [10_000, 40_000, 100_000, 400_000, 1_000_000];
  const able = all.filter((rows) => (2 / 3) * stateBytes({ model: 'dan', rank, rows }) <= device.maxBufferBytes);
  const steps: OurStep[] = [];
  try {
    const contenders: (Contender & { size: number })[] = [];
    for (const rows of able) {
      const step = await OurStep.create(device, stepData({ model: 'dan', rank, rows }), sizes.dropout);
      steps.push(step);
      // Every batch once: a row's first touch costs the system a page of memory, and is no part of a step.
      const repetitions = repetitionsFor(await step.run(sizes.batches), runMs, mostSteps);
      contenders.push({ name: String(rows), size: rows, run: () => step.run(repetitions) });
    }
    const label = `${nameOf(device)}, ${rank === null ? 'full, d = 300' : `low-rank, r = ${rank}`}`;
    const subject = {
      panel: 'A training step (DAN)',
      label,
      axis: words,
      backend: device.report.backend,
      adapter: adapterOf(device, context),
    };
    return await seriesOf('scale-step', subject, context, contenders);
  } finally {
    for (const step of steps) step.close();
  }
}

/** What takes longer is run once. */
const onceMs = 3000;

async function factorizationSeries(device: Device, context: BenchContext): Promise<ScaleSeries> {
  const contenders: (Contender & { size: number })[] = [];
  for (const size of [3000, 10_000, 30_000, 100_000]) {
    const table = factorization.tableOf(size);
    const run = async () => {
      const start = performance.now();
      await truncatedSvd(table, device, { rank: factorization.rank });
      return performance.now() - start;
    };
    const first = await run();
    contenders.push(first > onceMs ? { name: String(size), size, run: async () => first, most: 1 } : { name: String(size), size, run });
  }
  const subject = { panel: 'Factorization, d = 300', label: nameOf(device), axis: words };
  return seriesOf('scale-svd', { ...subject, backend: device.report.backend, adapter: adapterOf(device, context) }, context, contenders);
}

async function loadSeries(context: BenchContext): Promise<ScaleSeries> {
  const contenders: (Contender & { size: number })[] = [];
  const paths: string[] = [];
  for (const size of [3000, 10_000, 30_000, 100_000]) {
    const path = join(context.folder, `glove-${size}.txt`);
    paths.push(path);
    await writeGlove(path, size);
    const run = async () => {
      const start = performance.now();
      await ourReader.read(path);
      return performance.now() - start;
    };
    await run();
    contenders.push({ name: String(size), size, run });
  }
  const subject = { panel: 'Loading GloVe text, d = 300', label: 'CPU', axis: words, backend: 'cpu' as const, adapter: context.processor };
  const series = await seriesOf('scale-load', subject, context, contenders);
  for (const path of paths) rmSync(path);
  return series;
}

/** An epoch over so many sentences: steps one after the other, each on its own batch. */
async function epochSeries(device: Device, context: BenchContext): Promise<ScaleSeries> {
  const step = await OurStep.create(device, stepData({ model: 'dan', rank: 30, rows: 10_000 }), sizes.dropout);
  try {
    await step.run(1);
    const contenders: (Contender & { size: number })[] = [1024, 4096, 16_384].map((size) => ({
      name: String(size),
      size,
      most: size > 10_000 ? 2 : rounds,
      run: async () => {
        const steps = size / sizes.sentences;
        let ms = 0;
        for (let done = 0; done < steps; done += mostSteps) {
          const some = Math.min(mostSteps, steps - done);
          ms += some * (await step.run(some));
        }
        return ms;
      },
    }));
    const subject = { panel: 'An epoch (DAN, low-rank)', label: nameOf(device), axis: 'sentences of the data set' };
    return await seriesOf(
      'scale-epoch',
      { ...subject, backend: device.report.backend, adapter: adapterOf(device, context) },
      context,
      contenders,
    );
  } finally {
    step.close();
  }
}

function scaleWork(name: string, measure: (context: BenchContext) => Promise<ScaleSeries[]>): Work {
  return { name, quick: false, measure: async (context) => ({ ...noFindings(), scale: await measure(context) }) };
}

async function onEach(context: BenchContext, measure: (device: Device) => Promise<ScaleSeries>): Promise<ScaleSeries[]> {
  const series: ScaleSeries[] = [];
  for (const device of await context.devices()) series.push(await measure(device));
  return series;
}

export const scale: readonly Work[] = [
  scaleWork('scale-step', async (context) => [
    ...(await onEach(context, (device) => stepSeries(device, null, context))),
    ...(await onEach(context, (device) => stepSeries(device, 30, context))),
  ]),
  scaleWork('scale-svd', (context) => onEach(context, (device) => factorizationSeries(device, context))),
  scaleWork('scale-load', async (context) => [await loadSeries(context)]),
  scaleWork('scale-epoch', (context) => onEach(context, (device) => epochSeries(device, context))),
];
