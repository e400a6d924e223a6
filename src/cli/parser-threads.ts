import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import type { ParserThread, ParserThreads } from '../engine/data/bytes/source-file';

/** More threads than these would wait for the stream. */
const mostThreads = 4;

/** Threads of Node that read text tables; null on one core. */
export function nodeParsers(count = Math.min(mostThreads, availableParallelism())): ParserThreads | null {
  return count > 1 ? { count, spawn } : null;
}

function spawn(): ParserThread {
  const worker = new Worker(new URL('./parse-thread.mjs', import.meta.url));
  return {
    post: (message, transfer) => worker.postMessage(message, transfer),
    listen(onMessage, onFailure) {
      worker.on('message', onMessage);
      worker.on('error', ({ message }: Error) => onFailure(message));
    },
    end: () => void worker.terminate(),
  };
}
