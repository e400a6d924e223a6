// `npm start`: installs and prepares what is missing, then serves the lab and prints its address. Arguments go to Vite (`-- --port 8080`).
import { main, runInstalled } from './lib/run.mjs';
import { setUp } from './lib/setup.mjs';

await main(async () => {
  await setUp();
  return runInstalled(['vite'], process.argv.slice(2));
});
