import { type CDPSession, expect, type Page, test } from '@playwright/test';

/**
 * CPU time, not wall time: on two cores that also play the GPU, a task may wait long for its turn. Of every task without exception. Its CPU time is what
 * the thread's clock counted, or the time from its start to its end where that is less: on a virtual machine the clock of a thread jumps at times.
 */
const longestTaskMs = 50;
/**
 * What `calibration` takes of the processor that the limit is held on, an Intel Xeon of 2023 (31 to 37 ms, by what else it did; an AMD EPYC took 38); a slower
 * one is allowed so many times more.
 */
const calibrationMs = 32;
/** More is not the processor but what else it does just then. */
const mostSlowness = 2;

/** Milliseconds of the page's thread for a fixed piece of JavaScript: objects, strings, a sort, JSON. The fastest of several, once it is compiled. */
function calibration(page: Page): Promise<number> {
  return page.evaluate(() => {
    const took = Array.from({ length: 20 }, () => {
      const from = performance.now();
      const words = Array.from({ length: 40_000 }, (_, i) => ({ key: `w${(i * 7919) % 40_009}`, value: i / 7 }));
      words.sort((a, b) => (a.key < b.key ? -1 : 1));
      JSON.parse(JSON.stringify(words));
      return performance.now() - from;
    });
    return Math.min(...took);
  });
}

interface TraceEvent {
  name: string;
  ph: string;
  pid: number;
  tid: number;
  /** CPU time of the thread, in microseconds. */
  tdur?: number;
  dur?: number;
  args?: { name?: string };
}

/** Records every task of every thread's event loop; resolves with the events when it is called. */
async function trace(session: CDPSession): Promise<() => Promise<TraceEvent[]>> {
  const events: TraceEvent[] = [];
  session.on('Tracing.dataCollected', ({ value }) => {
    for (const event of value as unknown as TraceEvent[]) events.push(event);
  });
  const complete = new Promise<void>((resolve) => session.once('Tracing.tracingComplete', () => resolve()));
  await session.send('Tracing.start', {
    transferMode: 'ReportEvents',
    traceConfig: { includedCategories: ['toplevel', '__metadata', 'disabled-by-default-devtools.timeline'], excludedCategories: ['*'] },
  });
  return async () => {
    await session.send('Tracing.end');
    await complete;
    return events;
  };
}

/** Does the work, and expects of the page's thread that none of its tasks meanwhile took over 50 ms; on a slow processor so many times more as it is slow. */
export async function expectShortTasks(page: Page, work: () => Promise<void>): Promise<void> {
  const slowness = Math.min(mostSlowness, Math.max(1, (await calibration(page)) / calibrationMs));
  const stop = await trace(await page.context().newCDPSession(page));
  await work();
  const events = await stop();

  const mainThreads = events.filter(({ ph, name, args }) => ph === 'M' && name === 'thread_name' && args?.name === 'CrRendererMain');
  const tasks = events.filter(
    ({ name, ph, pid, tid }) => ph === 'X' && name === 'RunTask' && mainThreads.some((thread) => thread.pid === pid && thread.tid === tid),
  );
  expect(tasks.length, 'tasks in the trace').toBeGreaterThan(200);
  // Left out by Chromium where it is zero.
  const untimed = tasks.filter(({ dur = 0, tdur }) => tdur === undefined && dur > 1000);
  expect(untimed, 'tasks of over 1 ms without a CPU time').toEqual([]);
  const took = tasks.map(({ dur = 0, tdur = 0 }) => Math.min(dur, tdur) / 1000).sort((a, b) => b - a);
  const said = `longest tasks of the main thread: ${took
    .slice(0, 5)
    .map((ms) => ms.toFixed(1))
    .join(', ')} ms of CPU time, of ${tasks.length}; the processor is ${slowness.toFixed(2)} times as slow as the limit is meant for`;
  test.info().annotations.push({ type: 'longest tasks', description: said });
  console.log(said);
  expect(took[0]).toBeLessThanOrEqual(slowness * longestTaskMs);
}
