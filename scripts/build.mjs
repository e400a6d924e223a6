// `npm run build`: the page as static files in `dist/`, the data included.
import { main, runInstalled } from './lib/run.mjs';
import { setUp } from './lib/setup.mjs';

await main(async () => {
  await setUp();
  return runInstalled(['vite'], ['build', ...process.argv.slice(2)]);
});
