/**
 * How often the probe picks the faster backend: 100 fresh probes (20 with --quick), each in a worker of its own, whose code nothing has
 * warmed up, against a long measurement: the steps of the default experiment's full table, trained for four epochs on either backend.
 * `--load N` keeps N threads busy meanwhile. In Chromium, on the adapter that `scripts/lib/browser.mjs` chooses.
 *
 * Run with `node --import tsx bench/probe.ts`; it takes some minutes.
 */
import { fileURLToPath } from 'node:url';
import { Worker } from 'node:worker_threads';
import { type BrowserContext, chromium, type Page } from 'playwright';
import { createServer } from 'vite';
import { launchOptions } from '../scripts/lib/browser.mjs';
import type { Call, Outcome } from '../src/cli/browser/call';
import type { DeviceReport } from '../src/protocol/device';
import type { Lab } from '../src/protocol/lab';
import type { ExperimentResults } from '../src/protocol/results';
import { processor } from './machine';

const probes = process.argv.includes('--quick') ? 20 : 100;
const load = Number(process.argv[process.argv.indexOf('--load') + 1]) || 0;
const backends = ['webgpu', 'cpu'] as const;
const root = fileURLToPath(new URL('../', import.meta.url));

/** A page with a worker of its own. */
async function freshPage(context: BrowserContext, address: string): Promise<Page> {
  const page = await context.newPage();
  await page.exposeFunction('tellListener', () => {});
  await page.goto(address);
  await page.waitForFunction(() => 'callLab' in globalThis);
  return page;
}

async function call<Value>(page: Page, verb: keyof Lab, args: unknown[], listener: Call['listener'] = null): Promise<Value> {
  const outcome: Outcome = await page.evaluate((one) => (globalThis as unknown as { callLab(call: Call): Promise<Outcome> }).callLab(one), {
    verb,
    args,
    inputs: null,
    listener,
  } satisfies Call);
  if ('failure' in outcome) throw new Error(`${outcome.failure.message} ${outcome.failure.remedy}`);
  return outcome.value as Value;
}

/** Milliseconds a step in a real training, the first ones left out. */
async function longMeasurement(context: BrowserContext, address: string, backend: (typeof backends)[number]): Promise<number> {
  const page = await freshPage(context, address);
  const { catalogue } = await call<Awaited<ReturnType<Lab['open']>>>(page, 'open', [backend]);
  await call(page, 'loadBundled', [], { id: 1, at: 0 });
  const specification = { ...catalogue.defaultSpecification, methods: ['full'], learningRates: { full: [1e-3] }, epochs: 4 };
  const results = await call<ExperimentResults>(page, 'run', [specification], { id: 2, at: 1 });
  await call(page, 'close', []);
  await page.close();
  return results.profile?.steps.laterMs ?? Number.NaN;
}

async function probe(context: BrowserContext, address: string): Promise<DeviceReport & { openMs: number }> {
  const page = await freshPage(context, address);
  const startedAt = performance.now();
  const { device } = await call<Awaited<ReturnType<Lab['open']>>>(page, 'open', ['auto', []]);
  const openMs = performance.now() - startedAt;
  await call(page, 'close', []);
  await page.close();
  return { ...device, openMs };
}

const middle = (values: number[]) => values.sort((a, b) => a - b)[Math.floor(values.length / 2)];
const figure = (ms: number) => `${ms.toFixed(2)} ms`;

const server = await createServer({
  root,
  cacheDir: 'node_modules/.vite-lab',
  logLevel: 'error',
  server: { host: '127.0.0.1', port: 0, hmr: false, watch: null },
});
await server.listen();
const address = new URL('/src/cli/browser/runner.html', server.resolvedUrls?.local[0]).href;
const browser = await chromium.launch(await launchOptions());
// One for all pages: each has a worker of its own, and finds the modules in the browser's cache.
const context = await browser.newContext();
const busy = Array.from({ length: load }, () => new Worker('for (;;) Math.random();', { eval: true }));
try {
  // Twice in turn, there and back, and the shortest: a machine that slows down for a while must favour none.
  const long = { webgpu: Number.POSITIVE_INFINITY, cpu: Number.POSITIVE_INFINITY };
  for (const backend of [...backends, ...[...backends].reverse(), ...backends, ...[...backends].reverse()]) {
    long[backend] = Math.min(long[backend], await longMeasurement(context, address, backend));
  }
  const faster = long.webgpu < long.cpu ? 'webgpu' : 'cpu';
  console.log(`${processor}${load > 0 ? `, ${load} threads busy with other work` : ''}`);
  console.log(`long measurement: WebGPU ${figure(long.webgpu)}, CPU backend ${figure(long.cpu)} a step: ${faster} is faster`);
  const picked: Awaited<ReturnType<typeof probe>>[] = [];
  for (let i = 0; i < probes; i++) {
    picked.push(await probe(context, address));
    const { backend, probe: figures } = picked[i];
    if (figures) console.log(`${i + 1}: ${backend}, ${figure(figures.webgpuStepMs)} against ${figure(figures.cpuStepMs)}`);
  }
  const measured = picked.flatMap((device) => device.probe ?? []);
  const right = picked.filter(({ backend, probe }) => probe !== null && backend === faster).length;
  console.log(`picked the faster one: ${right} of ${probes}`);
  for (const [name, values] of [
    ['WebGPU', measured.map(({ webgpuStepMs }) => webgpuStepMs)],
    ['CPU backend', measured.map(({ cpuStepMs }) => cpuStepMs)],
    ['opening, compilation and loading of modules included', picked.map(({ openMs }) => openMs)],
  ] as const) {
    console.log(`${name}: median ${figure(middle([...values]))}, from ${figure(Math.min(...values))} to ${figure(Math.max(...values))}`);
  }
  console.log(`adapter: ${measured[0]?.adapter ?? 'none'}`);
} finally {
  await Promise.all(busy.map((worker) => worker.terminate()));
  await browser.close();
  await server.close();
}
