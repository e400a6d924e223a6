import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { BuiltPage, type Chunk } from './lib/built-page';
import { root } from './lib/run.mjs';

/** What the page may weigh before a room of it is asked for, and what a room may bring on top of that, its charts included. */
const mostInitialKb = 250;
const mostRoomKb = 160;

/** Texts that no minifier takes out: of the engine's kernels, of what it says of a table and of a file, of tfjs. */
const engineMarks = ['@workgroup_size', 'The table to factorize holds', 'A table of word vectors is one file', 'tfjsflags'];

const page = new BuiltPage(join(root, 'dist'));
const initial = page.reached(page.entries);
const onPage = page.reached(page.entries, true);
const inWorkers = page.reached([...new Set(onPage.flatMap(({ workers }) => workers))], true);

const kb = (chunks: readonly Chunk[]) => chunks.reduce((sum, { gzipBytes }) => sum + gzipBytes, 0) / 1000;
const missing = (chunks: readonly Chunk[], known: readonly Chunk[]) => chunks.filter((chunk) => !known.includes(chunk));
const say = (words: string, chunks: readonly Chunk[]) =>
  console.log(`${words}: ${kb(chunks).toFixed(1)} KB gzip in ${chunks.length} chunks`);

describe('the built page', () => {
  it(`starts with under ${mostInitialKb} KB of JavaScript, gzip`, () => {
    // What index.html asks for ahead is just what its script needs: the imports are read as the bundler wrote them.
    expect(new Set(initial.map(({ path }) => path))).toEqual(new Set([...page.entries, ...page.preloaded]));
    say('initial', initial);
    expect(kb(initial)).toBeLessThan(mostInitialKb);
  });

  it(`asks for under ${mostRoomKb} KB more in each of its rooms, the charts included`, () => {
    const rooms = onPage.filter(({ name }) => /-room$|^(race-piece|train-rooms|compare-rooms)$/.test(name));
    expect(rooms.map(({ name }) => name)).toEqual(
      expect.arrayContaining(['train-rooms', 'race-room', 'data-room', 'compare-rooms', 'sweep-room', 'learn-room']),
    );
    const charts = onPage.filter(({ name }) => name === 'line-figure');
    for (const room of rooms) {
      const more = missing(page.reached([room.path, ...charts.map(({ path }) => path)]), initial);
      say(room.name, more);
      expect(kb(more), room.name).toBeLessThan(mostRoomKb);
    }
  });

  it('has the engine and tfjs in its worker alone', () => {
    const marked = (chunks: readonly Chunk[]) => engineMarks.filter((mark) => chunks.some(({ text }) => text.includes(mark)));
    expect(marked(inWorkers)).toEqual(engineMarks);
    say('worker', inWorkers);
    expect(onPage.filter((chunk) => marked([chunk]).length > 0).map(({ path }) => path)).toEqual([]);
    expect(onPage.filter((chunk) => inWorkers.includes(chunk)).map(({ path }) => path)).toEqual([]);
  });
});
