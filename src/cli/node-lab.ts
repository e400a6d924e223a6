import { createReadStream, existsSync } from 'node:fs';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { fileURLToPath } from 'node:url';
import type { FetchBundled } from '../engine/data/bundled';
import { createMemoryStorage } from '../engine/data/storage/memory';
import { openCpuDevice } from '../engine/device/cpu';
import type { Device } from '../engine/device/device';
import { openDevice } from '../engine/device/open';
import { createLab } from '../engine/lab/lab';
import { prepareProbe } from '../engine/training/probe';
import { versions } from '../engine/versions';
import type { BackendChoice } from '../protocol/device';
import type { Lab } from '../protocol/lab';
import { installNodeGpu } from './node-gpu';
import { nodeParsers } from './parser-threads';

const bundled = fileURLToPath(new URL('../../public/bundled/', import.meta.url));
const now = () => performance.now();

async function open(choice: BackendChoice): Promise<Device> {
  // Software is never worth its while here unless it was asked for by name: the CPU backend is faster.
  if (choice === 'auto' && !(await installNodeGpu(false))) {
    return openCpuDevice('Node finds no GPU here (npm webgpu has no adapter): the same numbers, slower.');
  }
  return openDevice(choice, {
    prepare: (device) => prepareProbe(device, now),
    now,
    browser: `Node ${process.version}`,
    lab: versions['lowrank-lab'],
    // Nothing is kept from one call of the command line to the next.
    known: [],
  });
}

/** The bundled data, as set-up left them. */
export const fetchBundled: FetchBundled = async (path, signal) => {
  const file = join(bundled, path);
  if (!existsSync(file)) return { ok: false, status: 404, body: null };
  return { ok: true, status: 200, body: Readable.toWeb(createReadStream(file, { signal })) as ReadableStream<Uint8Array> };
};

/** The lab in this process. Its `open('webgpu')` needs `installNodeGpu` before. */
export function createNodeLab(): Lab {
  return createLab({
    openDevice: open,
    fetchBundled,
    fetchAddress: (address, signal) => fetch(address, { signal }),
    // A command line reads its files anew each time; a sweep of several data sets has them at hand.
    storage: createMemoryStorage(),
    parsers: nodeParsers(),
    now,
    versions,
  });
}
