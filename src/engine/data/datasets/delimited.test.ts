import fc from 'fast-check';
import Papa from 'papaparse';
import { describe, expect, it } from 'vitest';
import type { ReadOptions, SourceFile } from '../bytes/source-file';
import { expectFailure, fileOf } from '../testing';
import { longestText } from './labelled-records';
import { previewDatasetFiles, readDatasetFiles } from './registry';

type Choice = Parameters<typeof readDatasetFiles>[1];
const previewDelimited = (source: SourceFile) => previewDatasetFiles([source]);
const readDelimited = (source: SourceFile, choice: Choice, options?: ReadOptions) => readDatasetFiles([source], choice, options);
const columns = { text: 'text', label: 'label', split: null };
const withSplit = { ...columns, split: 'split' };
const file = (content: string | Uint8Array, chunkBytes?: number) => fileOf(content, { name: 'set.csv', chunkBytes });
const read = (content: string | Uint8Array, choice: Choice = columns) => readDelimited(file(content), choice);
const refuses = (content: string, message: string, line: number, column: number, choice = columns as Choice) =>
  expectFailure(read(content, choice), 'bad-dataset', `set.csv (CSV), line ${line}, column ${column}: ${message}`, {
    file: 'set.csv',
    line,
    column,
  });
const labelsOf = ({ tasks: [{ classes, labels }] }: Awaited<ReturnType<typeof read>>) => [...labels].map((label) => classes[label]);

describe('reading CSV and TSV', () => {
  it('reads texts, tokens and labels', async () => {
    const set = await read('id,text,label\n1,"It\'s good, really",pos\n2, bad ,neg\n3,"a ""great"" one",pos\n');
    expect(set.format).toBe('CSV');
    expect(set.texts).toEqual(["It's good, really", 'bad', 'a "great" one']);
    expect(set.tokens[0]).toEqual(['it', "'s", 'good', ',', 'really']);
    expect(set.tasks).toEqual([{ id: 'label', label: 'label', classes: ['neg', 'pos'], labels: Uint32Array.of(1, 0, 1) }]);
    expect(set.ownSplit).toBeNull();
    expect(set.warnings).toEqual([]);
    expect(set.source).toEqual({ id: expect.stringMatching(/^sha256:[0-9a-f]{16}$/), name: 'set.csv' });
  });

  it('reads again what was written, in chunks of any size and with any delimiter and line end', async () => {
    const text = fc.string({ unit: fc.constantFrom(...'ab ",;\t\n\r\'é😀'), minLength: 1, maxLength: 12 });
    const row = fc.tuple(
      text.map((value) => `x${value}x`),
      fc.constantFrom('pos', 'neg', 'neutral, "so to speak"'),
    );
    await fc.assert(
      fc.asyncProperty(
        fc.array(row, { minLength: 1, maxLength: 12 }),
        fc.constantFrom(',', '\t', ';'),
        fc.constantFrom('\n', '\r\n', '\r'),
        fc.integer({ min: 1, max: 40 }),
        fc.boolean(),
        async (rows, delimiter, newline, chunkBytes, lastEnd) => {
          const all: [string, string][] = [...rows, ['fine', 'pos'], ['poor', 'neg']];
          const content = Papa.unparse([['text', 'label'], ...all], { delimiter, newline, quotes: true }) + (lastEnd ? newline : '');
          const set = await readDelimited(file(content, chunkBytes), columns);
          expect(set.texts).toEqual(all.map(([value]) => value.replace(/\r\n?/g, '\n')));
          expect(labelsOf(set)).toEqual(all.map(([, label]) => label));
        },
      ),
      { numRuns: 100 },
    );
  });

  it('finds tabs and semicolons, a byte order mark, UTF-16', async () => {
    expect((await read('\ufefftext\tlabel\ngood, very\ta\nbad\tb\n')).format).toBe('TSV');
    expect((await read('text;label\ngood, very;a\nbad;b\n')).format).toBe('CSV with semicolons');
    const utf16 = new Uint8Array(new Uint16Array(Array.from('\ufefftext\tlabel\né\ta\nbad\tb\n', (c) => c.charCodeAt(0))).buffer);
    expect((await read(utf16)).texts).toEqual(['é', 'bad']);
  });

  it('orders numeric classes by value', async () => {
    expect((await read('text,label\na,10\nb,2\nc,1\n')).tasks[0].classes).toEqual(['1', '2', '10']);
  });

  it('reads a split column in its usual spellings', async () => {
    const rows = ['train', 'Training', 'valid', 'val', 'dev', 'validation', 'eval', 'test', 'TEST'];
    const set = await read(`text,label,split\n${rows.map((split, i) => `t${i},${'ab'[i % 2]},${split}\n`).join('')}`, withSplit);
    expect([...(set.ownSplit ?? [])]).toEqual([0, 0, 1, 1, 1, 1, 1, 2, 2]);
    expect(set.warnings).toEqual([]);
  });

  it('warns of an own split that lacks validation or a class', async () => {
    const { warnings } = await read('text,label,split\na,x,train\nb,y,train\na,x,test\n', withSplit);
    expect(warnings.map(({ message }) => message)).toEqual([
      'The split column has no row of validation; validation is taken from the training rows.',
      'In the set\'s own split, class "y" has no row of test.',
    ]);
  });

  it('says how many texts are longer than what is read of them', async () => {
    const { tokens, warnings } = await read(`text,label\n${'a '.repeat(256)},x\n${'a '.repeat(257)},y\n${'a '.repeat(300)},y\n`);
    expect(tokens.map(({ length }) => length)).toEqual([256, 257, 300]);
    const message = 'A text has more than 256 tokens; what is behind them is not read.';
    expect(warnings).toEqual([{ message, count: 2, firstLines: [3, 4] }]);
  });

  it('says once of many classes that the split lacks them', async () => {
    const names = Array.from({ length: 120 }, (_, c) => `c${String(c).padStart(3, '0')}`);
    const rows = names.map((name) => `a ${name},${name},train\n`).join('');
    const { warnings } = await read(`text,label,split\n${rows}x,c000,dev\nx,c001,test\n`, withSplit);
    expect(warnings.map(({ message }) => message)).toEqual([
      'In the set\'s own split, 119 classes ("c001", "c002", "c003", and 116 more) have no row of validation.',
      'In the set\'s own split, 119 classes ("c000", "c002", "c003", and 116 more) have no row of test.',
    ]);
  });

  it('cuts runaway texts, with a warning, and never through a character', async () => {
    const { texts, warnings } = await read(`text,label\n${'a'.repeat(longestText - 1)}😀b,x\nshort,y\n`);
    expect(texts[0]).toBe('a'.repeat(longestText - 1));
    expect(warnings).toEqual([{ message: 'A text was cut at 100,000 characters.', count: 1, firstLines: [2] }]);
  });

  it('passes over empty lines, and counts them', async () => {
    await refuses('text,label\n\na,x\n\n \nb\n', '1 field, where the header has 2.', 6, 1);
  });

  it('refuses rows of too few or too many fields, naming the first three', async () => {
    await refuses('text,label\na,x\nb\n', '1 field, where the header has 2.', 3, 1);
    await refuses(
      'text,label\na,x\nso, so,y\n',
      '3 fields, where the header has 2; a text with the delimiter in it must be in quotation marks.',
      3,
      8,
    );
    await refuses(
      'text,label\na\nb\nc,x\nd\ne\n',
      '1 field, where the header has 2; line 3, column 1: 1 field, where the header has 2; line 5, column 1: 1 field, where the header has 2.',
      2,
      1,
    );
  });

  it('counts lines through quoted line breaks', async () => {
    await refuses('text,label\n"one\ntwo\r\nthree",x\n"four\nfive",\n', 'no label in column "label".', 6, 7);
  });

  it('refuses a row without a text, a label or a known split', async () => {
    await refuses('text,label\na,x\n  ,y\n', 'no text in column "text".', 3, 1);
    await refuses('text,label\n"a ""b"", c", \n', 'no label in column "label".', 2, 14);
    await refuses('text,label,split\na,x,train\nb,y,tset\n', '"tset" is none of train, validation and test.', 3, 5, withSplit);
    await refuses('text,label,split\na,x,train\nb,y,\n', '"" is none of train, validation and test.', 3, 5, withSplit);
  });

  it('refuses quotes that never close, and text behind a closing quote', async () => {
    const remedy = /^Close each quoted field/;
    await refuses('text,label\na,x\n"b,y\nc,x\n', 'a quoted field begins here and never closes.', 3, 1);
    await refuses('text,label\na,"x\n', 'a quoted field begins here and never closes.', 2, 3);
    await refuses('text,label\na,x\n"b" c,y\nd,x\n', 'a quoted field begins here and has text behind its closing quote.', 3, 1);
    const error = await read('text,label\n"b,y').catch((reason: unknown) => reason);
    expect(error).toMatchObject({ remedy: expect.stringMatching(remedy) });
  });

  it('refuses a quote that goes on for 4 MiB, without reading on', async () => {
    const content = `text,label\na,x\nb,"${'c\n'.repeat(3 * 2 ** 20)}`;
    await expectFailure(
      readDelimited(file(content, 2 ** 20), columns),
      'bad-dataset',
      'set.csv (CSV), line 3, column 3: a quoted field begins here and never closes.',
    );
  });

  it('refuses an empty file, and one of a header only', async () => {
    await expectFailure(read(''), 'bad-dataset', "set.csv is empty: line 1, column 1 should hold the columns' names, or the first record.");
    await expectFailure(
      read('\n\n'),
      'bad-dataset',
      "set.csv is empty: line 1, column 1 should hold the columns' names, or the first record.",
    );
    await refuses('text,label\n', 'there is a header and no row behind it.', 1, 1);
  });

  it('refuses a file without a header', async () => {
    await refuses('good,1\nbad,0\n', `"1" where a column's name should stand; the file has no header.`, 1, 6);
    await refuses(
      `${'long '.repeat(30)},pos\nbad,neg\n`,
      `"${'long '.repeat(8).slice(0, 39)}…" where a column's name should stand; the file has no header.`,
      1,
      1,
    );
    await refuses('text,pos\nb,neg\nc,pos\n', `"pos" where a column's name should stand; the file has no header.`, 1, 6, {
      ...columns,
      label: 'pos',
    });
  });

  it('refuses columns that are missing, doubled, or one and the same', async () => {
    await refuses('sentence,label\na,x\n', 'there is no column "text" for the texts; the columns are "sentence", "label".', 1, 1);
    await refuses('text,class\na,x\n', 'there is no column "label" for the labels; the columns are "text", "class".', 1, 1);
    await refuses('text,label\na,x\n', 'there is no column "split" for the splits; the columns are "text", "label".', 1, 1, withSplit);
    await refuses('text,label,text\na,x,b\n', 'a second column called "text".', 1, 12);
    await expectFailure(
      read('text,label\na,x\n', { ...columns, label: 'text' }),
      'bad-dataset',
      '"text" can\'t be both the texts and the labels.',
    );
  });

  it('refuses texts that are numbers', async () => {
    await refuses('text,label\n1,x\n2.5,y\n-3e2,x\n', 'column "text" holds numbers only, no texts.', 1, 1);
  });

  it('refuses fewer than two classes, and more than 500', async () => {
    await refuses('text,label\na,x\nb,x\n', 'column "label" has one class only, "x"; it takes two to tell apart.', 1, 6);
    const rows = Array.from({ length: 501 }, (_, i) => `t${i},c${i}\n`).join('');
    await refuses(`text,label\n${rows}`, 'column "label" has 501 different values; 500 classes are the most.', 1, 6);
  });

  it('refuses an own split without training or test rows, or with a class that nothing could learn', async () => {
    await refuses('text,label,split\na,x,train\nb,y,dev\n', 'column "split" has no row of test.', 1, 12, withSplit);
    await refuses('text,label,split\na,x,test\nb,y,dev\n', 'column "split" has no row of train.', 1, 12, withSplit);
    await refuses(
      'text,label,split\na,x,train\nb,y,test\n',
      'class "y" has no row of train, so nothing could learn that.',
      1,
      12,
      withSplit,
    );
  });

  it('refuses files over 200 MB before reading a byte', async () => {
    const large = { name: 'large.csv', size: 200_000_001, stream: () => expect.unreachable('it was read') };
    await expectFailure(readDelimited(large, columns), 'bad-dataset', 'large.csv has 201 MB; data sets of up to 200 MB can be loaded.');
    await expectFailure(previewDelimited(large), 'bad-dataset', 'large.csv has 201 MB; data sets of up to 200 MB can be loaded.');
  });

  it('reports progress and can be cancelled', async () => {
    const content = `text,label\n${'good,a\nbad,b\n'.repeat(500)}`;
    let clock = 0;
    const seen: number[] = [];
    const now = () => {
      clock += 60;
      return clock;
    };
    await readDelimited(file(content, 500), columns, { now, onProgress: ({ doneBytes }) => seen.push(doneBytes) });
    expect(seen.length).toBeGreaterThan(3);
    expect(seen.at(-1)).toBe(content.length);
    const controller = new AbortController();
    const cancelled = readDelimited(file(content, 500), columns, { now, signal: controller.signal, onProgress: () => controller.abort() });
    await expectFailure(cancelled, 'cancelled', 'The load was cancelled.');
  });
});

describe('a preview of CSV and TSV', () => {
  it('shows the head and guesses the columns', async () => {
    const rows = Array.from(
      { length: 30 },
      (_, i) => `${i},play some ${i} music,${['Play', 'Rate'][i % 2]},${['train', 'dev', 'test'][i % 3]}\n`,
    );
    const preview = await previewDelimited(file(`id,utterance,kind,part\n${rows.join('')}`));
    expect(preview.format).toBe('CSV');
    expect(preview.columns).toEqual(['id', 'utterance', 'kind', 'part']);
    expect(preview.rows).toHaveLength(20);
    expect(preview.rows[1]).toEqual(['1', 'play some 1 music', 'Rate', 'dev']);
    expect(preview.guess).toEqual({ text: 'utterance', label: 'kind', split: 'part' });
  });

  it('takes no column for the text that is called as labels are, however long the classes’ names', async () => {
    const lines = ['no w1', 'w2', 'w3 w4'].map((text, i) => `${text},a rather long name of class ${i % 2}`);
    const { guess } = await previewDatasetFiles([fileOf(`text,label\n${lines.join('\n')}\n`, { name: 'set.csv' })]);
    expect(guess).toEqual({ text: 'text', label: 'label', split: null });
  });

  it('prefers the usual name of a label column, and guesses in a file sorted by class', async () => {
    const preview = await previewDelimited(file('lang,label,text\nen,a,one two three\nen,a,four five six\n'));
    expect(preview.guess).toEqual({ text: 'text', label: 'label', split: null });
  });

  it('names a column without a name by its number, and shortens long cells', async () => {
    const preview = await previewDelimited(file(`,text,label\n0,${'a'.repeat(600)},x\n1,b,y\n`, 100));
    expect(preview.columns).toEqual(['column 1', 'text', 'label']);
    expect(preview.rows[0][1]).toBe(`${'a'.repeat(500)}…`);
  });

  it('reads the head only, and lets the file go', async () => {
    let pulled = 0;
    const text = new TextEncoder().encode(`text,label\n${'good,a\nbad,b\n'.repeat(50_000)}`);
    const streams: ReadableStream[] = [];
    const stream = () => {
      let begun = false;
      const opened = new ReadableStream<Uint8Array>({
        pull(controller) {
          pulled++;
          controller.enqueue(begun ? text.subarray(11) : text);
          begun = true;
        },
      });
      streams.push(opened);
      return opened;
    };
    await previewDelimited({ name: 'set.csv', size: 10 ** 8, stream });
    expect(pulled).toBeLessThan(8);
    for (const opened of streams) expect(opened.locked).toBe(false);
  });

  it('refuses what it cannot read', async () => {
    const preview = (content: string) => previewDelimited(file(content));
    await expectFailure(
      preview(''),
      'bad-dataset',
      "set.csv is empty: line 1, column 1 should hold the columns' names, or the first record.",
    );
    await expectFailure(
      preview('text\na\nb\n'),
      'bad-dataset',
      'set.csv (CSV), line 1, column 1: one column only, "text"; it takes one of texts and one of labels.',
    );
    await expectFailure(
      preview('so good,pos\nso bad,neg\nfine,pos\npoor,neg\nmeh,neg\n'),
      'bad-dataset',
      `set.csv (CSV), line 1, column 9: "pos" where a column's name should stand; the file has no header.`,
    );
    await expectFailure(
      preview('text,label\n"a,x\n'),
      'bad-dataset',
      'set.csv (CSV), line 2, column 1: a quoted field begins here and never closes.',
    );
  });
});
