/**
 * Peak memory of reading 1,000,000 x 300 word vectors (2.5 GB of text, made up as they are read; 100,000 with --quick), beside the
 * float32 table that comes out. Run with `node --import tsx --expose-gc bench/memory.ts`, which the bench script does not: it takes a minute.
 */
import { nodeParsers } from '../src/cli/parser-threads';
import { unknownSize } from '../src/engine/data/bytes/source-file';
import { readTextTable } from '../src/engine/data/embeddings/glove-text';
import { selectionOf } from '../src/engine/data/embeddings/selection';
import { gloveChunks } from './glove-file';

const rows = process.argv.includes('--quick') ? 100_000 : 1_000_000;
const dimension = 300;
const tableBytes = 4 * rows * dimension;
const mib = (bytes: number) => `${(bytes / 2 ** 20).toFixed(0)} MiB`;

const chunks = gloveChunks(rows, dimension);
let bytes = 0;
// The generator's own pool of numbers is made before the measurement begins.
let next = chunks.next();
const file = {
  name: 'glove.txt',
  size: unknownSize,
  stream: () =>
    new ReadableStream<Uint8Array>({
      pull(controller) {
        if (next.done) return controller.close();
        bytes += next.value.length;
        controller.enqueue(next.value);
        next = chunks.next();
      },
    }),
};
(globalThis as { gc?: () => void }).gc?.();
const before = process.memoryUsage().rss;
let peak = before;
const timer = setInterval(() => {
  peak = Math.max(peak, process.memoryUsage().rss);
}, 20);
const start = performance.now();
const { words, vectors } = await readTextTable(file, selectionOf({ kind: 'all' }, { tokens: [] }), {
  parsers: process.argv.includes('--one-thread') ? null : nodeParsers(),
});
const seconds = (performance.now() - start) / 1000;
clearInterval(timer);
peak = Math.max(peak, process.memoryUsage().rss);
console.log(
  `${words.length} x ${vectors.columns}, ${(bytes / 1e9).toFixed(2)} GB of text in ${seconds.toFixed(1)} s, its generation included`,
);
console.log(`table ${mib(tableBytes)}; resident before ${mib(before)}, peak ${mib(peak)}, growth ${mib(peak - before)}`);
console.log(`growth over table ${((peak - before) / tableBytes).toFixed(3)}; whole process over table ${(peak / tableBytes).toFixed(3)}`);
