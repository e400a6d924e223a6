import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { expectFailure, fileOf } from '../testing';
import { previewDatasetFiles, readDatasetFiles } from './registry';

const columns = { text: 'text', label: 'label', split: null };
const file = (content: string, chunkBytes?: number) => fileOf(content, { name: 'set.json', chunkBytes });
const read = (content: string, choice: Parameters<typeof readDatasetFiles>[1] = columns, chunkBytes?: number) =>
  readDatasetFiles([file(content, chunkBytes)], choice);
const refuses = async (content: string, line: number, column: number, found: string | RegExp) => {
  const place = { file: 'set.json', line, column };
  const message =
    typeof found === 'string'
      ? `set.json (${/^\{"text":\s?"/.test(content) ? 'JSON Lines' : 'JSON'}), line ${line}, column ${column}: ${found}.`
      : found;
  for (const chunkBytes of [1, 5, 1000]) await expectFailure(read(content, columns, chunkBytes), 'bad-dataset', message, place);
};
const labelsOf = ({ tasks: [{ classes, labels }] }: Awaited<ReturnType<typeof read>>) => [...labels].map((label) => classes[label]);

const records = [
  { text: 'so good', label: 'pos' },
  { text: 'so "bad" 😀\n\\', label: 'neg' },
];
const columnwise = { text: records.map(({ text }) => text), label: records.map(({ label }) => label) };

describe('reading JSON', () => {
  it.each([
    ['JSON', records],
    ['JSON', { data: records }],
    ['JSON', { version: 1, info: { a: [1, { b: '}' }] }, authors: ['x'], Rows: records, more: [{ c: 1 }] }],
    ['JSON', columnwise],
    ['JSON', { text: { 0: records[0].text, 1: records[1].text }, label: { 0: 'pos', 1: 'neg' } }],
  ])('of any usual shape, in chunks of any size, %s', async (format, value) => {
    for (const indent of [0, 2]) {
      for (const chunkBytes of [1, 3, 64, 10_000]) {
        const set = await read(JSON.stringify(value, null, indent), columns, chunkBytes);
        expect(set.format).toBe(format);
        expect(set.texts).toEqual(['so good', 'so "bad" 😀\n\\']);
        expect(labelsOf(set)).toEqual(['pos', 'neg']);
        expect(set.warnings).toEqual([]);
      }
    }
  });

  it('Lines, with empty lines and no last line end', async () => {
    const content = records.map((record) => JSON.stringify(record)).join('\r\n\r\n');
    for (const chunkBytes of [1, 7, 1000]) {
      const set = await read(content, columns, chunkBytes);
      expect(set.format).toBe('JSON Lines');
      expect(set.texts).toEqual(['so good', 'so "bad" 😀\n\\']);
    }
    expect((await read('{"text": "a", "label": 1}\n{"label": true, "text": 2.5}')).tasks[0].classes).toEqual(['1', 'true']);
  });

  it('again as it was written, whatever the texts', async () => {
    const text = fc.string({ unit: 'binary', minLength: 1, maxLength: 12 }).map((value) => `x${value.replace(/[\ud800-\udfff]/g, '')}x`);
    const record = fc.record({ text, label: fc.constantFrom('a', '"b"', '</b>'), extra: fc.jsonValue({ maxDepth: 2 }) });
    await fc.assert(
      fc.asyncProperty(
        fc.array(record, { minLength: 1, maxLength: 8 }),
        fc.constantFrom('array', 'data', 'columns', 'lines'),
        fc.integer({ min: 1, max: 60 }),
        fc.constantFrom(0, 1, '\t'),
        async (some, shape, chunkBytes, indent) => {
          const all = [...some, { text: 'fine', label: 'a', extra: 1 }, { text: 'poor', label: '"b"', extra: 2 }];
          const values: Record<string, () => string> = {
            array: () => JSON.stringify(all, null, indent),
            data: () => JSON.stringify({ meta: { a: 1 }, data: all }, null, indent),
            columns: () => JSON.stringify({ text: all.map((each) => each.text), label: all.map(({ label }) => label) }, null, indent),
            lines: () => all.map((each) => JSON.stringify(each)).join('\n'),
          };
          const set = await read(values[shape](), columns, chunkBytes);
          expect(set.texts).toEqual(all.map((each) => each.text));
          expect(labelsOf(set)).toEqual(all.map(({ label }) => label));
        },
      ),
      { numRuns: 200 },
    );
  });

  it('warns of records with other columns, and refuses those without a chosen one', async () => {
    const { warnings } = await read('[{"text":"a","label":"x"},\n{"text":"b","label":"y","id":1},\n{"text":"c","label":"y"}]');
    expect(warnings).toEqual([{ message: 'A record has other columns than the first one.', count: 1, firstLines: [2] }]);
    await refuses('[{"text":"a","label":"x"},\n {"text":"b"}]', 2, 2, 'nothing in column "label", where one plain value should stand');
    await refuses(
      '{"text":"a","label":"x"}\n{"text":["b"],"label":"y"}\n',
      2,
      9,
      'a list in column "text", where one plain value should stand',
    );
    await refuses('[{"text":"a","label":"x"},\n{"label":null, "text":\n"b"}]', 2, 10, 'no label in column "label"');
  });

  it('takes a class for what it is called, as no header is there', async () => {
    expect((await read('[{"text":"a","label":"label"},{"text":"b","label":"x"}]')).tasks[0].classes).toEqual(['label', 'x']);
  });

  it('refuses broken JSON with line and column', async () => {
    await refuses('[{"text": "a", "label": "x"},\n {"text": "b" "label": "y"}]', 2, 15, '"\\"" where a comma or } should stand');
    await refuses('[{"text": "a", "label": NaN}]', 1, 25, '"NaN" is no JSON value');
    await refuses('[{"text": "a", "label": 01}]', 1, 25, '"01" is no JSON value');
    await refuses("[{'text': 'a'}]", 1, 3, '"\'" where a name in quotation marks should stand');
    await refuses('[{"text": "a\nb", "label": "x"}]', 1, 13, 'the line ends inside a text');
    await refuses('[{"text": "\\x", "label": "x"}]', 1, 13, 'a backslash that escapes nothing');
    await refuses('[{"text": "a", "label": "x",}]', 1, 29, '} behind a comma, where another value should stand');
    await refuses('[{"text": "a", "label": "x"},\n]', 2, 1, '] behind a comma, where another value should stand');
    await refuses(
      '[{"text": "a", "label": "x"}\n{"text": "a", "label": "x"}]',
      2,
      1,
      'something else stands where a comma or ] should stand',
    );
    await refuses('[{"text": "a", "label": "x"}] 1', 1, 31, 'something stands behind the end of the data');
    await refuses('[{"text": "a", "label": "x"}', 1, 29, 'the file ends where a comma or ] should stand');
    await refuses('[{"text": "a", "label": "x"},\n {"text": "b",', 2, 2, 'the file ends in the middle of the value that begins here');
    await refuses('[{"text": "a", "label": "x"},\n {"text": "b', 2, 11, 'a text begins here and never closes');
    await refuses('[{"text": [}]', 1, 12, '"}" where a value should stand');
  });

  it('refuses other shapes, naming the first three places', async () => {
    await refuses(
      '[1,\n"a",\n[2],\nnull]',
      1,
      2,
      /line 1, column 2: number "1" where a record .*; line 2, column 1: the text "a" .*; line 3, column 1: a list/,
    );
    await refuses(
      '{"text":"a","label":"x"}\n[]\n7\n',
      2,
      1,
      /line 2, column 1: a list where a record should stand.*; line 3, column 1: number/,
    );
    await refuses('{"text":"a","label":"x"}\n{"text": oops}\n', 2, 10, '"oops" is no JSON value');
    await refuses('[]', 1, 1, /set.json is empty/);
    await refuses('{"a": 1,\n"b": 2}', 1, 1, /neither a list of records/);
    await refuses('{"text": ["a", "b"],\n"label": ["x"]}', 2, 1, 'column "label" has 1 value where "text" has 2');
  });

  it('refuses what is nested too deep or too long, without reading on', async () => {
    await expectFailure(read(`[${'['.repeat(1e5)}`, columns, 1000), 'bad-dataset', /more than 64 deep/);
    await expectFailure(read(`{"text":"a","label":"x"}\n${'['.repeat(1e6)}\n`, columns, 1e5), 'bad-dataset', /too deep/);
    const long = 'a'.repeat(5 * 2 ** 20);
    await expectFailure(read(`[{"text":"${long}`, columns, 1e6), 'bad-dataset', /longer than 4,194,304 characters/);
    await expectFailure(read(`{"text":"a","label":"x"}\n{"text":"${long}`, columns, 1e6), 'bad-dataset', /line 2.*a line of more than/);
    const wide = JSON.stringify(Object.fromEntries(Array.from({ length: 1001 }, (_, i) => [`c${i}`, i])));
    await expectFailure(read(`[${wide}]`, columns, 1e4), 'bad-dataset', /1,001 columns; 1,000 are the most/);
  });

  it('can be cancelled while columns are handed over', async () => {
    const n = 30_000;
    const content = JSON.stringify({
      text: Array.from({ length: n }, (_, i) => `t${i}`),
      label: Array.from({ length: n }, (_, i) => i % 2),
    });
    let clock = 0;
    const now = () => {
      clock += 60;
      return clock;
    };
    const controller = new AbortController();
    const onProgress = ({ doneBytes }: { doneBytes: number }) => doneBytes >= content.length && controller.abort();
    const work = readDatasetFiles([file(content, 1e6)], columns, { now, signal: controller.signal, onProgress });
    await expectFailure(work, 'cancelled', 'The load was cancelled.');
  });

  it('previews the head, with names that hold HTML as text', async () => {
    const name = '<img src=x onerror=alert(1)>';
    const some = Array.from({ length: 30 }, (_, i) => ({ [name]: `one two three ${i}`, label: i % 3, tags: [i] }));
    for (const content of [JSON.stringify(some), some.map((record) => JSON.stringify(record)).join('\n')]) {
      const preview = await previewDatasetFiles([file(content, 50)]);
      expect(preview.columns).toEqual([name, 'label', 'tags']);
      expect(preview.rows).toHaveLength(20);
      expect(preview.rows[1]).toEqual(['one two three 1', '1', '[…]']);
      expect(preview.guess).toEqual({ text: name, label: 'label', split: null });
    }
  });
});
