import { fileURLToPath } from 'node:url';
import { type Browser, chromium, type Page } from 'playwright';
import { createServer, type ViteDevServer } from 'vite';
import { launchOptions } from '../../../scripts/lib/browser.mjs';
import type { SourceInput } from '../../protocol/data';
import type { LabFailure } from '../../protocol/failure';
import type { Lab } from '../../protocol/lab';
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
  const browser = await chromium.launch({ ...(await launchOptions()), handleSIGINT: false, handleSIGTERM: false });
  const page = await browser.newPage();
  return browserLab(server, browser, page, new URL('/src/cli/browser/runner.html', server.resolvedUrls?.local[0]).href);
}

/** The verbs that read files or addresses: their first argument. */
const readers: ReadonlySet<keyof Lab> = new Set(['previewEmbeddings', 'loadEmbeddings', 'previewDataset', 'loadDataset']);

/** Forwards every verb to the page: files go by their path, the callback among the arguments comes back by a number. */
async function browserLab(server: ViteDevServer, browser: Browser, page: Page, address: string): Promise<Lab> {
  const listeners = new Map<number, (value: unknown) => void>();
  let lastListener = 0;
  await page.exposeFunction('tellListener', (listener: number, value: unknown) => listeners.get(listener)?.(value));
  await page.goto(address);
  await page.waitForFunction(() => 'callLab' in globalThis);

  const call = async (verb: keyof Lab, given: readonly unknown[]): Promise<unknown> => {
    const args = [...given];
    const at = args.findIndex((arg) => typeof arg === 'function');
    const listener = at < 0 ? null : (args.splice(at, 1)[0] as (value: unknown) => void);
    const inputs = readers.has(verb) ? (args.shift() as SourceInput[]) : null;
    const paths = inputs?.flatMap((input) => ('address' in input ? [] : [pathOf(input)])) ?? [];
    if (paths.length > 0) await page.setInputFiles('input', paths);
    const id = listener ? ++lastListener : null;
    if (id !== null && listener) listeners.set(id, listener);
    try {
      const sent: Call = {
        verb,
        args,
        inputs: inputs?.map((input) => ('address' in input ? input : null)) ?? null,
        listener: id === null ? null : { id, at },
      };
      const outcome: Outcome = await page.evaluate(
        (one) => (globalThis as unknown as { callLab(call: Call): Promise<Outcome> }).callLab(one),
        sent,
      );
      if ('failure' in outcome) throw outcome.failure satisfies LabFailure;
      return outcome.value;
    } finally {
      if (id !== null) listeners.delete(id);
    }
  };
  const close = async (): Promise<void> => {
    await browser.close();
    await server.close();
  };

  return new Proxy({} as Lab, {
    get: (_, name) => {
      // An object with a `then` would be waited for as a promise is.
      if (typeof name !== 'string' || name === 'then') return undefined;
      return name === 'close' ? close : (...args: unknown[]) => call(name as keyof Lab, args);
    },
  });
}
