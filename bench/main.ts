/** `npm run bench`: each work done by us and by its peers in turn, as one table, as bench/results.json, and in the documents. */
import '../src/cli/engine-revision';
import '../src/cli/relaxed-simd';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { installNodeGpu } from '../src/cli/node-gpu';
import { openCpuDevice } from '../src/engine/device/cpu';
import type { Device } from '../src/engine/device/device';
import { writeDocuments } from './documents';
import { processor, thisMachine, versions } from './machine';
import { parseOptions, usage } from './options';
import { byDefault, chosen, works } from './registry';
import { empty, type Results, readResults, resultsFile, withFindings, without, writeResults } from './results';
import { figure, textTable } from './table';
import type { BenchContext } from './work';

async function openDevices(say: (line: string) => void): Promise<readonly Device[]> {
  const devices: Device[] = [openCpuDevice('The bench asked for it.')];
  if (await installNodeGpu(true)) {
    const { openWebGpuDevice } = await import('../src/engine/device/tfjs');
    const device = await openWebGpuDevice('The bench asked for it.');
    say(`WebGPU: ${device.report.name}${device.report.software ? ', played by the CPU' : ''}`);
    devices.unshift(device);
  } else {
    say('WebGPU: no adapter here; the CPU backend alone is measured.');
  }
  return devices;
}

/** Works in the registry's order, whichever were measured last. */
function inOrder(results: Results, place: ReadonlyMap<string, number>): Results {
  const by = (a: { work: string }, b: { work: string }) => (place.get(a.work) ?? works.length) - (place.get(b.work) ?? works.length);
  return { ...results, rows: results.rows.toSorted(by), memory: results.memory.toSorted(by), scale: results.scale.toSorted(by) };
}

async function main(): Promise<void> {
  const options = parseOptions(process.argv.slice(2));
  if (options.help) return console.log(usage);
  if (options.documents) return writeDocuments(readResults());
  const asked = chosen(works, options);
  if (asked.length === 0) {
    throw new Error(`There is no work "${options.only}". There are: ${works.map(({ name }) => name).join(', ')}.`);
  }
  const began = performance.now();
  const say = (line: string) => console.error(`${((performance.now() - began) / 1000).toFixed(0).padStart(4)} s  ${line}`);
  const folder = mkdtempSync(join(tmpdir(), 'lowrank-bench-'));
  let devices: Promise<readonly Device[]> | null = null;
  const date = new Date().toISOString().slice(0, 10);
  const context: BenchContext = {
    quick: options.quick,
    date,
    processor,
    rounds: options.quick ? 3 : 5,
    folder,
    say,
    devices: () => {
      devices ??= openDevices(say);
      return devices;
    },
  };
  const file = options.out ?? resultsFile;
  const before = options.out === null && existsSync(resultsFile) ? readResults() : empty;
  const all = options.only === null && !options.quick;
  let results: Results = { ...(all ? without(before, byDefault) : before), date, machine: thisMachine(), versions: versions() };
  const place = new Map(works.map(({ name }, i) => [name, i]));
  const failures: string[] = [];
  try {
    for (const work of asked) {
      try {
        results = inOrder(withFindings(results, work.name, await work.measure(context)), place);
        // What is measured is kept, however the rest goes.
        writeResults(results, file);
      } catch (error) {
        failures.push(`${work.name}: ${error instanceof Error ? error.message : String(error)}`);
        say(failures[failures.length - 1]);
      }
      (globalThis as { gc?: () => void }).gc?.();
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
  if (options.out === null) writeDocuments(results);
  const names = new Set(asked.map(({ name }) => name));
  console.log(textTable(results.rows.filter(({ work }) => names.has(work))));
  for (const { work, label, points, slope } of results.scale.filter((series) => names.has(series.work))) {
    console.log(`${work}, ${label}: ${points.map(({ size, ms }) => `${size}: ${figure(ms)} ms`).join(', ')}; slope ${slope.toFixed(2)}`);
  }
  for (const { work, stage, seconds, peakBytes, tableBytes } of results.memory.filter((entry) => names.has(entry.work))) {
    console.log(`${work}, ${stage}: ${figure(seconds)} s, peak ${figure(peakBytes / tableBytes)} of the table`);
  }
  for (const { work, note } of results.notes) if (names.has(work)) console.log(`${work}: ${note}`);
  for (const failure of failures) console.log(`FAILED ${failure}`);
  if (failures.length > 0) process.exitCode = 1;
  say('done');
}

await main();
// Dawn keeps the process alive.
process.exit();
