import * as tf from '@tensorflow/tfjs';
import { describe, expect, it } from 'vitest';
import type { Lab } from '../protocol/lab';
import type { ExperimentSpecification } from '../protocol/specification';
import { openCpuDevice } from './device/cpu';
import type { Device } from './device/device';
import { openDevice } from './device/open';
import type { WebGpuDevice } from './device/webgpu';
import { createLab } from './lab';
import { probeStepMs } from './training/probe';

const now = () => performance.now();

/** A lab on the real bundled data, and every device that it opened. */
async function openLab(choice: 'webgpu' | 'cpu'): Promise<{ lab: Lab; devices: Device[]; specification: ExperimentSpecification }> {
  const devices: Device[] = [];
  const lab = createLab({
    openDevice: async (wanted) => {
      const device = wanted === 'cpu' ? openCpuDevice('') : await openDevice(wanted, (candidate) => probeStepMs(candidate, now));
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
    const device = await openDevice('auto', async () => {
      throw new Error('the probe broke');
    });
    expect(device.report).toMatchObject({ backend: 'cpu', reason: expect.stringContaining('the probe broke') });
  });

  it('leaves neither buffers nor tensors when it is closed', async () => {
    const { lab, devices, specification } = await openLab('webgpu');
    const tensors = tf.memory().numTensors;
    await lab.run({ ...specification, methods: ['low-rank', 'codebook'] }, () => {});
    await lab.spectrum(specification, 'experiment', () => {});
    await lab.spectrum(specification, 'table', () => {});
    await lab.classify('a fine film');
    const stopped = lab.run(specification, () => {});
    await lab.stop();
    await stopped;
    expect(devices[0].counters).toMatchObject({ liveBuffers: 0, liveBytes: 0 });
    expect(tf.memory().numTensors).toBe(tensors);
    await lab.close();
  });

  it('chooses by measurement where WebGPU is software, and says so', async () => {
    const device = await openDevice('auto', (candidate) => probeStepMs(candidate, now));
    const { backend, reason, probe, name } = device.report;
    expect(reason).toMatch(/software/);
    expect(reason).toMatch(/ms a training step/);
    if (probe === null) throw new Error('the probe left no figures');
    expect(backend).toBe(probe.webgpuStepMs < probe.cpuStepMs ? 'webgpu' : 'cpu');
    expect(name.length).toBeGreaterThan(3);
    await device.close();
  });

  it('takes the probe’s side, whichever is faster', async () => {
    const faster = async (wanted: 'webgpu' | 'cpu') => {
      const device = await openDevice('auto', async (candidate) => (candidate.report.backend === wanted ? 1 : 2));
      await device.close();
      return device.report.backend;
    };
    expect(await faster('cpu')).toBe('cpu');
    expect(await faster('webgpu')).toBe('webgpu');
  });
});
