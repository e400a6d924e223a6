import { defineConfig } from '@playwright/test';
import { launchOptions } from './scripts/lib/browser.mjs';

const port = Number(process.env.E2E_PORT ?? 4517);
const address = `http://127.0.0.1:${port}/`;

export default defineConfig({
  testDir: 'e2e',
  testIgnore: 'soak/**',
  outputDir: 'test-results/e2e',
  // The software adapter takes every core: two journeys at once would measure each other.
  workers: 1,
  fullyParallel: false,
  forbidOnly: true,
  retries: 0,
  timeout: 120_000,
  expect: { timeout: 15_000 },
  reporter: [['list'], ['json', { outputFile: 'test-results/e2e.json' }]],
  use: {
    baseURL: address,
    headless: true,
    viewport: { width: 1440, height: 900 },
    launchOptions: await launchOptions(),
    // Each journey would keep the whole page for later visits that it never makes; `offline.spec.ts` is about that, and lets it.
    serviceWorkers: 'block',
    // It would take as long again as the journeys do: `npx playwright test FILE --trace on` records the one that is looked into.
    trace: 'off',
  },
  projects: [{ name: 'chromium', use: { browserName: 'chromium' } }],
  webServer: {
    command: `npx vite preview --host 127.0.0.1 --port ${port} --strictPort`,
    url: address,
    reuseExistingServer: false,
  },
});
