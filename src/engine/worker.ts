/** The engine's end of the worker boundary: a laboratory in a browser's worker, behind Comlink. */
import { expose } from 'comlink';
import { browserParsers } from './data/embeddings/parallel/browser-threads';
import { openBrowserStorage } from './data/storage/browser';
import { openDevice } from './device/open';
import { toFailure } from './errors';
import { createLab } from './lab/lab';
import { openBrowserRuns } from './runs/storage/browser';
import { openBrowserSweeps } from './sweep/storage/browser';
import { compileAhead } from './training/compile-ahead';
import { prepareProbe } from './training/probe';
import { versions } from './versions';

const now = () => performance.now();

/** The page's own folder: a build puts the worker into `assets/`, the development server leaves it where its source is. */
const page = new URL(import.meta.env.DEV ? '/' : '../', self.location.href);

const lab = createLab({
  openDevice: async (choice, known) => {
    const device = await openDevice(choice, {
      prepare: (candidate) => prepareProbe(candidate, now),
      now,
      browser: navigator.userAgent,
      lab: versions['lowrank-lab'],
      known,
    });
    if (device.report.backend === 'webgpu') {
      void compileAhead(device);
    }
    return device;
  },
  fetchBundled: (path, signal) => fetch(new URL(`bundled/${path}`, page), { signal }),
  fetchAddress: (address, signal) => fetch(address, { signal, credentials: 'omit', redirect: 'error', referrerPolicy: 'no-referrer' }),
  // Not awaited here: a message that comes before `expose` would be lost.
  storage: openBrowserStorage(),
  sweeps: openBrowserSweeps(),
  runs: openBrowserRuns(),
  parsers: browserParsers(),
  now,
  versions,
});

/** An Error would lose its code and its remedy on the way; a plain failure arrives whole. */
function withPlainFailures<T extends object>(target: T): T {
  return new Proxy(target, {
    get: (object, verb) => {
      const value: unknown = Reflect.get(object, verb);
      if (typeof value !== 'function') {
        return value;
      }
      return async (...args: unknown[]) => {
        try {
          return await value.apply(object, args);
        } catch (error) {
          throw toFailure(error);
        }
      };
    },
  });
}

expose(withPlainFailures(lab));
