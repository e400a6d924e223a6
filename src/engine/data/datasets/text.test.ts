import { describe, expect, it } from 'vitest';
import { expectFailure, fileOf } from '../testing';
import { previewDatasetFiles, readDatasetFiles } from './registry';
import { fallbackWarning } from './text';
import { decodeWindows1252 } from './windows-1252';

const columns = { text: 'text', label: 'label', split: null };
const read = (content: string | Uint8Array, chunkBytes = 7) =>
  readDatasetFiles([fileOf(content, { name: 'set.csv', chunkBytes })], columns);
const latin1 = (text: string) => Uint8Array.from(text, (character) => character.charCodeAt(0));

function utf16(text: string, littleEndian: boolean): Uint8Array {
  const view = new DataView(new ArrayBuffer(2 * text.length));
  for (let i = 0; i < text.length; i++) view.setUint16(2 * i, text.charCodeAt(i), littleEndian);
  return new Uint8Array(view.buffer);
}

describe('the encoding of a text', () => {
  const content = 'text,label\ncafé 😀,x\nthé,y\n';
  it.each([
    ['UTF-8', new TextEncoder().encode(content)],
    ['UTF-8 with a mark', new TextEncoder().encode(`\ufeff${content}`)],
    ['UTF-16, little end first', utf16(`\ufeff${content}`, true)],
    ['UTF-16, big end first', utf16(`\ufeff${content}`, false)],
  ])('is found out: %s', async (_, bytes) => {
    for (const chunkBytes of [1, 2, 3, 1000]) {
      const { texts, warnings } = await read(bytes, chunkBytes);
      expect(texts).toEqual(['café 😀', 'thé']);
      expect(warnings).toEqual([]);
    }
  });

  it('is Windows-1252 where it is not UTF-8, and that is said with the first line', async () => {
    const bytes = latin1('text,label\nplain,x\n\x93caf\xe9\x94 \x80 5,y\n');
    for (const chunkBytes of [1, 2, 1000]) {
      const { texts, warnings } = await read(bytes, chunkBytes);
      expect(texts).toEqual(['plain', '“café” € 5']);
      expect(warnings).toEqual([{ message: fallbackWarning, count: 1, firstLines: [3] }]);
    }
  });

  it('stays UTF-8 where one byte is damaged, and says which text that is', async () => {
    const bytes = new TextEncoder().encode('text,label\ncafé thé,x\nna?ve été,y\n');
    bytes[bytes.indexOf(0x3f)] = 0xef;
    for (const chunkBytes of [1, 2, 1000]) {
      const { texts, warnings } = await read(bytes, chunkBytes);
      expect(texts).toEqual(['café thé', 'na\ufffdve été']);
      expect(warnings).toEqual([
        { message: 'A text has a character in it that was lost in an earlier encoding (U+FFFD).', count: 1, firstLines: [3] },
      ]);
    }
  });

  it('does not hang on how a long file is cut', async () => {
    const long = `text,label\n${'plain,x\n'.repeat(20_000)}`;
    const bytes = new Uint8Array([...new TextEncoder().encode(long), ...new TextEncoder().encode(`é,y\n${'é,x\n'.repeat(30_000)}`)]);
    const [a, b] = await Promise.all([read(bytes, 1000), read(bytes, 10 ** 6)]);
    expect(a.texts.at(-1)).toBe('é');
    expect(a).toEqual(b);
  });

  it('has the 27 characters of Windows-1252 that Latin-1 lacks', () => {
    const all = decodeWindows1252(Uint8Array.from({ length: 256 }, (_, i) => i));
    expect(all).toHaveLength(256);
    expect(all.slice(0x80, 0xa0)).toBe('€\u0081‚ƒ„…†‡ˆ‰Š‹Œ\u008dŽ\u008f\u0090‘’“”•–—˜™š›œ\u009džŸ');
    expect(all.charCodeAt(0xe9)).toBe(0xe9);
  });
});

describe('a binary file by the name of a text', () => {
  it('is refused by what it is, where that shows', async () => {
    const of = (content: string | Uint8Array) => readDatasetFiles([fileOf(content, { name: 'set.csv' })], columns);
    const tail = ': that is no data set in a format that the lab reads.';
    await expectFailure(of('<!DOCTYPE html>\n<html><body>404</body></html>'), 'bad-dataset', `set.csv is a web page (HTML)${tail}`);
    await expectFailure(of('%PDF-1.7\n1 0 obj'), 'bad-dataset', `set.csv is a PDF document${tail}`);
    await expectFailure(of(Uint8Array.of(0x80, 4, 0x95, 1, 2)), 'bad-dataset', `set.csv is a Python pickle, which is never run${tail}`);
  });

  it('is refused at its first zero byte, or where control characters abound', async () => {
    const place = { file: 'set.csv', line: 2, column: 3 };
    const message = 'set.csv, line 2, column 3: a byte that no text has, 0x00: the file is binary, whatever its name says.';
    await expectFailure(read(latin1('ab\ncd\0ef')), 'bad-dataset', message, place);
    await expectFailure(previewDatasetFiles([fileOf(latin1('ab\ncd\0ef'), { name: 'set.csv' })]), 'bad-dataset', message, place);
    await expectFailure(read(latin1('\x01\x02ab')), 'bad-dataset', /line 1, column 1: a byte that no text has, 0x01/);
    await expectFailure(read(utf16('text,label\na,x\n', true)), 'bad-dataset', /line 1, column 2: a byte that no text has, 0x00/);
  });
});
