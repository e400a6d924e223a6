/**
 * A truncated factorization of a V x 300 table to rank 30, singular values included, beside full decompositions and the Gram matrix alone. The
 * table lies in memory (for tfjs: on its device already), and ours takes it from there; from 200,000 rows on in blocks. A peer is
 * measured at sizes that it can do in seconds.
 */
import { spawnSync } from 'node:child_process';
import { freemem } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import * as tf from '@tensorflow/tfjs';
import { Matrix as MlMatrix, SingularValueDecomposition } from 'ml-matrix';
import { SVD } from 'svd-js';
import type { Device } from '../../src/engine/device/device';
import type { Matrix } from '../../src/engine/matrix';
import type { Table } from '../../src/engine/svd/row-blocks';
import { truncatedSvd } from '../../src/engine/svd/svd';
import { type Contender, interleave } from '../interleave';
import { missingPython, PythonPeer, pythonWith } from '../peers/python';
import { startWasm } from '../peers/tfjs-wasm';
import { adapterOf, type Backend, type BenchContext, noFindings, type Work } from '../work';
import { columns, rank, relativeError, tableOf, writeTable } from './factorization-data';

/** What takes longer is run as often as there is time for: twice, and above the second bound once. */
const slowMs = 2000;
const verySlowMs = 6000;

interface Factorizer {
  name: string;
  backends: readonly Backend[];
  /** Milliseconds, and singular values where it gives any. */
  run(): Promise<{ ms: number; singularValues: ArrayLike<number> | null }>;
  close?(): void;
}

async function timed<Value>(work: () => Value | Promise<Value>): Promise<{ ms: number; value: Value }> {
  const start = performance.now();
  const value = await work();
  return { ms: performance.now() - start, value };
}

function ours(device: Device, table: Table): Factorizer {
  return {
    name: 'ours',
    backends: [device.report.backend],
    run: async () => {
      const { ms, value } = await timed(() => truncatedSvd(table, device, { rank }));
      return { ms, singularValues: value.singularValues };
    },
  };
}

function numpy(python: PythonPeer, route: 'svd' | 'gram'): Factorizer {
  return {
    name: `numpy-${route}`,
    backends: ['webgpu', 'cpu'],
    run: () => python.ask({ do: 'run', route, rank }),
  };
}

const descending = (values: readonly number[]) => Float64Array.from(values).sort().reverse();

function mlMatrix({ rows, values }: Matrix): Factorizer {
  const table = MlMatrix.from1DArray(rows, columns, Array.from(values));
  return {
    name: 'ml-matrix',
    backends: ['webgpu', 'cpu'],
    run: async () => {
      const { ms, value } = await timed(() => new SingularValueDecomposition(table));
      return { ms, singularValues: descending(value.diagonal) };
    },
  };
}

function svdJs({ rows, values }: Matrix): Factorizer {
  const table = Array.from({ length: rows }, (_, i) => Array.from(values.subarray(i * columns, (i + 1) * columns)));
  return {
    name: 'svd-js',
    backends: ['webgpu', 'cpu'],
    run: async () => {
      const { ms, value } = await timed(() => SVD(table));
      return { ms, singularValues: descending(value.q) };
    },
  };
}

/** E^T E alone, on a tensor that is on the device already, read back. */
async function tfjsGram(name: string, backend: string, shownAs: Backend, { rows, values }: Matrix): Promise<Factorizer> {
  await tf.setBackend(backend);
  const table = tf.tensor2d(values, [rows, columns]);
  return {
    name,
    backends: [shownAs],
    run: async () => {
      await tf.setBackend(backend);
      const { ms } = await timed(async () => {
        const gram = tf.matMul(table, table, true, false);
        await gram.data();
        gram.dispose();
      });
      return { ms, singularValues: null };
    },
    close: () => table.dispose(),
  };
}

/** Each runs once before anything is measured; for the slow ones that is their measurement. */
async function contender(factorizer: Factorizer, rounds: number, values: Map<string, ArrayLike<number>>): Promise<Contender> {
  const { name } = factorizer;
  const { ms, singularValues } = await factorizer.run();
  if (singularValues) values.set(name, singularValues);
  if (ms > verySlowMs) return { name, run: async () => ms, most: 1 };
  return { name, run: async () => (await factorizer.run()).ms, most: ms > slowMs ? Math.min(2, rounds) : rounds };
}

function peakBytes(rows: number, backend: Backend): number | undefined {
  const script = fileURLToPath(new URL('factorization-memory.ts', import.meta.url));
  const { status, stdout } = spawnSync(process.execPath, ['--import', 'tsx', '--expose-gc', script, String(rows), backend], {
    encoding: 'utf8',
  });
  return status === 0 ? (JSON.parse(stdout.trim().split('\n').pop() ?? '{}') as { peakBytes: number }).peakBytes : undefined;
}

interface Size {
  rows: number;
  quick?: true;
  mlMatrix?: true;
  svdJs?: true;
  /** tf.matMul's Gram on a WebGPU that the CPU plays: 4 s at 10,000 rows. */
  softwareGram?: true;
  wasmGram?: true;
}

async function peersOf(
  size: Size,
  table: Table,
  devices: readonly Device[],
  python: PythonPeer | null,
  quick: boolean,
): Promise<Factorizer[]> {
  const peers: Factorizer[] = [];
  if (python) {
    // U and the copies that LAPACK works on are as large as the table.
    if (freemem() > 4 * 4 * size.rows * columns) peers.push(numpy(python, 'svd'));
    peers.push(numpy(python, 'gram'));
  }
  if ('blocks' in table) return peers;
  // Seconds a run, tens of them at 10,000 rows.
  if (size.mlMatrix && !(quick && size.rows > 2000)) peers.push(mlMatrix(table));
  if (size.svdJs && !quick) peers.push(svdJs(table));
  const gpu = devices.find(({ report }) => report.backend === 'webgpu');
  if (gpu && (size.softwareGram || !gpu.report.software)) peers.push(await tfjsGram('tfjs-gram', 'webgpu', 'webgpu', table));
  if (size.wasmGram) {
    await startWasm();
    peers.push(await tfjsGram('tfjs-wasm-gram', 'wasm', 'cpu', table));
  }
  return peers;
}

function factorization(size: Size): Work {
  const { rows } = size;
  const name = `svd-${rows >= 1e6 ? `${rows / 1e6}m` : `${rows / 1e3}k`}`;
  return {
    name,
    quick: size.quick ?? false,
    async measure(context: BenchContext) {
      const findings = noFindings();
      const devices = await context.devices();
      context.say(`${name}: the table`);
      const table = tableOf(rows);
      const path = join(context.folder, `${name}.bin`);
      const found = pythonWith('numpy');
      const python = found && PythonPeer.start(found.path, 'factorization.py');
      let peers: Factorizer[] = [];
      try {
        let reference: number[] | null = null;
        if (python) {
          writeTable(table, path);
          await python.ask({ do: 'load', path, columns });
          reference = (await python.ask<{ singularValues: number[] }>({ do: 'reference' })).singularValues;
        } else findings.notes.push(missingPython('numpy', 'numpy'));
        peers = await peersOf(size, table, devices, python, context.quick);
        const values = new Map<string, ArrayLike<number>>();
        const contenders = new Map<string, Contender>();
        for (const peer of peers) {
          context.say(`${name}: ${peer.name}`);
          contenders.set(peer.name, await contender(peer, context.rounds, values));
        }
        const errorOf = (of: string) => {
          const own = values.get(of);
          return reference && own ? relativeError(own, reference) : undefined;
        };
        for (const device of devices) {
          const { backend } = device.report;
          context.say(`${name} on ${backend}`);
          const own = await contender(ours(device, table), context.rounds, values);
          const against = peers.filter(({ backends }) => backends.includes(backend));
          const inTurn = [own, ...against.map((peer) => contenders.get(peer.name) as Contender)];
          const [mine, ...others] = await interleave(inTurn, context.rounds);
          const oursPeakBytes = context.quick ? undefined : peakBytes(rows, backend);
          for (const { name: peer, medianMs, runs } of others) {
            findings.rows.push({
              work: name,
              backend,
              peer,
              oursMs: mine.medianMs,
              peerMs: medianMs,
              ratio: medianMs / mine.medianMs,
              adapter: adapterOf(device, context),
              runs,
              date: context.date,
              size: `${rows} x ${columns}, rank ${rank}`,
              oursRelativeError: errorOf('ours'),
              peerRelativeError: errorOf(peer),
              oursPeakBytes,
            });
          }
        }
        return findings;
      } finally {
        python?.close();
        for (const peer of peers) peer.close?.();
      }
    },
  };
}

export const factorizations: readonly Work[] = [
  factorization({ rows: 2000, mlMatrix: true, svdJs: true }),
  factorization({ rows: 10_000, quick: true, mlMatrix: true, softwareGram: true, wasmGram: true }),
  factorization({ rows: 100_000, wasmGram: true }),
  factorization({ rows: 1_000_000 }),
];
