// `npm run test:long [-- --minutes 30 --backend webgpu --parts race,learn]`: what takes too long for every change.
//
// - the fuzz tests with 100,000 mutated files each instead of 1,000;
// - the built page, used again and again for so many minutes: its memory must stay flat (`e2e/soak`).
import { parseArgs } from 'node:util';
import { main, runInstalled, Stop } from './lib/run.mjs';
import { setUp } from './lib/setup.mjs';

/** @param {string} line */
const say = (line) => console.log(`\n== ${line}`);

await main(async () => {
  const { minutes, backend, parts } = options();
  await setUp(say);
  const { ensureBrowser } = await import('./lib/browser.mjs');
  process.env.CHROMIUM_PATH = await ensureBrowser(say);
  say('Fuzz tests, 100,000 files each');
  const fuzz = await runInstalled(['vitest'], ['run', '--project', 'unit', 'fuzz'], { environment: { LONG: '1' } });
  say('Build');
  const build = await runInstalled(['vite'], ['build']);
  if (build !== 0) return build;
  say(`The page for ${minutes} minutes`);
  const environment = { SOAK_MINUTES: minutes, SOAK_BACKEND: backend, ...(parts && { SOAK_PARTS: parts }) };
  const soak = await runInstalled(['@playwright/test', 'playwright'], ['test', '-c', 'playwright.soak.config.ts'], { environment });
  return fuzz || soak;
});

function options() {
  const { values } = parseArgs({
    options: {
      minutes: { type: 'string', default: '30' },
      backend: { type: 'string', default: 'webgpu' },
      // For who looks for where a growth comes from: of `e2e/soak/soak.spec.ts`, by their names.
      parts: { type: 'string' },
    },
  });
  if (!(Number(values.minutes) > 0)) throw new Stop(`--minutes is ${values.minutes}; it is a number above zero.`);
  if (!['webgpu', 'cpu'].includes(values.backend)) throw new Stop(`--backend is ${values.backend}; it is webgpu or cpu.`);
  return values;
}
