// `npm run bench -- ...`: what the lab does beside what a user would pick instead. Progress goes to stderr; stdout is the table's.
import { main, run } from './lib/run.mjs';
import { setUp } from './lib/setup.mjs';

await main(async () => {
  await setUp();
  // Loaded only now: they import what set-up has just installed.
  const { findBrowser } = await import('./lib/browser.mjs');
  const { vulkanEnvironment } = await import('./lib/vulkan.mjs');
  const environment = vulkanEnvironment(await findBrowser());
  return run(process.execPath, ['--import', 'tsx', '--expose-gc', 'bench/main.ts', ...process.argv.slice(2)], { environment });
});
