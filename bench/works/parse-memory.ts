/**
 * A process that reads ROWS x 300 word vectors (2.5 kB of text a row, made up as they are read), and says what memory that took. Alone: resident
 * memory is the whole process's.
 */
import { nodeParsers } from '../../src/cli/parser-threads';
import { unknownSize } from '../../src/engine/data/bytes/source-file';
import { readTextTable } from '../../src/engine/data/embeddings/glove-text';
import { selectionOf } from '../../src/engine/data/embeddings/selection';
import { gloveChunks } from '../glove-file';

const rows = Number(process.argv[2]);
const dimension = 300;

const chunks = gloveChunks(rows, dimension);
// The generator's own pool of numbers is made before the measurement begins.
let next = chunks.next();
const file = {
  name: 'glove.txt',
  size: unknownSize,
  stream: () =>
    new ReadableStream<Uint8Array>({
      pull(controller) {
        if (next.done) return controller.close();
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
const { words, vectors } = await readTextTable(file, selectionOf({ kind: 'all' }, { tokens: [] }), { parsers: nodeParsers() });
const seconds = (performance.now() - start) / 1000;
clearInterval(timer);
if (words.length !== rows) throw new Error(`read ${words.length} of ${rows} rows`);
const residentBytes = Math.max(peak, process.memoryUsage().rss);
console.log(JSON.stringify({ seconds, peakBytes: residentBytes - before, residentBytes, tableBytes: 4 * rows * vectors.columns }));
process.exit();
