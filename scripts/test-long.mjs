// `npm run test:long`: the fuzz tests with 100,000 mutated files each instead of 1,000.
import { main, runInstalled } from './lib/run.mjs';

await main(() => runInstalled(['vitest'], ['run', '--project', 'unit', 'fuzz'], { environment: { LONG: '1' } }));
