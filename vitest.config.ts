import { fileURLToPath } from 'node:url';
import { playwright } from '@vitest/browser-playwright';
import { configDefaults, defineConfig } from 'vitest/config';
import { launchOptions } from './scripts/lib/browser.mjs';

/** `*.gpu.test.ts` needs a WebGPU device; `*.device.test.ts` runs the same cases on both backends, so in both projects. */
const onDevice = ['src/**/*.gpu.test.ts', 'src/**/*.device.test.ts'];

/** `*.built.test.ts` reads `dist`: `npm test` runs it after the build. */
const onBuilt = ['scripts/**/*.built.test.ts'];

/** What runs in Python, by what it imports there: `npm test` does where it is installed (scripts/lib/python.mjs). */
const inPython = ['python', 'gensim', 'onnx-checker'].map((name) => ({ name, include: [`src/**/*.${name}.test.ts`] }));

export default defineConfig({
  test: {
    // Without it Vitest leaves a core to itself, which on two cores is half of them.
    maxWorkers: '100%',
    projects: [
      {
        test: {
          name: 'unit',
          environment: 'node',
          // As the command line does: the CPU backend's kernels are those of the browser's tests.
          setupFiles: ['src/cli/relaxed-simd.ts'],
          include: ['src/**/*.test.{ts,tsx}', 'scripts/**/*.test.ts', 'bench/**/*.test.ts'],
          exclude: [...configDefaults.exclude, 'src/**/*.gpu.test.ts', ...onBuilt, ...inPython.flatMap(({ include }) => include)],
          // A room is compiled when a test first enters it, on cores that have other tests to run.
          testTimeout: 20_000,
        },
      },
      { test: { name: 'built', environment: 'node', include: onBuilt } },
      ...inPython.map(({ name, include }) => ({ test: { name, environment: 'node' as const, include, testTimeout: 120_000 } })),
      {
        // The documented example asks for the package by its name; here it is the sources.
        resolve: { alias: { 'lowrank-lab/engine': fileURLToPath(new URL('src/engine/index.ts', import.meta.url)) } },
        // Vite would find these only when the first test asks for them, and reload the page under the tests.
        optimizeDeps: {
          include: [
            '@tensorflow/tfjs',
            '@tensorflow/tfjs-backend-webgpu',
            '@bufbuild/protobuf',
            '@bufbuild/protobuf/codegenv2',
            'onnxruntime-web',
            'zod',
            'jstat',
            'idb',
            'fflate',
            '@zip.js/zip.js',
          ],
        },
        test: {
          name: 'gpu',
          include: onDevice,
          // One adapter, and it is played by the CPU: files side by side would only slow each other down.
          fileParallelism: false,
          testTimeout: 60_000,
          hookTimeout: 60_000,
          browser: {
            enabled: true,
            headless: true,
            screenshotFailures: false,
            provider: playwright({ launchOptions: await launchOptions() }),
            instances: [{ browser: 'chromium' }],
          },
        },
      },
    ],
  },
});
