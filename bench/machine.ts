import { readFileSync } from 'node:fs';
import { arch, availableParallelism, cpus, platform, release, totalmem } from 'node:os';
import { versions as labVersions } from '../src/engine/versions';
import { pythonWith } from './peers/python';
import type { Results } from './results';

/** The processor, as the figures' `adapter`. */
export const processor = `${cpus()[0]?.model.trim() ?? 'CPU'}, ${availableParallelism()} cores`;

export function thisMachine(): Results['machine'] {
  return {
    processor: cpus()[0]?.model.trim() ?? 'CPU',
    cores: availableParallelism(),
    memoryBytes: totalmem(),
    system: `${platform()} ${arch()} ${release()}`,
  };
}

/** Of what was measured: ours, the runtime, the peers. */
export function versions(): Record<string, string> {
  const { devDependencies, dependencies } = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8'));
  const named = { ...dependencies, ...devDependencies } as Record<string, string>;
  const peers = ['ml-matrix', 'svd-js', 'papaparse', '@tensorflow/tfjs-backend-wasm', 'webgpu'];
  const python = ['torch', 'numpy'].map((module) => [module, pythonWith(module)?.version ?? 'not installed']);
  return {
    ...labVersions,
    node: process.versions.node,
    ...Object.fromEntries([...peers.map((name) => [name, named[name]]), ...python]),
  };
}
