import type { CDPSession } from '@playwright/test';
import { expect, test } from './journey';

/** CPU time, not wall time: on two cores that also play the GPU, a task may wait long for its turn. */
const longestTaskMs = 100;

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

/** Records every task of every thread's event loop; resolves with the events when `stop` is called. */
async function trace(session: CDPSession) {
  const events: TraceEvent[] = [];
  session.on('Tracing.dataCollected', ({ value }) => events.push(...(value as unknown as TraceEvent[])));
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

test('no task of the main thread takes over 100 ms of CPU time while training', async ({ lab, page }) => {
  await lab.open('webgpu');
  await lab.chooseEpochs(3);
  const session = await page.context().newCDPSession(page);
  const stop = await trace(session);
  await lab.run();
  await lab.finish();
  const events = await stop();

  const mainThreads = events.filter(({ ph, name, args }) => ph === 'M' && name === 'thread_name' && args?.name === 'CrRendererMain');
  const tasks = events.filter(
    ({ name, ph, pid, tid }) => ph === 'X' && name === 'RunTask' && mainThreads.some((thread) => thread.pid === pid && thread.tid === tid),
  );
  expect(tasks.length, 'tasks in the trace').toBeGreaterThan(500);
  // Left out by Chromium where it is zero.
  const untimed = tasks.filter(({ dur = 0, tdur }) => tdur === undefined && dur > 1000);
  expect(untimed, 'tasks of over 1 ms without a CPU time').toEqual([]);
  const longest = Math.max(...tasks.map(({ tdur = 0 }) => tdur / 1000));
  test.info().annotations.push({ type: 'longest task', description: `${longest.toFixed(1)} ms of CPU time` });
  console.log(`longest task of the main thread: ${longest.toFixed(1)} ms of CPU time, of ${tasks.length}`);
  expect(longest).toBeLessThanOrEqual(longestTaskMs);
});
