/**
 * A process that factorizes one table, and says what memory that took above the table and the program: `ROWS BACKEND`. Alone, since the
 * largest resident size is a process's own and never falls.
 */
import { installNodeGpu } from '../../src/cli/node-gpu';
import { openCpuDevice } from '../../src/engine/device/cpu';
import { truncatedSvd } from '../../src/engine/svd/svd';
import { rank, tableOf } from './factorization-data';

const [rows, backend] = process.argv.slice(2);
const open = async () => {
  if (backend === 'cpu') return openCpuDevice('The bench asked for it.');
  await installNodeGpu(true);
  const { openWebGpuDevice } = await import('../../src/engine/device/tfjs');
  return openWebGpuDevice('The bench asked for it.');
};
const device = await open();
const table = tableOf(Number(rows));
(globalThis as { gc?: () => void }).gc?.();
const before = process.memoryUsage().rss;
await truncatedSvd(table, device, { rank });
console.log(JSON.stringify({ peakBytes: Math.max(0, 1024 * process.resourceUsage().maxRSS - before) }));
process.exit();
