// `npm run lab -- ...`: the lab without a screen. What set-up has to say goes to stderr; stdout is the result's.
import { main, runInstalled } from './lib/run.mjs';
import { setUp } from './lib/setup.mjs';

await main(async () => {
  await setUp();
  return runInstalled(['tsx'], ['src/cli/main.ts', ...process.argv.slice(2)]);
});
