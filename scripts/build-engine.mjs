// `npm run build:engine`: the engine as a package entry, `lowrank-lab/engine`, in `dist-engine/`, with its types.
import { buildEngine } from './lib/build-engine.mjs';
import { main } from './lib/run.mjs';
import { setUp } from './lib/setup.mjs';

await main(async () => {
  await setUp();
  return buildEngine();
});
