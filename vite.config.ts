import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

export default defineConfig({
  plugins: [react()],
  // Relative addresses: the built page works under any path of any static host, and asks nobody else for anything.
  base: './',
  worker: { format: 'es' },
  build: {
    target: 'es2022',
    // tfjs with its WebGPU backend is one large chunk that only the worker loads.
    chunkSizeWarningLimit: 2500,
  },
  // The development server must find the worker's packages too before the page opens: one found late reloads the page under a run.
  optimizeDeps: { entries: ['index.html', 'src/engine/worker.ts'] },
  server: { host: '127.0.0.1' },
  preview: { host: '127.0.0.1' },
});
