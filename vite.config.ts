import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';
import { VitePWA } from 'vite-plugin-pwa';
import { engineRevisionDefine } from './scripts/lib/engine-revision.mjs';
import { notices } from './scripts/lib/notices.mjs';

export default defineConfig({
  define: engineRevisionDefine(),
  plugins: [
    react(),
    notices(),
    // After one visit the page works without a network: everything that it may need is kept, the bundled data and the engine included.
    VitePWA({
      strategies: 'generateSW',
      // A new version waits until the visitor reloads: taken by itself it would end a run.
      registerType: 'prompt',
      // The page registers it when its first load is over (`src/views/offline`).
      injectRegister: null,
      includeAssets: [],
      manifest: {
        name: 'Lowrank Lab',
        short_name: 'Lowrank Lab',
        description: 'A laboratory for shrinking word embeddings, in a browser tab, on your own GPU.',
        // Relative, as every address here: the page lives under any path.
        id: './',
        start_url: './',
        scope: './',
        display: 'standalone',
        background_color: '#f3f4f6',
        theme_color: '#14181d',
        categories: ['education', 'science'],
        icons: [
          { src: 'favicon.svg', type: 'image/svg+xml', sizes: 'any', purpose: 'any' },
          { src: 'icons/192.png', type: 'image/png', sizes: '192x192', purpose: 'any' },
          { src: 'icons/512.png', type: 'image/png', sizes: '512x512', purpose: 'any' },
          { src: 'icons/maskable-512.png', type: 'image/png', sizes: '512x512', purpose: 'maskable' },
        ],
      },
      workbox: {
        globPatterns: ['**/*.{js,css,html,svg,png,json,bin}'],
        // The engine's chunk and the word vectors.
        maximumFileSizeToCacheInBytes: 16 * 2 ** 20,
        // Their names hold a hash already, so that what the visit has loaded is taken from the browser's cache.
        dontCacheBustURLsMatching: /^(assets\/|bundled\/.*\.[0-9a-f]{8}\.)/,
        navigateFallback: 'index.html',
        cleanupOutdatedCaches: true,
        sourcemap: false,
      },
    }),
  ],
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
