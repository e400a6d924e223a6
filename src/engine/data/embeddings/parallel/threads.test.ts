import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { LabError } from '../../../errors';
import type { ParserThread } from '../../bytes/source-file';
import { fileOf } from '../../testing';
import { readTextTable } from '../glove-text';
import { selectionOf } from '../selection';
import { type FromThread, type PieceJob, serveParsing } from './serve';

const all = selectionOf({ kind: 'all' }, { tokens: [] });

/** A thread played by this one: messages are cloned and come late, and buffers are really transferred. */
function fakeThread(delayMs: () => number, die = false): ParserThread {
  let onMessage: (message: FromThread) => void = () => {};
  let serve: ((job: PieceJob) => void) | null = null;
  return {
    listen(listener, onFailure) {
      onMessage = listener;
      serve = serveParsing((message, transfer) => {
        const sent = structuredClone(message, { transfer });
        setTimeout(() => (die && sent.kind === 'parsed' ? onFailure('it died') : onMessage(sent)), delayMs());
      });
    },
    post(message, transfer) {
      const sent = structuredClone(message, { transfer }) as PieceJob;
      setTimeout(() => serve?.(sent), 0);
    },
    end() {
      onMessage = () => {};
    },
  };
}

async function outcome(work: ReturnType<typeof readTextTable>) {
  try {
    const { source, format, words, vectors, warnings } = await work;
    return { source, format, words, values: [...vectors.blocks()].flatMap(({ values }) => [...values]), warnings };
  } catch (error) {
    if (!(error instanceof LabError)) throw error;
    return { code: error.code, message: error.message, place: error.place };
  }
}

const number = fc.constantFrom('1', '-0.25', '.5', '3e-2', '0.123456789012345678', '7.', '+4', '123456.789');
const goodLine = fc.tuple(
  fc.constantFrom('a', 'b', 'the', 'né', 'of', '. .', 'zwölf', 'c1'),
  number,
  number,
  fc.constantFrom('', ' ', '\r'),
);
const line = fc.oneof(
  { weight: 20, arbitrary: goodLine.map(([word, x, y, end]) => `${word} ${x} ${y}${end}`) },
  { weight: 2, arbitrary: fc.constantFrom('', ' ', '\r') },
  {
    weight: 1,
    arbitrary: fc.constantFrom('the 1', 'the 1 2 3', ' 1 2', 'of x 1', 'of 1 nan', 'of 1 1e39', 'z\u0000 1 2', `${'w'.repeat(80)} 1 2`),
  },
);
const text = fc.tuple(fc.constantFrom('', '\ufeff', '9 2\n', '\n'), fc.array(line, { maxLength: 60 }), fc.constantFrom('', '\n', '\n\n'));

describe('threads that read a text table', () => {
  it('give what one thread gives: values, words, warnings, errors and their lines, wherever the pieces are cut', async () => {
    await fc.assert(
      fc.asyncProperty(
        text,
        fc.integer({ min: 1, max: 90 }),
        fc.integer({ min: 1, max: 300 }),
        fc.option(fc.integer({ min: 0, max: 70 })),
        fc.infiniteStream(fc.integer({ min: 0, max: 3 })),
        async ([begin, lines, end], chunkBytes, threadBytes, limit, delays) => {
          const content = new TextEncoder().encode(begin + lines.join('\n') + end);
          // A byte that is no UTF-8.
          const foreign = content.map((byte) => (byte === 0x7a ? 0xff : byte));
          const file = fileOf(foreign, { name: 'table.txt', chunkBytes });
          const selection = limit === null ? all : selectionOf({ kind: 'most-frequent', words: limit }, { tokens: [] });
          const one = await outcome(readTextTable(file, selection));
          const parsers = { count: 3, spawn: () => fakeThread(() => delays.next().value) };
          const many = await outcome(readTextTable(file, selection, { parsers }, { inlineBytes: 1, threadBytes, threadsFrom: 0 }));
          expect(many).toEqual(one);
        },
      ),
      { numRuns: 100 },
    );
  });

  it('ends the reading where a thread dies', async () => {
    const file = fileOf('a 1 2\n'.repeat(200), { chunkBytes: 50 });
    const parsers = { count: 2, spawn: () => fakeThread(() => 0, true) };
    const ended = await outcome(
      readTextTable(file, all, { parsers, now: slowClock() }, { inlineBytes: 10, threadBytes: 20, threadsFrom: 0 }),
    );
    expect(ended).toMatchObject({ code: 'unexpected', message: 'A thread that reads the file stopped: it died.' });
  });

  it('are done without where none starts', async () => {
    const parsers = {
      count: 2,
      spawn: (): ParserThread => {
        throw new Error('workers are forbidden here');
      },
    };
    const sizes = { inlineBytes: 10, threadBytes: 20, threadsFrom: 0 };
    expect(await outcome(readTextTable(fileOf('a 1 2\nb 1 2\n'), all, { parsers }, sizes))).toMatchObject({ words: ['a', 'b'] });
  });

  it('keeps the words that are wanted, and reads no further than the most frequent', async () => {
    const content = 'a 1 2\nb 3 4\nc 5 6\nd x\n';
    const some = await readTextTable(fileOf('a 1 2\nb 3 4\nc 5 6\n'), selectionOf({ kind: 'dataset' }, { tokens: [['c', 'a'], ['zzz']] }));
    expect([some.words, [...some.vectors.row(1)]]).toEqual([
      ['a', 'c'],
      [5, 6],
    ]);
    const first = await readTextTable(fileOf(content), selectionOf({ kind: 'most-frequent', words: 2 }, { tokens: [] }));
    expect(first.words).toEqual(['a', 'b']);
    // The same rows are the same table.
    expect(first.source.id).toBe((await readTextTable(fileOf('a 1 2\nb 3 4\n'), all)).source.id);
  });
});

/** A clock on which every look is long after the last: the reader takes turns all the time. */
function slowClock(): () => number {
  let now = 0;
  return () => (now += 200);
}
