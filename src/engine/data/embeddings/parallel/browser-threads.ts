import type { ParserThread, ParserThreads } from '../../bytes/source-file';

/** More threads than these would wait for the stream. */
const mostThreads = 4;

/** Threads of a browser; null where there is one core only, or where a worker can't have workers of its own. */
export function browserParsers(): ParserThreads | null {
  const count = Math.min(mostThreads, globalThis.navigator?.hardwareConcurrency ?? 1);
  return count > 1 && typeof Worker === 'function' ? { count, spawn } : null;
}

function spawn(): ParserThread {
  const worker = new Worker(new URL('./browser-thread.ts', import.meta.url), { type: 'module' });
  return {
    post: (message, transfer) => worker.postMessage(message, transfer),
    listen(onMessage, onFailure) {
      worker.addEventListener('message', ({ data }: MessageEvent<unknown>) => onMessage(data));
      worker.addEventListener('error', (event) => {
        event.preventDefault();
        onFailure(event.message || 'it could not be loaded');
      });
    },
    end: () => worker.terminate(),
  };
}
