import { defineConfig } from '@playwright/test';
import journeys from './playwright.config';

/** `npm run test:long`: the page for half an hour. */
export default defineConfig({
  ...journeys,
  testDir: 'e2e/soak',
  testIgnore: [],
  // Memory is measured, not time: both at once take half an hour.
  workers: 2,
  outputDir: 'test-results/soak',
  reporter: 'list',
  use: {
    ...journeys.use,
    // What is not there after a minute never comes: without a limit a click would wait for it to the end of the half hour.
    actionTimeout: 60_000,
  },
});
