import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { LoadProgress } from '../../../protocol/data';
import type { ReadOptions, SourceFile } from '../bytes/source-file';
import type { WordVectors } from '../dataset';
import { expectFailure, failureOf, fileOf } from '../testing';
import { FloatText } from './float-text';
import { readTextTable } from './glove-text';
import { parsePiece } from './parallel/piece';
import { selectionOf } from './selection';

const all = selectionOf({ kind: 'all' }, { tokens: [] });
const readGloveText = (file: SourceFile, options: ReadOptions = {}) => readTextTable(file, all, options);
const read = (content: string | Uint8Array, chunkBytes?: number) => readGloveText(fileOf(content, { name: 'table.txt', chunkBytes }));
const refuses = (content: string | Uint8Array, message: string, line: number, column: number) =>
  expectFailure(read(content), 'bad-embeddings', message, { file: 'table.txt', line, column });

const valuesOf = ({ vectors }: Pick<WordVectors, 'vectors'>) => [...vectors.blocks()].flatMap(({ values }) => [...values]);

// As text, a negative zero has lost its sign.
const float = fc.float({ noNaN: true, noDefaultInfinity: true }).map((value) => value + 0);
const word = fc
  .string({ unit: fc.constantFrom(...'abc1.é’😀\u00a0<'), minLength: 1, maxLength: 6 })
  // Two whole numbers on the first line would be a header.
  .filter((text) => !/^\d+$/.test(text));

describe('FloatText', () => {
  const parse = (text: string) => new FloatText().parse(new TextEncoder().encode(`${text} 9`), 0, text.length);

  it('reads what Number reads', () => {
    fc.assert(
      fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), (value) => Object.is(parse(String(value)), Number(String(value)))),
    );
    fc.assert(fc.property(float, (value) => Object.is(parse(value.toPrecision(7)), Number(value.toPrecision(7)))));
    for (const text of [
      '-0',
      '+1.5',
      '.5',
      '5.',
      '1e5',
      '-2.5E-3',
      '0.00000000000000000000000000001',
      '123456789012345678901',
      '1e999',
      '1e-999',
      '4e99999999999',
    ]) {
      expect(parse(text)).toBe(Number(text));
    }
  });

  it.each(['', '-', '.', 'nan', 'e5', '-.'])('finds no number in %j', (text) => {
    expect(parse(text)).toBeNaN();
  });

  it('stops where the number ends', () => {
    const floats = new FloatText();
    const bytes = new TextEncoder().encode('1.5x 2e 3');
    floats.parse(bytes, 0, bytes.length);
    expect(floats.end).toBe(3);
    expect(floats.parse(bytes, 5, bytes.length)).toBe(2);
    expect(floats.end).toBe(6);
  });
});

describe('readGloveText', () => {
  it('reads words, vectors and their order', async () => {
    const table = await read('the -0.038194 -0.24487\n, .5 1e-3\nconstructor 1 2\n');
    expect(table.format).toBe('GloVe text');
    expect(table.words).toEqual(['the', ',', 'constructor']);
    expect(table.index.get('constructor')).toBe(2);
    expect(table.vectors.rows).toBe(3);
    expect(table.vectors.columns).toBe(2);
    expect(valuesOf(table)).toEqual([-0.038194, -0.24487, 0.5, 0.001, 1, 2].map(Math.fround));
    expect(table.warnings).toEqual([]);
    expect(table.source.name).toBe('table.txt');
    expect(table.source.id).toMatch(/^sha256:[0-9a-f]{16}$/);
    expect(table.licence).toBeNull();
  });

  it('reads again what was written, bit for bit, in chunks of any size', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 2, max: 5 }).chain((dimension) =>
          fc.record({
            rows: fc.uniqueArray(fc.tuple(word, fc.array(float, { minLength: dimension, maxLength: dimension })), {
              selector: ([text]) => text,
              minLength: 1,
              maxLength: 20,
            }),
            bom: fc.constantFrom('', '\ufeff'),
            end: fc.constantFrom('\n', '\r\n', ' \n'),
            lastEnd: fc.boolean(),
            chunkBytes: fc.integer({ min: 1, max: 100 }),
          }),
        ),
        async ({ rows, bom, end, lastEnd, chunkBytes }) => {
          const text = bom + rows.map(([text, vector]) => [text, ...vector].join(' ')).join(end) + (lastEnd ? end : '');
          const table = await read(text, chunkBytes);
          expect(table.words).toEqual(rows.map(([text]) => text));
          expect(valuesOf(table)).toEqual(rows.flatMap(([, vector]) => vector));
        },
      ),
      { numRuns: 60 },
    );
  });

  it('takes the last d fields of a line as its numbers', async () => {
    const table = await read('the 1 2 3\n. . . 4 5 6\nat name@domain.com 7 8 9\n2000 1 1 1\n');
    expect(table.words).toEqual(['the', '. . .', 'at name@domain.com', '2000']);
    expect(valuesOf(table)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 1, 1, 1]);
  });

  it('finds the dimension behind a first word that is a number or has spaces', async () => {
    expect((await read('2000 1 2.5 3\nthe 1 2 3\n')).words).toEqual(['2000', 'the']);
    expect((await read('. . 1 2 3\nthe 1 2 3\n')).words).toEqual(['. .', 'the']);
  });

  it('takes tabs for spaces', async () => {
    expect(valuesOf(await read('the\t1\t2\nof\t3  4\n'))).toEqual([1, 2, 3, 4]);
  });

  it("passes over word2vec's header", async () => {
    const table = await read('2 3\n</s> 1 2 3 \nthe 4 5 6 \n');
    expect(table.format).toBe('word2vec text');
    expect(table.words).toEqual(['</s>', 'the']);
    expect(table.warnings).toEqual([]);
  });

  it('warns of a header that promises another number of words', async () => {
    const { warnings } = await read('5 3\nof 1 2 3\nof 1 2 3\nthe 4 5 6\n');
    expect(warnings).toContainEqual({ message: 'The header promises 5 words; the file has 3.', count: 1, firstLines: [] });
  });

  it('keeps the first of repeated words and counts the others', async () => {
    const { words, vectors, warnings } = await read('a 1 2\nb 3 4\na 5 6\na 7 8\nb 0 0\na 9 9\n');
    expect(words).toEqual(['a', 'b']);
    expect(valuesOf({ vectors })).toEqual([1, 2, 3, 4]);
    expect(warnings).toEqual([{ message: 'A word occurs again; its first vector is kept.', count: 4, firstLines: [3, 4, 5] }]);
  });

  it('counts empty lines between words, not those at the end', async () => {
    expect((await read('a 1 2\n\n\n')).warnings).toEqual([]);
    const { warnings } = await read('a 1 2\n\n \nb 1 2\n\n');
    expect(warnings).toEqual([{ message: 'An empty line between two words was passed over.', count: 2, firstLines: [2, 3] }]);
  });

  it('warns of words that are not UTF-8', async () => {
    const { words, warnings } = await read(new Uint8Array([...new TextEncoder().encode('a 1 2\n'), 0x63, 0xe9, 0x20, 0x31, 0x20, 0x32]));
    expect(words).toEqual(['a', 'c\ufffd']);
    expect(warnings[0].firstLines).toEqual([2]);
  });

  it('refuses an empty file', async () => {
    await refuses('', 'table.txt is empty: line 1, column 1 should hold a word and its numbers.', 1, 1);
    await refuses('\n\r\n', 'table.txt holds nothing but empty lines: line 1, column 1 should hold a word and its numbers.', 1, 1);
    await refuses('3 2\n', 'table.txt holds a header and no words: line 1, column 1 should hold a word and its numbers.', 1, 1);
  });

  it('refuses a file that is no text', async () => {
    const bytes = new TextEncoder().encode('the 1 2\nof 1 2\nto 1\u0000 2\n');
    await refuses(bytes, 'table.txt is not a text file: line 3, column 5 holds a zero byte.', 3, 5);
    await expectFailure(read(bytes, 1000), 'bad-embeddings', 'table.txt is not a text file: line 3, column 5 holds a zero byte.');
    await expectFailure(read(bytes, 1), 'bad-embeddings', 'table.txt is not a text file: line 3, column 5 holds a zero byte.');
  });

  it('holds no more of millions of empty lines than of one', async () => {
    const piece = parsePiece(new Uint8Array(2 ** 20).fill(10), 0, 2 ** 20, { columns: 2, origin: '' }, null);
    expect(piece.notes).toEqual([{ kind: 'blank', line: 1, lines: 2 ** 20 }]);
    const { warnings } = await read(`the 1 2\n${'\n'.repeat(3_000_000)}of 1 2\n`, 65_536);
    expect(warnings).toEqual([{ message: 'An empty line between two words was passed over.', count: 3_000_000, firstLines: [2, 3, 4] }]);
  });

  it('refuses lines of another dimension, naming the first three', async () => {
    await refuses('the 1 2 3\nof 1 2\n', 'table.txt (GloVe text), line 2, column 6: 2 numbers after the word, where line 1 has 3.', 2, 6);
    await refuses(
      'the 1 2 3\nof 1 2 3 4\n',
      'table.txt (GloVe text), line 2, column 10: 4 numbers after the word, where line 1 has 3.',
      2,
      10,
    );
    await refuses(
      'the 1 2 3\n7 1 2 3 4\n',
      'table.txt (GloVe text), line 2, column 9: 4 numbers after the word, where line 1 has 3.',
      2,
      9,
    );
    await refuses(
      'the 1 2\nof 1\nok 1 2\nto\nand 5\nin 6\n',
      'table.txt (GloVe text), line 2, column 4: 1 number after the word, where line 1 has 2; ' +
        'line 4, column 1: 0 numbers after the word, where line 1 has 2; line 5, column 5: 1 number after the word, where line 1 has 2.',
      2,
      4,
    );
    await refuses(
      '2 3\nthe 1 2\n',
      'table.txt (word2vec text), line 2, column 7: 2 numbers after the word, where the header on line 1 says 3.',
      2,
      7,
    );
  });

  it.each([
    ['x', '"x" is not a number'],
    ['1,5', '"1,5" is not a number'],
    ['0x1F', '"0x1F" is not a number'],
    ['NaN', '"NaN" is not a finite number'],
    ['nan', '"nan" is not a finite number'],
    ['-Infinity', '"-Infinity" is not a finite number'],
    ['inf', '"inf" is not a finite number'],
    ['1e39', '"1e39" is too large for a 32-bit float'],
    ['-1e400', '"-1e400" is too large for a 32-bit float'],
  ])('refuses %s as a value', async (value, found) => {
    await refuses(`the 1 2 3\nof 1 ${value} 3\n`, `table.txt (GloVe text), line 2, column 6: ${found}.`, 2, 6);
  });

  it('refuses a first line without numbers', async () => {
    await refuses('hello\n', 'table.txt (GloVe text), line 1, column 1: "hello" and no numbers behind it.', 1, 1);
    await refuses('{"words": ["the"]}\n', 'table.txt (GloVe text), line 1, column 11: "["the"]}" is not a number.', 1, 11);
    await refuses('5 0\n', 'table.txt (word2vec text), line 1, column 1: a header that says 5 words of 0 numbers.', 1, 1);
  });

  it('refuses a line without a word', async () => {
    await refuses('the 1 2\n 1 2\n', 'table.txt (GloVe text), line 2, column 1: there is no word before the numbers.', 2, 1);
    await refuses(' 1 2\n', 'table.txt (GloVe text), line 1, column 1: there is no word before the numbers.', 1, 1);
    await refuses('the 1 2\n 1 2 3\n', 'table.txt (GloVe text), line 2, column 1: there is no word before the numbers.', 2, 1);
  });

  it('refuses a line without an end', async () => {
    const file = fileOf(new Uint8Array(5 * 2 ** 20).fill(0x61), { name: 'table.txt', chunkBytes: 2 ** 20 });
    await expectFailure(
      readGloveText(file),
      'bad-embeddings',
      'table.txt (GloVe text), line 1, column 1: a line that goes on for more than 4 MiB; this is no text of word vectors.',
      { file: 'table.txt', line: 1, column: 1 },
    );
  });

  it('says so where the source itself fails', async () => {
    const broken = {
      name: 'table.txt',
      size: 9,
      stream: () => new ReadableStream<Uint8Array>({ pull: (c) => c.error(new Error('gone')) }),
    };
    await expectFailure(readGloveText(broken), 'unreachable', 'table.txt could not be read to its end: gone');
  });
});

describe('readGloveText, while it goes on', () => {
  const many = Array.from({ length: 2000 }, (_, row) => `w${row} ${row} ${-row}\n`).join('');

  it('reports progress at most every 100 ms, and at the end', async () => {
    let clock = 0;
    const seen: (LoadProgress & { at: number })[] = [];
    const file = fileOf(many, { name: 'table.txt', chunkBytes: 500 });
    // The clock moves 30 ms at each look.
    await readGloveText(file, { now: () => (clock += 30), onProgress: (progress) => seen.push({ ...progress, at: clock }) });
    expect(seen.length).toBeGreaterThan(5);
    for (let i = 1; i < seen.length - 1; i++) {
      expect(seen[i].at - seen[i - 1].at).toBeGreaterThanOrEqual(100);
      expect(seen[i].doneBytes).toBeGreaterThan(seen[i - 1].doneBytes);
    }
    expect(seen.at(-1)).toMatchObject({ stage: 'Reading table.txt', doneBytes: many.length, totalBytes: many.length });
  });

  it('gives the event loop a turn, even where the whole file is one chunk', async () => {
    let clock = 0;
    const controller = new AbortController();
    setTimeout(() => controller.abort(), 0);
    const file = fileOf(many, { chunkBytes: many.length });
    await expectFailure(
      readGloveText(file, { now: () => (clock += 200), signal: controller.signal }),
      'cancelled',
      'The load was cancelled.',
    );
  });

  it('cancels before the first byte, and lets the stream go', async () => {
    let cancelled = false;
    const stream = new ReadableStream<Uint8Array>({
      pull: (controller) => controller.enqueue(new TextEncoder().encode('the 1 2\n')),
      cancel: () => {
        cancelled = true;
      },
    });
    const file = { name: 'table.txt', size: 10, stream: () => stream };
    expect((await failureOf(readGloveText(file, { signal: AbortSignal.abort() }))).code).toBe('cancelled');
    expect(cancelled).toBe(true);
    expect(stream.locked).toBe(false);
  });
});
