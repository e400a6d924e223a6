import { join } from 'node:path';
import { root } from '../../scripts/lib/run.mjs';

let started: Promise<void> | null = null;

/** tfjs's WebAssembly backend, with as many threads and the SIMD that it finds by itself. */
export function startWasm(): Promise<void> {
  started ??= (async () => {
    const { setWasmPaths } = await import('@tensorflow/tfjs-backend-wasm');
    setWasmPaths(join(root, 'node_modules/@tensorflow/tfjs-backend-wasm/dist/'));
  })();
  return started;
}
