import type { Device } from '../device/device';
import { stepWeight } from '../experiment/cost';
import { prepareProbe, probeStepCost } from '../training/probe';

const warmUpSteps = 8;
const measuredSteps = 8;
const turns = 3;

const known = new WeakMap<Device, number>();

/**
 * Milliseconds that a device takes for a unit of counted cost (`stepWeight`): by the probe that it was chosen by, else by some steps of the
 * default experiment that are timed now, once a device. A first guess: networks other than the DAN were measured within a factor of two of it.
 *
 * @param now milliseconds
 */
export async function devicePace(device: Device, now: () => number): Promise<number> {
  const pace = known.get(device) ?? (await stepMs(device, now)) / stepWeight(probeStepCost());
  known.set(device, pace);
  return pace;
}

async function stepMs(device: Device, now: () => number): Promise<number> {
  const { backend, probe } = device.report;
  if (probe) return backend === 'webgpu' ? probe.webgpuStepMs : probe.cpuStepMs;
  const work = await prepareProbe(device, now);
  try {
    await work.time(warmUpSteps);
    let shortest = Number.POSITIVE_INFINITY;
    // Noise only adds.
    for (let turn = 0; turn < turns; turn++) shortest = Math.min(shortest, (await work.time(measuredSteps)) / measuredSteps);
    return shortest;
  } finally {
    work.free();
  }
}
