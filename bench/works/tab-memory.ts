/**
 * Peak memory of a real tab that reads 1,000,000 x 300 word vectors (a GloVe text of about 2.5 GB), keeps them in the
 * browser's storage, and finds them again after a reload; beside the float32 table. Serves the page as it was built (`npm run build`) and
 * takes a table from disk by the page's own file input, in Chromium. About 5 GB of room in the temporary folder, all of it given back.
 *
 * Linux only: it reads what the kernel says of the renderer's process. `VmHWM`, the most that was ever resident, includes the program
 * itself and what it shares with the browser's other processes; `Pss` counts of shared pages this process's part, and is sampled: it is the
 * figure that is held against the table.
 */
import { spawn } from 'node:child_process';
import { createWriteStream, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { type BrowserContext, chromium, type Page } from '@playwright/test';
import { launchOptions } from '../../scripts/lib/browser.mjs';
import { gloveChunks } from '../glove-file';
import { noFindings, type Work } from '../work';

const rows = 1_000_000;
const dimension = 300;
const tableBytes = 4 * rows * dimension;
const port = Number(process.env.BENCH_PORT ?? 4527);
const sampleMs = 200;
/** Of one stage, on two cores. */
const longestMs = 10 * 60_000;

interface Peak {
  stage: string;
  seconds: number;
  /** Bytes. */
  resident: number;
  proportional: number;
}

/** The largest renderer of a browser, by what the kernel says of it. */
class Renderer {
  private constructor(private readonly list: () => Promise<number[]>) {}

  static async of(context: BrowserContext): Promise<Renderer> {
    const browser = context.browser();
    if (!browser) throw new Error('the browser does not say which its processes are');
    const session = await browser.newBrowserCDPSession();
    return new Renderer(async () => {
      const { processInfo } = await session.send('SystemInfo.getProcessInfo');
      return processInfo.filter(({ type }) => type === 'renderer').map(({ id }) => id);
    });
  }

  /** Does something, and measures the most memory that one renderer had meanwhile. */
  async during(stage: string, work: () => Promise<void>): Promise<Peak> {
    const peak: Peak = { stage, seconds: 0, resident: 0, proportional: 0 };
    for (const id of await this.list()) forgetHighWater(id);
    const sample = async () => {
      for (const id of await this.list()) {
        peak.resident = Math.max(peak.resident, kilobytes(`/proc/${id}/status`, 'VmHWM'));
        peak.proportional = Math.max(peak.proportional, kilobytes(`/proc/${id}/smaps_rollup`, 'Pss'));
      }
    };
    let going = true;
    const sampling = (async () => {
      while (going) {
        await sample();
        await new Promise((resolve) => setTimeout(resolve, sampleMs));
      }
    })();
    const start = performance.now();
    try {
      await work();
    } finally {
      peak.seconds = (performance.now() - start) / 1000;
      going = false;
      await sampling;
    }
    await sample();
    return peak;
  }
}

/** A process may end between being listed and being read. */
function kilobytes(path: string, field: string): number {
  try {
    return 1024 * Number(new RegExp(`^${field}:\\s+(\\d+) kB`, 'm').exec(readFileSync(path, 'utf8'))?.[1] ?? 0);
  } catch {
    return 0;
  }
}

function forgetHighWater(id: number): void {
  try {
    writeFileSync(`/proc/${id}/clear_refs`, '5');
  } catch {
    // Without the right to it the high-water mark is that of the process's whole life: no lower than what is asked.
  }
}

const loadedCard = (page: Page) =>
  page.getByRole('region', { name: 'Embeddings', exact: true }).getByRole('region', { name: 'glove.txt' }).filter({ hasText: 'Loaded:' });
const keptEntry = (page: Page) => page.getByRole('list', { name: 'Kept sources' }).getByRole('listitem').filter({ hasText: 'glove.txt' });

async function measure(folder: string, say: (line: string) => void): Promise<Peak[]> {
  say('tab-memory: writes the file');
  const path = join(folder, 'glove.txt');
  await pipeline(Readable.from(gloveChunks(rows, dimension)), createWriteStream(path));
  say('tab-memory');
  const options = await launchOptions();
  const context = await chromium.launchPersistentContext(join(folder, 'profile'), { ...options, headless: true });
  try {
    const page = context.pages()[0] ?? (await context.newPage());
    const renderer = await Renderer.of(context);
    page.setDefaultTimeout(longestMs);
    const peaks: Peak[] = [];
    peaks.push(
      await renderer.during('open, on the bundled data', async () => {
        await page.goto(`http://127.0.0.1:${port}/?backend=cpu#/data`);
        await page.getByRole('region', { name: 'Embeddings', exact: true }).getByText('Loaded:').waitFor();
      }),
    );
    peaks.push(
      await renderer.during('read', async () => {
        await page.getByLabel('Load embeddings').setInputFiles(path);
        const panel = page.getByRole('region', { name: 'glove.txt' });
        await panel.getByRole('radio', { name: /^All/ }).check();
        await panel.getByRole('button', { name: 'Load', exact: true }).click();
        await loadedCard(page).waitFor();
      }),
    );
    peaks.push(await renderer.during('keep', () => keptEntry(page).waitFor()));
    peaks.push(
      await renderer.during('reload', async () => {
        await page.reload();
        await loadedCard(page).waitFor();
      }),
    );
    return peaks;
  } finally {
    await context.close();
  }
}

/** The page as it was built, served. */
async function withPage<Value>(work: () => Promise<Value>): Promise<Value> {
  const server = spawn('npx', ['vite', 'preview', '--host', '127.0.0.1', '--port', String(port), '--strictPort'], {
    stdio: 'ignore',
    detached: true,
  });
  try {
    const served = () =>
      fetch(`http://127.0.0.1:${port}/`).then(
        ({ ok }) => ok,
        () => false,
      );
    for (let tries = 0; !(await served()); tries++) {
      if (tries > 60) throw new Error('The page is not served: has it been built (npm run build)?');
      await new Promise((resolve) => setTimeout(resolve, 500));
    }
    return await work();
  } finally {
    // npx and vite: the whole group that was started here.
    if (server.pid !== undefined) process.kill(-server.pid);
  }
}

export const tabMemory: Work = {
  name: 'tab-memory',
  quick: false,
  onlyByName: true,
  async measure({ say, folder, processor, date }) {
    if (process.platform !== 'linux') return { ...noFindings(), notes: ['not measured: it reads /proc, which Linux alone has.'] };
    const peaks = await withPage(() => measure(folder, say));
    return {
      ...noFindings(),
      memory: peaks.map(({ stage, seconds, resident, proportional }) => ({
        work: 'tab-memory',
        stage: `${rows} x ${dimension}: ${stage}`,
        seconds,
        peakBytes: proportional,
        residentBytes: resident,
        tableBytes,
        adapter: processor,
        date,
      })),
    };
  },
};
