import { referenceValues } from '../compression/quantizers/codebook';
import type { Device } from '../device/device';
import { stepWeight } from '../experiment/cost';
import { dan } from '../models/dan';
import { findModel } from '../models/registry';
import { prepareProbe, probeStepCost } from '../training/probe';

/** What a machine takes, before anything of a sweep was measured on it. */
export interface Pace {
  /** Milliseconds of the device for a unit of counted cost (`stepWeight`), by network. */
  msPerCost: ReadonlyMap<string, number>;
  /** Milliseconds of the host for an operation (`TransformPhase.operations`). */
  msPerOperation: number;
}

/** Until then an engine has compiled what it runs: the first steps took three times as long. An LSTM on a software GPU takes as long for one. */
const warmUpMs = 150;
const turns = 5;
const turnMs = 15;
const longestMs = 150;
const mostStepsATurn = 8;

const known = new WeakMap<Device, Map<string, number>>();

/**
 * The pace of a device and of the machine that it is part of. The DAN's is that of the probe which the device was chosen by; the other networks'
 * are measured now, by steps of their own, once a device: a third of a second each, since one network's steps say little of another's.
 *
 * @param models ids of networks
 * @param now milliseconds
 */
export async function measuredPace(device: Device, models: readonly string[], now: () => number): Promise<Pace> {
  const ofDevice = known.get(device) ?? new Map<string, number>();
  known.set(device, ofDevice);
  for (const model of models) {
    if (!ofDevice.has(model)) ofDevice.set(model, (await stepMs(device, model, now)) / stepWeight(probeStepCost(findModel(model))));
  }
  hostPace ??= operationMs(now);
  return { msPerCost: ofDevice, msPerOperation: hostPace };
}

async function stepMs(device: Device, model: string, now: () => number): Promise<number> {
  const { backend, probe } = device.report;
  if (probe && model === dan.id) return backend === 'webgpu' ? probe.webgpuStepMs : probe.cpuStepMs;
  const work = await prepareProbe(device, now, findModel(model));
  try {
    let first = await work.time(1);
    for (let spent = first; spent < warmUpMs; spent += first) first = await work.time(1);
    const steps = Math.max(1, Math.min(mostStepsATurn, Math.floor(turnMs / first)));
    let shortest = first;
    for (let turn = 0, spent = 0; turn < turns && spent < longestMs; turn++) {
      const ms = await work.time(steps);
      spent += ms;
      // Noise only adds.
      shortest = Math.min(shortest, ms / steps);
    }
    return shortest;
  } finally {
    work.free();
  }
}

/** The machine's, whatever its devices. */
let hostPace: number | null = null;

const fittedValues = 20_000;
const fittedLevels = 16;

/** By the choice of a few levels for made-up values: sorting, sums and comparisons, as most of what the host does. */
function operationMs(now: () => number): number {
  const values = Float32Array.from({ length: fittedValues }, (_, i) => Math.sin(i * i));
  let shortest = Number.POSITIVE_INFINITY;
  for (let turn = 0; turn < turns; turn++) {
    const startedAt = now();
    const { encode, decode } = referenceValues.fit(values, fittedLevels);
    decode(encode(values));
    shortest = Math.min(shortest, now() - startedAt);
  }
  return shortest / referenceValues.operations(fittedValues, fittedLevels);
}
