import { fileURLToPath } from 'node:url';
import { type Browser, chromium, type Page } from 'playwright';
import { createServer, type ViteDevServer } from 'vite';
import { launchOptions } from '../../../scripts/lib/browser.mjs';
import type { SourceInput } from '../../protocol/data';
import type { LabFailure } from '../../protocol/failure';
import type { Lab, OnEvents, OnProgress } from '../../protocol/lab';
import { pathOf } from '../files';
import type { Call, Outcome } from './call';

const root = fileURLToPath(new URL('../../../', import.meta.url));

/** The lab in the worker of a headless Chromium: for machines whose WebGPU only a browser can reach. */
export async function createBrowserLab(): Promise<Lab> {
  // A cache of its own: a page that is being worked on has a server and a cache already.
  const server = await createServer({
    root,
    cacheDir: 'node_modules/.vite-lab',
    logLevel: 'error',
    server: { host: '127.0.0.1', port: 0, hmr: false, watch: null },
  });
  await server.listen();
  const browser = await chromium.launch({ ...(await launchOptions()), handleSIGINT: false });
  const page = await browser.newPage();
  const lab = new BrowserLab(server, browser, page);
  await lab.connect(new URL('/src/cli/browser/runner.html', server.resolvedUrls?.local[0]).href);
  return lab;
}

/** Forwards each verb to the page; files go by their path, callbacks come back by a number. */
class BrowserLab implements Lab {
  private readonly listeners = new Map<number, (value: never) => void>();
  private lastListener = 0;

  constructor(
    private readonly server: ViteDevServer,
    private readonly browser: Browser,
    private readonly page: Page,
  ) {}

  async connect(address: string): Promise<void> {
    await this.page.exposeFunction('tellListener', (listener: number, value: never) => this.listeners.get(listener)?.(value));
    await this.page.goto(address);
    await this.page.waitForFunction(() => 'callLab' in globalThis);
  }

  open(...args: Parameters<Lab['open']>) {
    return this.call('open', args);
  }
  loadBundled(onProgress: OnProgress) {
    return this.call('loadBundled', [], { listener: onProgress });
  }
  previewEmbeddings(inputs: SourceInput[]) {
    return this.call('previewEmbeddings', [], { inputs });
  }
  loadEmbeddings(inputs: SourceInput[], choice: Parameters<Lab['loadEmbeddings']>[1], onProgress: OnProgress) {
    return this.call('loadEmbeddings', [choice], { inputs, listener: onProgress });
  }
  previewDataset(inputs: SourceInput[]) {
    return this.call('previewDataset', [], { inputs });
  }
  loadDataset(inputs: SourceInput[], columns: Parameters<Lab['loadDataset']>[1], onProgress: OnProgress) {
    return this.call('loadDataset', [columns], { inputs, listener: onProgress });
  }
  keep(kind: Parameters<Lab['keep']>[0], onProgress: OnProgress) {
    return this.call('keep', [kind], { listener: onProgress });
  }
  cancelKeep() {
    return this.call('cancelKeep', []);
  }
  storage() {
    return this.call('storage', []);
  }
  loadSaved(embeddings: string | null, dataset: string | null, onProgress: OnProgress) {
    return this.call('loadSaved', [embeddings, dataset], { listener: onProgress });
  }
  forget(...args: Parameters<Lab['forget']>) {
    return this.call('forget', args);
  }
  cancelLoad() {
    return this.call('cancelLoad', []);
  }
  plan(...args: Parameters<Lab['plan']>) {
    return this.call('plan', args);
  }
  spectrum(specification: Parameters<Lab['spectrum']>[0], of: Parameters<Lab['spectrum']>[1], onProgress: Parameters<Lab['spectrum']>[2]) {
    return this.call('spectrum', [specification, of], { listener: onProgress });
  }
  stopSpectrum() {
    return this.call('stopSpectrum', []);
  }
  run(specification: Parameters<Lab['run']>[0], onEvents: OnEvents) {
    return this.call('run', [specification], { listener: onEvents });
  }
  race(specification: Parameters<Lab['race']>[0], onEvents: Parameters<Lab['race']>[1]) {
    return this.call('race', [specification], { listener: onEvents });
  }
  changeLane(...args: Parameters<Lab['changeLane']>) {
    return this.call('changeLane', args);
  }
  forkLane(...args: Parameters<Lab['forkLane']>) {
    return this.call('forkLane', args);
  }
  rangeTest(...args: Parameters<Lab['rangeTest']>) {
    return this.call('rangeTest', args);
  }
  previewSchedules(...args: Parameters<Lab['previewSchedules']>) {
    return this.call('previewSchedules', args);
  }
  pause() {
    return this.call('pause', []);
  }
  resume() {
    return this.call('resume', []);
  }
  stop() {
    return this.call('stop', []);
  }
  trainedModels() {
    return this.call('trainedModels', []);
  }
  classify(text: string) {
    return this.call('classify', [text]);
  }
  landscapeSurfaces() {
    return this.call('landscapeSurfaces', []);
  }
  landscape(...args: Parameters<Lab['landscape']>) {
    return this.call('landscape', args);
  }
  landscapeShares(...args: Parameters<Lab['landscapeShares']>) {
    return this.call('landscapeShares', args);
  }

  wordCloud() {
    return this.call('wordCloud', []);
  }
  cloudSpectrum() {
    return this.call('cloudSpectrum', []);
  }
  neighbours(...args: Parameters<Lab['neighbours']>) {
    return this.call('neighbours', args);
  }
  quantizers() {
    return this.call('quantizers', []);
  }
  numberLine(...args: Parameters<Lab['numberLine']>) {
    return this.call('numberLine', args);
  }
  async close() {
    await this.browser.close();
    await this.server.close();
  }

  private async call<Verb extends keyof Lab>(
    verb: Verb,
    args: unknown[],
    { inputs, listener }: { inputs?: SourceInput[]; listener?: (value: never) => void } = {},
  ): Promise<Awaited<ReturnType<Lab[Verb]>>> {
    const paths = inputs?.flatMap((input) => ('address' in input ? [] : [pathOf(input)])) ?? [];
    if (paths.length > 0) await this.page.setInputFiles('input', paths);
    const id = listener ? ++this.lastListener : null;
    if (id !== null && listener) this.listeners.set(id, listener);
    try {
      const call: Call = { verb, args, inputs: inputs?.map((input) => ('address' in input ? input : null)) ?? null, listener: id };
      const outcome: Outcome = await this.page.evaluate(
        (sent) => (globalThis as unknown as { callLab(call: Call): Promise<Outcome> }).callLab(sent),
        call,
      );
      if ('failure' in outcome) throw outcome.failure satisfies LabFailure;
      return outcome.value as Awaited<ReturnType<Lab[Verb]>>;
    } finally {
      if (id !== null) this.listeners.delete(id);
    }
  }
}
