/** Peak memory of reading 1,000,000 x 300 word vectors, beside the float32 table that comes out. */
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { MemoryRow } from '../results';
import { noFindings, type Work } from '../work';

const rows = 1_000_000;

export const memory: Work = {
  name: 'parse-memory',
  quick: false,
  async measure({ say, processor, date }) {
    say('parse-memory');
    const script = fileURLToPath(new URL('parse-memory.ts', import.meta.url));
    const { status, stdout } = spawnSync(process.execPath, ['--import', 'tsx', '--expose-gc', script, String(rows)], {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    if (status !== 0) throw new Error('the process that reads the vectors failed; its reason is above');
    const measured = JSON.parse(stdout) as Pick<MemoryRow, 'seconds' | 'peakBytes' | 'residentBytes' | 'tableBytes'>;
    return {
      ...noFindings(),
      memory: [{ work: 'parse-memory', stage: `read ${rows} x 300, the text made up meanwhile`, ...measured, adapter: processor, date }],
    };
  },
};
