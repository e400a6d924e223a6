/** For tests only: the devices that the environment can open. */
import { CpuDevice, openCpuDevice } from './cpu';
import type { Device } from './device';

/**
 * The CPU backend everywhere, and WebGPU in a browser, where its absence is an error and not a reason to skip.
 */
export async function openTestDevices(): Promise<Device[]> {
  const devices: Device[] = [openCpuDevice('A test asked for it.')];
  if (typeof document !== 'undefined') {
    const { openWebGpuDevice } = await import('./tfjs');
    devices.push(await openWebGpuDevice('A test asked for it.'));
  }
  return devices;
}

/** The device, which says that it is no software: for what is done otherwise where the CPU plays the GPU. */
export function asHardware(device: Device): Device {
  return new Proxy(device, {
    get(target, name) {
      if (name === 'report') return { ...target.report, software: false };
      const value: unknown = Reflect.get(target, name);
      return typeof value === 'function' ? value.bind(target) : value;
    },
  });
}

/** The CPU backend where no buffer finds room in its heap, so that each kernel takes its plain loops. */
export function openPlainCpuDevice(): Device {
  const { report } = openCpuDevice('A test asked for it.');
  return new CpuDevice({ ...report, name: 'CPU, plain loops' }, { heapPages: 1 });
}

/** The CPU backend of a runtime or a processor that does not multiply and add at once. */
export function openUnfusedCpuDevice(): Device {
  return openCpuDevice('A test asked for it.', { fused: false });
}

/** And, in Node, what the CPU backend is where something is missing: the same code there as in a browser. */
export async function openAllTestDevices(): Promise<Device[]> {
  const devices = await openTestDevices();
  return typeof document === 'undefined' ? [...devices, openUnfusedCpuDevice(), openPlainCpuDevice()] : devices;
}

/** Largest |actual - expected| - (atol + rtol |expected|) over all elements; at most 0 where all are close. */
export function excess(actual: ArrayLike<number>, expected: ArrayLike<number>, rtol: number, atol: number): number {
  if (actual.length !== expected.length) {
    return Number.POSITIVE_INFINITY;
  }
  let worst = Number.NEGATIVE_INFINITY;
  for (let i = 0; i < expected.length; i++) {
    const gap = Math.abs(actual[i] - expected[i]) - (atol + rtol * Math.abs(expected[i]));
    // A NaN must not pass as "not larger".
    worst = gap > worst || Number.isNaN(gap) ? (Number.isNaN(gap) ? Number.POSITIVE_INFINITY : gap) : worst;
  }
  return worst;
}

/** The device, with a limit that it holds to. */
export function withBuffersOf(device: Device, maxBufferBytes: number): Device {
  return new Proxy(device, {
    get(target, name) {
      if (name === 'maxBufferBytes') return maxBufferBytes;
      if (name === 'createBuffer') {
        return (...args: Parameters<Device['createBuffer']>) => {
          const length = typeof args[2] === 'number' ? args[2] : args[2].length;
          if (4 * length > maxBufferBytes) throw new RangeError(`${args[0]} has ${4 * length} bytes`);
          return target.createBuffer(...args);
        };
      }
      const value: unknown = Reflect.get(target, name);
      return typeof value === 'function' ? value.bind(target) : value;
    },
  });
}
