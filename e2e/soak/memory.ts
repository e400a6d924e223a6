import { type BrowserContext, type CDPSession, expect, type Page } from '@playwright/test';

const MB = 1e6;

/**
 * Put before the worker's script. It counts the device's buffers where they are made and freed, whoever asks for them. And it asks the network once only for
 * the bundled files: whoever watches a page by DevTools, as Playwright does, has its process keep each answer, 6.5 MB of base64 for the table a load.
 */
const prelude = `{
  const { fetch } = globalThis;
  const files = new Map();
  globalThis.fetch = async (address, options) => {
    const name = String(address);
    if (!name.includes('/bundled/')) return fetch(address, options);
    if (!files.has(name)) files.set(name, await (await fetch(address, options)).arrayBuffer());
    return new Response(files.get(name).slice(0));
  };
}
{
  const live = { buffers: 0, bytes: 0 };
  globalThis.liveBuffers = live;
  const sizes = new Map();
  if (globalThis.GPUDevice) {
    const { createBuffer, destroy: destroyDevice } = GPUDevice.prototype;
    GPUDevice.prototype.createBuffer = function (description) {
      const buffer = createBuffer.call(this, description);
      sizes.set(buffer, description.size);
      live.buffers++;
      live.bytes += description.size;
      return buffer;
    };
    const { destroy } = GPUBuffer.prototype;
    GPUBuffer.prototype.destroy = function () {
      if (sizes.has(this)) {
        live.buffers--;
        live.bytes -= sizes.get(this);
        sizes.delete(this);
      }
      destroy.call(this);
    };
  }
}
`;

/** Figures of one moment; those in MB are in millions of bytes. */
export interface Memory {
  /** JavaScript's heap of the page, its array buffers included: what is alive after a collection. */
  pageMB: number;
  /** The same of the engine's worker. */
  workerMB: number;
  /** Of the page's elements, styles and layout, and whatever else the browser collects as garbage for it: what is alive. */
  domMB: number;
  /** Elements and texts of the page, those not in sight included, and what listens to them. */
  nodes: number;
  listeners: number;
  /** Of the WebGPU device: made and not destroyed. 0 on the CPU backend. */
  buffers: number;
  bufferMB: number;
}

/** To be called before the page opens. */
export async function prepare(context: BrowserContext): Promise<void> {
  await context.route(/\/assets\/worker-[^/]*\.js$/, async (route) => {
    const response = await route.fetch();
    await route.fulfill({ response, body: prelude + (await response.text()) });
  });
}

export async function measure(page: Page): Promise<Memory> {
  const session = await page.context().newCDPSession(page);
  const [worker] = page.workers();
  expect(worker, 'the engine’s worker').toBeDefined();
  const engine = await attachToWorker(session);
  await collectGarbage(page, [(method) => session.send(method), engine]);
  const ofPage = heapOf(await session.send('Runtime.getHeapUsage'));
  const ofWorker = heapOf((await engine('Runtime.getHeapUsage')) as HeapUsage);
  const counts = await session.send('Memory.getDOMCounters');
  const live = await worker.evaluate(() => (globalThis as unknown as { liveBuffers: { buffers: number; bytes: number } }).liveBuffers);
  await session.detach();
  return {
    pageMB: ofPage.liveMB,
    workerMB: ofWorker.liveMB,
    domMB: ofPage.domMB,
    nodes: counts.nodes,
    listeners: counts.jsEventListeners,
    buffers: live.buffers,
    bufferMB: live.bytes / MB,
  };
}

interface HeapUsage {
  usedSize: number;
  /** Of array buffers, which lie outside of the heap. */
  backingStorageSize?: number;
  /** Of the browser's own garbage-collected objects. */
  embedderHeapUsedSize?: number;
}

function heapOf({ usedSize, backingStorageSize = 0, embedderHeapUsedSize = 0 }: HeapUsage): { liveMB: number; domMB: number } {
  return { liveMB: (usedSize + backingStorageSize) / MB, domMB: embedderHeapUsedSize / MB };
}

/** Twice, with a turn of the event loop between: what a collection sets free may hold more. */
async function collectGarbage(page: Page, heaps: readonly ((method: 'HeapProfiler.collectGarbage') => Promise<unknown>)[]): Promise<void> {
  for (let pass = 0; pass < 2; pass++) {
    for (const heap of heaps) await heap('HeapProfiler.collectGarbage');
    await page.waitForTimeout(300);
  }
}

/** Speaks to the page's one worker: it is a target of its own. */
async function attachToWorker(session: CDPSession): Promise<(method: string) => Promise<unknown>> {
  const attached = new Promise<string>((resolve) => session.once('Target.attachedToTarget', ({ sessionId }) => resolve(sessionId)));
  await session.send('Target.setAutoAttach', { autoAttach: true, waitForDebuggerOnStart: false, flatten: false });
  const sessionId = await attached;
  let last = 0;
  return async (method) => {
    const id = ++last;
    const answer = new Promise<unknown>((resolve) => {
      const listen = (event: { sessionId: string; message: string }) => {
        const message = JSON.parse(event.message);
        if (event.sessionId !== sessionId || message.id !== id) return;
        session.off('Target.receivedMessageFromTarget', listen);
        resolve(message.result);
      };
      session.on('Target.receivedMessageFromTarget', listen);
    });
    await session.send('Target.sendMessageToTarget', { sessionId, message: JSON.stringify({ id, method }) });
    return answer;
  };
}
