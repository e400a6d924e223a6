// `npm run lab -- ...`: the lab without a screen. What set-up has to say goes to stderr; stdout is the result's.
import { main, run } from './lib/run.mjs';
import { setUp } from './lib/setup.mjs';

await main(async () => {
  await setUp();
  // Loaded only now: they import what set-up has just installed.
  const { findBrowser } = await import('./lib/browser.mjs');
  const { vulkanEnvironment } = await import('./lib/vulkan.mjs');
  const environment = vulkanEnvironment(await findBrowser());
  // Not by tsx's own command: that one passes Ctrl-C on a second time, and the second one ends the run at once.
  return run(process.execPath, ['--import', 'tsx', 'src/cli/main.ts', ...process.argv.slice(2)], { environment });
});
