import * as tf from '@tensorflow/tfjs';
import { describe, expect, it } from 'vitest';
import type { Lab } from '../../protocol/lab';
import type { ExperimentSpecification } from '../../protocol/specification';
import type { SweepSpecification } from '../../protocol/sweep';
import { openCpuDevice } from '../device/cpu';
import type { Device } from '../device/device';
import { openDevice, type ProbeEnvironment } from '../device/open';
import type { WebGpuDevice } from '../device/webgpu';
import { prepareProbe } from '../training/probe';
import { createLab } from './lab';

const now = () => performance.now();

const probing: ProbeEnvironment = {
  prepare: (device) => prepareProbe(device, now),
  now,
  browser: 'a browser 1',
  lab: '1.0.0',
  known: [],
};

/** A lab on the real bundled data, and every device that it opened. */
async function openLab(choice: 'webgpu' | 'cpu'): Promise<{ lab: Lab; devices: Device[]; specification: ExperimentSpecification }> {
  const devices: Device[] = [];
  const lab = createLab({
    openDevice: async (wanted) => {
      const device = wanted === 'cpu' ? openCpuDevice('') : await openDevice(wanted, probing);
      devices.push(device);
      return device;
    },
    fetchBundled: (path, signal) => fetch(`/bundled/${path}`, { signal }),
    fetchAddress: (address, signal) => fetch(address, { signal }),
    storage: null,
    now,
    versions: {},
  });
  const { catalogue } = await lab.open(choice);
  await lab.loadBundled(() => {});
  return {
    lab,
    devices,
    specification: {
      ...catalogue.defaultSpecification,
      epochs: 1,
      learningRates: { full: [1e-2], 'pre-compressed': [3e-2], 'pre-compressed-frozen': [3e-2] },
    },
  };
}

describe('the lab on the real data', () => {
  it('gives accuracies within one test sentence of the CPU backend’s after an epoch, for every method', async () => {
    const gpu = await openLab('webgpu');
    const cpu = await openLab('cpu');
    const ours = await gpu.lab.run(gpu.specification, () => {});
    const oracle = await cpu.lab.run(cpu.specification, () => {});
    expect(ours.results).toHaveLength(7);
    expect(ours.adapter.backend).toBe('webgpu');
    expect(oracle.adapter.backend).toBe('cpu');
    ours.results.forEach((row, i) => {
      expect(Math.round(Math.abs(row.testAccuracy - oracle.results[i].testAccuracy) * row.testCount), row.method).toBeLessThanOrEqual(1);
    });
    expect(ours.results[0].testAccuracy).toBeGreaterThan(0.6);
    await gpu.lab.close();
  });

  it('says that the device was lost, keeps what was finished, and runs again on a new one', async () => {
    const { lab, devices, specification } = await openLab('webgpu');
    const finished: string[] = [];
    const run = lab.run(specification, (events) => {
      for (const event of events) {
        if (event.kind === 'result') finished.push(event.row.method);
        if (event.kind === 'result' && event.row.method === 'full') (devices[0] as WebGpuDevice).gpu.destroy();
      }
    });
    await expect(run).rejects.toMatchObject({ code: 'device-lost', remedy: expect.stringContaining('Run again') });
    expect(finished).toContain('full');

    const { results } = await lab.run({ ...specification, methods: [] }, () => {});
    expect(results.map(({ method }) => method)).toEqual(['full']);
    expect(devices).toHaveLength(2);
    await lab.close();
  });

  it('goes on with a sweep by itself after its device is lost', async () => {
    const { lab, devices, specification } = await openLab('webgpu');
    const { dataset, task, model, schedule, ...shared } = { ...specification, methods: ['low-rank'], seeds: [1, 2], rates: [0.9] };
    const sweep: SweepSpecification = { ...shared, tasks: [{ dataset, task }], models: [model], schedules: [schedule] };
    const kinds: string[] = [];
    const results = await lab.runSweep(sweep, (events) => {
      for (const { kind } of events) {
        if (kind === 'sweep-cell' && !kinds.includes(kind)) (devices[0] as WebGpuDevice).gpu.destroy();
        kinds.push(kind);
      }
    });
    expect(results.cells.map(({ row }) => [row.method, row.seed])).toEqual([
      ['full', 1],
      ['low-rank', 1],
      ['full', 2],
      ['low-rank', 2],
    ]);
    expect(kinds).toContain('sweep-device-lost');
    expect(kinds.filter((kind) => kind === 'sweep-cell')).toHaveLength(4);
    expect(devices).toHaveLength(2);
    // As on one device throughout, bit for bit.
    const rows = (await lab.run({ ...specification, methods: ['low-rank'], seeds: [1, 2], rates: [0.9] }, () => {})).results;
    expect(results.cells.map(({ row }) => ({ ...row, seconds: 0 }))).toEqual(rows.map((row) => ({ ...row, seconds: 0 })));
    await lab.close();
  });

  it('changes backends there and back, and runs on each', async () => {
    const { lab, specification } = await openLab('webgpu');
    const choices = ['webgpu', 'auto', 'cpu', 'webgpu'] as const;
    for (const choice of choices) {
      const { device } = await lab.open(choice);
      if (choice !== 'auto') expect(device.backend).toBe(choice);
      const { results } = await lab.run({ ...specification, methods: [] }, () => {});
      expect(results, choice).toHaveLength(1);
    }
    await lab.close();
  });

  it('opens a new device after one that refused work', async () => {
    const { lab, devices, specification } = await openLab('webgpu');
    const [first] = devices as WebGpuDevice[];
    // An error that nobody catches, as an allocation on a full GPU is one.
    first.gpu.createBuffer({ size: 2 ** 40, usage: GPUBufferUsage.STORAGE });
    await first.gpu.queue.onSubmittedWorkDone();
    await expect(lab.run({ ...specification, methods: [] }, () => {})).rejects.toMatchObject({
      message: expect.stringContaining('GPU refused'),
    });
    const { results } = await lab.run({ ...specification, methods: [] }, () => {});
    expect(results).toHaveLength(1);
    expect(devices).toHaveLength(2);
    await lab.close();
  });

  it('falls back to the CPU backend by itself where WebGPU breaks in the probe, and says why', async () => {
    const prepare = async () => {
      throw new Error('the probe broke');
    };
    const device = await openDevice('auto', { ...probing, prepare });
    expect(device.report).toMatchObject({ backend: 'cpu', reason: expect.stringContaining('the probe broke') });
  });

  it('leaves neither buffers nor tensors when it is closed', async () => {
    const { lab, devices, specification } = await openLab('webgpu');
    const tensors = tf.memory().numTensors;
    await lab.run({ ...specification, methods: ['low-rank', 'codebook'] }, () => {});
    await lab.spectrum(specification, 'experiment', () => {});
    await lab.spectrum(specification, 'table', () => {});
    await lab.classify(['a fine film']);
    const stopped = lab.run(specification, () => {});
    await lab.stop();
    await stopped;
    expect(devices[0].counters).toMatchObject({ liveBuffers: 0, liveBytes: 0 });
    expect(tf.memory().numTensors).toBe(tensors);
    await lab.close();
  });

  it('chooses by measurement, says so, and leaves nothing behind', async () => {
    const tensors = tf.memory().numTensors;
    const device = await openDevice('auto', probing);
    const { backend, reason, probe, name } = device.report;
    expect(reason).toMatch(/ms a training step/);
    if (probe === null) throw new Error('the probe left no figures');
    expect(backend).toBe(probe.webgpuStepMs < probe.cpuStepMs ? 'webgpu' : 'cpu');
    expect(probe).toMatchObject({ browser: 'a browser 1', lab: '1.0.0', adapter: expect.stringMatching(/\w/) });
    expect(Date.now() - probe.measuredAt).toBeLessThan(60_000);
    expect(name.length).toBeGreaterThan(3);
    expect(device.counters).toMatchObject({ liveBuffers: 0, liveBytes: 0 });
    expect(tf.memory().numTensors).toBe(tensors);
    await device.close();
  });

  /** Of this adapter, with WebGPU the faster one, or the slower. */
  async function figuresOfHere(webgpuStepMs: number, cpuStepMs: number) {
    const device = await openDevice('auto', { ...probing, prepare: fixed(webgpuStepMs, cpuStepMs) });
    await device.close();
    return device.report;
  }
  const fixed =
    (webgpuStepMs: number, cpuStepMs: number): ProbeEnvironment['prepare'] =>
    async ({ report }) => ({
      time: async (steps) => steps * (report.backend === 'webgpu' ? webgpuStepMs : cpuStepMs),
      free: () => {},
    });

  it('takes the probe’s side, whichever is faster', async () => {
    expect((await figuresOfHere(8, 4)).backend).toBe('cpu');
    expect((await figuresOfHere(4, 8)).backend).toBe('webgpu');
  });

  it('goes by what it measured before, and measures again with another browser, adapter or version', async () => {
    let measured = 0;
    const counting: ProbeEnvironment['prepare'] = (device) => {
      measured++;
      return fixed(4, 8)(device);
    };
    for (const wanted of ['cpu', 'webgpu'] as const) {
      const { probe } = wanted === 'cpu' ? await figuresOfHere(8, 4) : await figuresOfHere(4, 8);
      if (probe === null) throw new Error('the probe left no figures');
      measured = 0;
      const again = await openDevice('auto', { ...probing, prepare: counting, known: [{ ...probe, adapter: 'another one' }, probe] });
      await again.close();
      expect(again.report).toMatchObject({ backend: wanted, probe });
      expect(measured).toBe(0);
      for (const other of [{ browser: 'a browser 2' }, { lab: '1.0.1' }, { adapter: 'another one' }]) {
        measured = 0;
        const anew = await openDevice('auto', { ...probing, prepare: counting, known: [{ ...probe, ...other }] });
        await anew.close();
        expect(anew.report.backend).toBe('webgpu');
        expect(measured).toBe(2);
      }
    }
  });
});
