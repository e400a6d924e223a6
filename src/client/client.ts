import { proxy, type Remote, wrap } from 'comlink';
import type { LabFailure } from '../protocol/failure';
import type { Lab } from '../protocol/lab';

/** Opens the engine's worker and speaks to it: the one place of the page that knows there is a worker. */
export function connectToWorker(): Lab {
  return workerLab(() => new Worker(new URL('../engine/worker.ts', import.meta.url), { type: 'module', name: 'lowrank-lab-engine' }));
}

interface Connection {
  worker: Worker;
  remote: Remote<Lab>;
  /** The calls that wait for an answer: each is told when the worker dies, so that none waits for ever. */
  waiting: Set<(failure: LabFailure) => void>;
}

type Verb = keyof Lab;
type Send = (...args: readonly unknown[]) => Promise<unknown>;

/**
 * A `Lab` behind a worker. Every verb goes over as it is: callbacks by a channel of their own, everything else as plain data. A worker that died is
 * replaced at the next call.
 */
export function workerLab(createWorker: () => Worker): Lab {
  let connection: Connection | null = null;

  const connect = (): Connection => {
    const worker = createWorker();
    const waiting: Connection['waiting'] = new Set();
    worker.addEventListener('error', (event) => {
      // Without this the browser reports it a second time, as an uncaught error of the page.
      event.preventDefault();
      connection = null;
      worker.terminate();
      for (const fail of waiting) fail(workerLost(event.message));
    });
    return { worker, remote: wrap<Lab>(worker), waiting };
  };
  // A race of each call with one promise of the worker's death would keep every answer for as long as the worker lives: that promise holds on to the
  // races that it has not decided.
  const call = (verb: Verb, args: readonly unknown[]): Promise<unknown> => {
    connection ??= connect();
    const { remote, waiting } = connection;
    const send = remote[verb] as unknown as Send;
    return new Promise((resolve, reject) => {
      waiting.add(reject);
      send(...args.map((arg) => (typeof arg === 'function' ? proxy(arg) : arg)))
        .then(resolve, reject)
        .finally(() => waiting.delete(reject));
    });
  };
  const close = async (): Promise<void> => {
    if (!connection) return;
    const { worker, waiting } = connection;
    await call('close', []);
    worker.terminate();
    connection = null;
    // What the worker was still at has no answer any more.
    for (const fail of waiting) fail(workerLost(undefined));
  };

  return new Proxy({} as Lab, {
    get: (_, name) => {
      // An object with a `then` would be waited for as a promise is.
      if (typeof name !== 'string' || name === 'then') return undefined;
      return name === 'close' ? close : (...args: unknown[]) => call(name as Verb, args);
    },
  });
}

function workerLost(message: string | undefined): LabFailure {
  return {
    code: 'unexpected',
    message: `The lab's engine stopped${message ? `: ${message}` : ''}.`,
    remedy: 'Reload the page; results that are on the screen can be exported first.',
  };
}
