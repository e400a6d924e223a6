/**
 * What recording a profile costs: training steps of the default experiment's full table, unrecorded, recorded, and on WebGPU split by the
 * GPU's timestamps, in turns; processor time, medians and the ratios between them. Run with `node --import tsx bench/profile.ts [cpu|webgpu]`.
 */
import { installNodeGpu } from '../src/cli/node-gpu';
import { openCpuDevice } from '../src/engine/device/cpu';
import type { Device } from '../src/engine/device/device';
import { openDevice } from '../src/engine/device/open';
import { Recorder } from '../src/engine/device/recorder';
import { prepareProbe } from '../src/engine/training/probe';
import { processor } from './machine';

const turns = 100;
const now = () => performance.now();
/** Microseconds of this process, on whatever thread: what others do on the machine meanwhile is not in it. */
const processorTime = () => {
  const { user, system } = process.cpuUsage();
  return user + system;
};

async function open(): Promise<Device> {
  if (!process.argv.includes('webgpu')) return openCpuDevice('');
  if (!(await installNodeGpu(true))) throw new Error('Node finds no WebGPU adapter.');
  return openDevice('webgpu', { prepare: (device) => prepareProbe(device, now), now, browser: 'Node', lab: '', known: [] });
}

const device = await open();
const work = await prepareProbe(device, now);
const modes = [
  { name: 'unrecorded', recorder: () => null, splitSteps: false },
  { name: 'recorded', recorder: () => new Recorder(now), splitSteps: false },
  { name: 'recorded, steps split', recorder: () => new Recorder(now), splitSteps: true },
];
const times = modes.map((): number[] => []);
for (let turn = 0; turn <= turns; turn++) {
  // The order goes round, lest a place in it be the slower one.
  for (let i = 0; i < modes.length; i++) {
    const at = (i + turn) % modes.length;
    await device.record(modes[at].recorder(), modes[at].splitSteps);
    const before = processorTime();
    await work.time(16);
    times[at].push((processorTime() - before) / 16_000);
  }
}
await device.record(null, false);
const middle = (values: number[]) => values.sort((a, b) => a - b)[Math.floor(values.length / 2)];
const medians = times.map((values) => middle(values));
console.log(`${processor}, ${device.report.name}, ${turns} turns of 16 steps, processor time`);
modes.forEach(({ name }, at) => {
  console.log(`${name}: median ${medians[at].toFixed(3)} ms a step, ${(medians[at] / medians[0]).toFixed(3)} of unrecorded`);
});
work.free();
await device.close();
process.exit(0);
