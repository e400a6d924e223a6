/** Every sentence that a wrong file gets. */
import { describe, expect, it } from 'vitest';
import { unknownSize } from '../bytes/source-file';
import { expectFailure, failureOf, fileOf } from '../testing';
import * as write from '../testing/embeddings-writers';
import { fasttextBinary } from './fasttext-binary';
import type { EmbeddingsFormat } from './format';
import { gloveText, word2vecText } from './glove-text';
import { npy } from './npy';
import { projectorTsv } from './projector-tsv';
import { safetensors } from './safetensors';
import { word2vecBinary } from './word2vec-binary';

const table = {
  words: ['the', 'of', '<b>to</b>', 'and'],
  rows: [
    [1, 2, 3],
    [-1, 0.5, 0.25],
    [7, 8, 9],
    [0, 0, 1],
  ],
};
const all = { limit: Number.POSITIVE_INFINITY, keeps: () => true };
const chosen = (tensor: string | null) => ({ keep: { kind: 'all' as const }, tensor });

const filesOf = (vectors: Uint8Array, vocabulary: Uint8Array | string | null) => ({
  vectors: fileOf(vectors, { name: 'table' }),
  vocabulary: vocabulary === null ? null : fileOf(vocabulary, { name: 'words' }),
});
const read = (format: EmbeddingsFormat, vectors: Uint8Array, vocabulary: Uint8Array | string | null = null, tensor: string | null = null) =>
  format.read(filesOf(vectors, vocabulary), chosen(tensor), all);
const preview = (format: EmbeddingsFormat, vectors: Uint8Array, vocabulary: Uint8Array | string | null = null) =>
  format.preview(filesOf(vectors, vocabulary), vectors.subarray(0, 65_536));
const refuses = (work: Promise<unknown>, message: string | RegExp) => expectFailure(work, 'bad-embeddings', message);
const words = write.writeWords(table.words);
/** The rows of the table, with one number replaced. */
const withValues = (...places: [row: number, column: number, value: number][]) => {
  const rows = table.rows.map((row) => [...row]);
  for (const [row, column, value] of places) rows[row][column] = value;
  return { words: table.words, rows };
};
const wrongValues = withValues([1, 0, Number.NaN], [2, 2, Number.POSITIVE_INFINITY], [3, 1, Number.NEGATIVE_INFINITY]);
const wrongPlaces =
  'row 2, column 1: NaN is not a finite number; row 3, column 3: Infinity is not a finite number; row 4, column 2: -Infinity is not a finite number.';

describe('a dimension that no table of words has', () => {
  const wide = { words: ['the'], rows: [Array.from({ length: 5000 }, () => 0.5)] };
  const textFormat = (format: EmbeddingsFormat, line: string) => () => preview(format, write.bytesOf(line));
  const numbers = ' 0.5'.repeat(100_000);
  it.each([
    ['GloVe text, looked into', textFormat(gloveText, `the${numbers}\n`), 'GloVe text', '100,000'],
    ['GloVe text', () => read(gloveText, write.bytesOf(`the${numbers}\nof${numbers}\n`)), 'GloVe text', '100,000'],
    ['word2vec text', () => read(word2vecText, write.bytesOf('9 99999999\nthe 1 2\n')), 'word2vec text', '99,999,999'],
    ['word2vec binary', () => read(word2vecBinary, write.writeWord2vecBinary(wide)), 'word2vec binary', '5,000'],
    ['fastText', () => read(fasttextBinary, write.writeFasttext(wide)), 'fastText .bin', '5,000'],
    ['NumPy', () => read(npy, write.writeNpy(wide), 'the\n'), 'NumPy .npy', '5,000'],
    ['safetensors', () => read(safetensors, write.writeSafetensors({ e: wide }), 'the\n'), 'safetensors', '5,000'],
    ['TSV', () => read(projectorTsv, write.writeTensorsTsv(wide), 'the\n'), 'Embedding Projector TSV', '5,000'],
  ])('is refused before memory is taken for it: %s', async (_, work, label, found) => {
    const before = process.memoryUsage().arrayBuffers;
    await refuses(work(), `table (${label}), line 1, column 1: ${found} numbers a row; tables of up to 4,096 can be factorized.`);
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(16 * 2 ** 20);
  });

  it('reads the widest that there may be', async () => {
    const row = Array.from({ length: 4096 }, (_, i) => i / 4096);
    const { vectors } = await read(gloveText, write.writeGloveText({ words: ['the'], rows: [row] }));
    expect([...vectors.row(0)]).toEqual(row.map(Math.fround));
  });
});

describe('numbers that are not finite', () => {
  it.each([
    ['word2vec binary', () => read(word2vecBinary, write.writeWord2vecBinary(wrongValues))],
    ['fastText .bin', () => read(fasttextBinary, write.writeFasttext(wrongValues))],
    ['NumPy .npy', () => read(npy, write.writeNpy(wrongValues), words)],
    ['NumPy .npy', () => read(npy, write.writeNpy(wrongValues, { type: 'f2' }), words)],
    ['safetensors', () => read(safetensors, write.writeSafetensors({ e: wrongValues }), words)],
  ])('are named with row and column: %s', async (format, work) => {
    await expectFailure(work(), 'bad-embeddings', `table (${format}), ${wrongPlaces}`, { file: 'table', line: 2, column: 1 });
  });

  it('are named column by column where they lie so', async () => {
    await refuses(
      read(npy, write.writeNpy(withValues([3, 0, Number.NaN], [0, 1, Number.NaN]), { fortran: true }), words),
      'table (NumPy .npy), row 4, column 1: NaN is not a finite number; row 1, column 2: NaN is not a finite number.',
    );
  });

  it('are those too that float32 does not hold', async () => {
    await refuses(
      read(npy, write.writeNpy(withValues([0, 1, 1e300]), { type: 'f8' }), words),
      'table (NumPy .npy), row 1, column 2: 1e+300 is too large for a 32-bit float.',
    );
  });

  it('do not matter in rows that are not kept', async () => {
    const files = filesOf(write.writeNpy(wrongValues), words);
    expect((await npy.read(files, chosen(null), { limit: 1, keeps: () => true })).words).toEqual(['the']);
  });
});

describe('words', () => {
  it('that occur again keep their first vector', async () => {
    const again = { words: ['the', 'of', 'the', 'the'], rows: table.rows };
    for (const read_ of [
      read(word2vecBinary, write.writeWord2vecBinary(again)),
      read(fasttextBinary, write.writeFasttext(again)),
      read(npy, write.writeNpy(again), write.writeWords(again.words)),
      read(npy, write.writeNpy(again, { fortran: true }), write.writeWords(again.words)),
    ]) {
      const { words: kept, vectors, warnings } = await read_;
      expect(kept).toEqual(['the', 'of']);
      expect([...vectors.row(0)]).toEqual([1, 2, 3]);
      expect(warnings).toContainEqual({
        message: 'A word occurs again; its first vector is kept.',
        count: 2,
        firstLines: [3, 4],
        unit: 'row',
      });
    }
  });

  it('with HTML in them are just text', async () => {
    const { index, vectors } = await read(npy, write.writeNpy(table), words);
    expect([...vectors.row(index.get('<b>to</b>') ?? -1)]).toEqual([7, 8, 9]);
  });

  it('that are empty or no UTF-8 are counted', async () => {
    const { words: kept, warnings } = await read(npy, write.writeNpy(table), write.bytesOf('the\n\n', [0x63, 0xe9], '\nand\n\n\n'));
    expect(kept).toEqual(['the', 'c\ufffd', 'and']);
    expect(warnings).toEqual([
      { message: 'A word is not UTF-8; its foreign bytes are shown as \ufffd.', count: 1, firstLines: [3], unit: 'row' },
      { message: 'A row without a word was left out.', count: 1, firstLines: [2], unit: 'row' },
    ]);
  });

  it('of which none is kept are no table', async () => {
    const work = npy.read(filesOf(write.writeNpy(table), words), chosen(null), { limit: 9, keeps: () => false });
    await expectFailure(work, 'no-data', 'table (NumPy .npy) has none of the words that were to be kept.');
  });
});

describe('word2vec binary', () => {
  const whole = write.writeWord2vecBinary(table);

  it('says where it was cut off, and how many words are there', async () => {
    await expectFailure(
      read(word2vecBinary, whole.subarray(0, 30)),
      'bad-embeddings',
      'table (word2vec binary) ends at byte 30, inside word 2: 1 whole word is there, where the header promises 4.',
      { file: 'table', line: 2, column: 1 },
    );
    const { message, remedy } = await failureOf(read(word2vecBinary, write.writeWord2vecBinary(table, { header: '1000000000000 3\n' })));
    expect(message).toBe(
      'table (word2vec binary) ends at byte 89, behind word 4: 4 whole words are there, where the header promises 1,000,000,000,000.',
    );
    expect(remedy).toBe('Download or save the file again, or keep only the 4 most frequent words, which are whole.');
  });

  it('passes over what is behind the promised words', async () => {
    const { words: kept, warnings } = await read(word2vecBinary, write.writeWord2vecBinary(table, { header: '3 3\n' }));
    expect(kept).toEqual(table.words.slice(0, 3));
    expect(warnings).toEqual([
      { message: 'The header promises 3 words; 17 bytes behind the last were passed over.', count: 1, firstLines: [] },
    ]);
  });

  it('refuses headers that no table has', async () => {
    await refuses(
      read(word2vecBinary, write.writeWord2vecBinary(table, { header: '0 3\n' })),
      'table (word2vec binary) has a header that says 0 words of 3 numbers.',
    );
    await refuses(
      preview(word2vecBinary, write.writeWord2vecBinary(table, { header: '4 99999999999\n' })),
      'table (word2vec binary), line 1, column 1: 99,999,999,999 numbers a row; tables of up to 4,096 can be factorized.',
    );
    await refuses(
      read(word2vecBinary, write.bytesOf('4 3\n', new Uint8Array(10_000).fill(0x61))),
      'table (word2vec binary), word 1, byte 5: no space within 4,096 bytes, where a word should end; the rows do not have the 3 numbers that the header says.',
    );
  });

  it('is not taken for its text, nor its text for it', () => {
    expect(word2vecBinary.recognizes(write.writeWord2vecText(table))).toBe(false);
    expect(word2vecBinary.recognizes(write.bytesOf('2 3\nthe 1 x 3\nNew York 1 2 3\n'))).toBe(false);
    expect(word2vecBinary.recognizes(write.bytesOf('1 1\na abcd'))).toBe(true);
  });
});

describe('fastText .bin', () => {
  const cut = (bytes: number) => read(fasttextBinary, write.writeFasttext(table).subarray(0, bytes));

  it('says that subwords are not used', async () => {
    const note = /^Subwords are not used/;
    expect((await preview(fasttextBinary, write.writeFasttext(table))).notes[0]).toMatch(note);
    expect((await read(fasttextBinary, write.writeFasttext(table))).warnings[0].message).toMatch(note);
  });

  it('refuses quantized models', async () => {
    const message = 'table (fastText .bin) is a quantized model (.ftz), whose vectors are codes and not numbers.';
    await refuses(read(fasttextBinary, write.writeFasttext(table, { quantized: true })), message);
    await refuses(preview(fasttextBinary, write.writeFasttext(table, { pruned: 5 })), message);
  });

  it('says where it was cut off', async () => {
    await refuses(cut(40), 'table (fastText .bin) is cut off: it ends at byte 40, before its vectors.');
    await refuses(
      cut(110),
      'table (fastText .bin) is cut off: it ends at byte 110, inside entry 2 of the 5 of its dictionary, which begins at byte 106.',
    );
    await refuses(
      cut(220),
      'table (fastText .bin) is cut off: it promises the vectors of 4 words up to byte 234, and ends at byte 220, after 2 of them.',
    );
  });

  it('refuses headers that no model has', async () => {
    await refuses(
      read(fasttextBinary, write.writeFasttext(table, { version: 11 })),
      'table (fastText .bin) has version 11 of the format; the lab reads version 12.',
    );
    await refuses(
      read(fasttextBinary, write.writeFasttext(table, { matrix: [2, 3] })),
      'table (fastText .bin) has a matrix of 2 x 3, where its header says 4 words of 3 numbers.',
    );
    const negative = write.writeFasttext(table);
    negative.set(write.int32s(-4), 68);
    await refuses(read(fasttextBinary, negative), 'table (fastText .bin) has a header that says -4 words of 3 numbers, and 5 entries.');
  });
});

describe('NumPy .npy', () => {
  const headed = (header: string) => read(npy, write.writeNpy(table, { header }), words);
  const npyHeader = (descr: string, shape: string) => `{'descr': ${descr}, 'fortran_order': False, 'shape': ${shape}, }`;

  it('needs its words', async () => {
    await refuses(
      read(npy, write.writeNpy(table)),
      'table (NumPy .npy) holds vectors and no words: the words come in a file of their own.',
    );
    expect((await preview(npy, write.writeNpy(table))).needsVocabulary).toBe(true);
  });

  it.each([
    [npyHeader("'<f4'", '(4, 3, 2)'), 'has the shape (4, 3, 2); a table has two sizes, words and numbers a word'],
    [npyHeader("'<f4'", '(12,)'), 'has the shape (12,); a table has two sizes, words and numbers a word'],
    [npyHeader("'<f4'", '(0, 3)'), 'has the shape (0, 3); a table has two sizes, words and numbers a word'],
    [npyHeader("'<i8'", '(4, 3)'), 'holds values of type "<i8" and not floats (f2, f4 or f8)'],
    [npyHeader("'|O'", '(4, 3)'), 'holds pickled Python objects, which are never run, and not floats (f2, f4 or f8)'],
    [npyHeader("[('a', '<f4')]", '(4,)'), 'holds records of named fields, not numbers'],
    [npyHeader('__import__("os")', '(4, 3)'), 'has a header that is none: "{\'descr\': __import__("os"), \'fortran_or…"'],
  ])('refuses %s', async (header, what) => {
    await refuses(headed(header), `table (NumPy .npy) ${what}.`);
  });

  it('believes no promise before it has seen the bytes', async () => {
    await refuses(
      headed(npyHeader("'<f4'", '(1000000000000, 300)')),
      'table (NumPy .npy) is cut off: its header promises 1,000,000,000,000 rows of 300 numbers, up to byte 1,200,000,000,000,128, ' +
        'and the file ends at byte 176, 0 whole rows.',
    );
    await refuses(
      read(npy, write.writeNpy(table, { fortran: true }).subarray(0, 170), words),
      'table (NumPy .npy) is cut off: its header promises 4 rows of 3 numbers, up to byte 176, and the file ends at byte 170.',
    );
    await refuses(
      read(npy, write.writeNpy(table).subarray(0, 50), words),
      'table (NumPy .npy) is cut off: it ends at byte 50, inside its header.',
    );
    await refuses(
      read(npy, write.writeNpy(table, { version: 9 }), words),
      'table (NumPy .npy) has version 9 of the format; the lab reads versions 1 to 3.',
    );
  });

  it('counts the bytes first where only reading tells how many there are, and columns need the whole table at once', async () => {
    const unpacked = (bytes: Uint8Array) => ({
      vectors: { ...fileOf(bytes, { name: 'table' }), size: unknownSize },
      vocabulary: fileOf(words),
    });
    for (const fortran of [false, true]) {
      const whole = write.writeNpy(table, { fortran });
      expect((await npy.read(unpacked(whole), chosen(null), all)).words).toEqual(table.words);
      await refuses(
        npy.read(unpacked(whole.subarray(0, 170)), chosen(null), all),
        fortran
          ? 'table (NumPy .npy) is cut off: its header promises 4 rows of 3 numbers, up to byte 176, and the file ends at byte 170.'
          : 'table ends at byte 170, inside its numbers: it was cut off.',
      );
    }
  });

  it('passes over what is behind the table', async () => {
    const { warnings } = await read(npy, write.bytesOf(write.writeNpy(table), 'more'), words);
    expect(warnings).toEqual([{ message: '4 bytes behind the table were passed over.', count: 1, firstLines: [] }]);
  });
});

describe('safetensors', () => {
  const two = { 'h.weight': { rows: [[1, 2]] }, 'wte.weight': table };

  it('offers its tables, the embeddings first', async () => {
    expect((await preview(safetensors, write.writeSafetensors(two))).tensors).toEqual([
      { name: 'wte.weight', rows: 4, columns: 3, type: 'F32' },
      { name: 'h.weight', rows: 1, columns: 2, type: 'F32' },
    ]);
    expect((await preview(safetensors, write.writeSafetensors({ e: table }))).tensors).toEqual([]);
  });

  it('reads the one that was chosen', async () => {
    const file = write.writeSafetensors(two);
    const first = await read(safetensors, file, words, 'wte.weight');
    expect([...first.vectors.row(1)]).toEqual(table.rows[1]);
    const second = await read(safetensors, file, 'the\n', 'h.weight');
    expect(second.vectors.columns).toBe(2);
    const third = await read(safetensors, write.writeSafetensors({ ...two, 'x.weight': { rows: [[1, 2]] } }), 'the\n', 'x.weight');
    expect(new Set([first, second, third].map(({ source }) => source.id)).size).toBe(3);
    await refuses(read(safetensors, file, words), 'table (safetensors) has 2 tables: "wte.weight" (4 x 3), "h.weight" (1 x 2).');
    await refuses(
      read(safetensors, file, words, 'x'),
      'table (safetensors) has no table called "x"; it has "wte.weight" (4 x 3), "h.weight" (1 x 2).',
    );
  });

  const headed = (header: Record<string, unknown> | string) => read(safetensors, write.writeSafetensors({ e: table }, header), words);

  it.each([
    [
      { e: { dtype: 'F32', shape: [4, 3], data_offsets: [0, 44] } },
      'says that the tensor "e" is at bytes 0 to 44; 4 x 3 numbers of type F32 are 48 bytes',
    ],
    [{ e: { dtype: 'I8', shape: [4, 3], data_offsets: [12, 0] } }, 'says that the tensor "e" is at bytes 12 to 0'],
    [
      { e: { dtype: 'F32', shape: [4, -3], data_offsets: [0, 48] } },
      'has a header that does not describe the tensor "e" by dtype, shape and data_offsets',
    ],
    [
      { e: { dtype: 'F32', shape: [2, 3], data_offsets: [0, 24] }, f: { dtype: 'F32', shape: [2, 3], data_offsets: [20, 44] } },
      'has tensors that overlap: "e" and "f"',
    ],
    [
      { e: { dtype: 'I64', shape: [2, 3], data_offsets: [0, 48] } },
      'has no table: none of its 1 tensor is words x numbers of type F16, BF16 or F32',
    ],
    [{}, 'has no table: no tensor at all'],
    [
      { e: { dtype: 'F32', shape: [1e12, 300], data_offsets: [0, 12e14] } },
      'is cut off: its header promises 1,000,000,000,000 rows of 300 numbers, up to byte 1,200,000,000,000,093, and the file ends at byte 141, 0 whole rows',
    ],
  ])('refuses %j', async (header, what) => {
    await refuses(headed(header), `table (safetensors) ${what}.`);
  });

  it('refuses a header that is no JSON, or too long', async () => {
    await refuses(headed('{"e": '), /^table \(safetensors\) has a header that is no JSON: /);
    await refuses(
      read(safetensors, write.bytesOf(write.int64s(90), '{}'), words),
      'table (safetensors) is cut off: its header goes to byte 98, and the file ends at byte 10.',
    );
    await refuses(
      read(safetensors, write.bytesOf(write.int64s(99_000_000), '{}'), words),
      'table (safetensors) has a header that says it is 99,000,000 bytes long.',
    );
  });
});

describe('a vocabulary', () => {
  const beside = async (vocabulary: string) => (await read(npy, write.writeNpy(table), vocabulary)).words;

  it('has one word a row', async () => {
    await refuses(beside('the\nof\nto\n'), 'words has 3 words, and table has 4 rows.');
    await refuses(beside('a\nb\nc\nd\ne\n'), 'words has 5 words, and table has 4 rows.');
    await refuses(beside(''), 'words is empty.');
    await refuses(beside('%PDF-1.7 \u0000'), 'words is a PDF document, not a vocabulary.');
    await refuses(beside('the\nof\nto\nan\u0000d\n'), 'words is binary data of an unknown kind, not a vocabulary.');
  });

  it('may have a header, more columns and counts', async () => {
    expect(await beside('word\nthe\nof\nto\nand\n')).toEqual(['the', 'of', 'to', 'and']);
    expect(await beside('rank\tlabel\n1\tthe\n2\tof\n3\tto\n4\tand\n')).toEqual(['the', 'of', 'to', 'and']);
    expect(await beside('the\t9\nof\t8\nto\t7\nand\t6\n')).toEqual(['the', 'of', 'to', 'and']);
    expect(await beside('the 9\nof 8\nto 7\nand 6\n')).toEqual(['the', 'of', 'to', 'and']);
    expect(await beside('the 9\nNew York\nto 7\nand 6\n')).toEqual(['the 9', 'New York', 'to 7', 'and 6']);
    expect(await beside('[PAD]\n{\n"\nword')).toEqual(['[PAD]', '{', '"', 'word']);
  });

  it('of JSON numbers the rows from 0, without gaps', async () => {
    expect(await beside('{"b": 1, "a": 0, "__proto__": 3, "constructor": 2}')).toEqual(['a', 'b', 'constructor', '__proto__']);
    expect(await beside('["a", "b", "c", "d"]')).toEqual(['a', 'b', 'c', 'd']);
    await refuses(beside('{"a": 0, "b": 3}'), 'words has 2 words, and table has 4 rows: no word has the id 1, 2.');
    await refuses(beside('{"a": 0}'), 'words has 1 word, and table has 4 rows: no word has the id 1, 2, 3.');
    await refuses(beside('{"a": 0, "b": 1, "c": 2, "d": 4}'), 'words has 4 words, and table has 4 rows: the id of "d", 4, is outside.');
    await refuses(beside('{"a": 0, "b": 0}'), 'words gives "a" and "b" the same id, 0.');
    await refuses(beside('{"a": -1}'), 'words gives "a" the id "-1", which is no row: rows are numbered from 0.');
    await refuses(beside('{"a": {"b": 1}}'), 'words gives "a" the id an object, which is no row: rows are numbered from 0.');
    await refuses(beside('["a", 2]'), 'words has "2" where a word should be.');
    await refuses(beside('{"a": 0,'), /^words begins like JSON, and is none: /);
    await refuses(
      beside('{"model": {"type": "WordPiece"}}'),
      'words is JSON, but neither a tokenizer.json with model.vocab, nor an object of words and ids, nor a list of words.',
    );
  });
});

describe('Embedding Projector TSV', () => {
  const tsv = (text: string, vocabulary = 'the\nof\nto\n') => read(projectorTsv, write.bytesOf(text), vocabulary);

  it('names the first three wrong lines', async () => {
    await expectFailure(
      tsv('1\t2\n3\n4\tx\n'),
      'bad-embeddings',
      'table (Embedding Projector TSV), line 2, column 1: 1 number, where line 1 has 2; line 3, column 3: "x" is not a number.',
      { file: 'table', line: 2, column: 1 },
    );
    await refuses(
      tsv('1\t2\nnan\t1\n1\t1e39\n'),
      'table (Embedding Projector TSV), line 2, column 1: "nan" is not a finite number; line 3, column 3: "1e39" is too large for a 32-bit float.',
    );
    await refuses(tsv('1\t2\n\n4\t5\n'), 'table (Embedding Projector TSV), line 2, column 1: 0 numbers, where line 1 has 2.');
    await refuses(tsv('1\t2\n4\t5\n'), 'words has 3 words, and table has 2 rows.');
    await refuses(tsv('1\t2\n4\t\u00005\n'), 'table (Embedding Projector TSV), line 2, column 3: a zero byte, which no text has.');
  });

  it('is told from words by tabs', () => {
    expect(projectorTsv.recognizes(write.bytesOf('1\t2\n3\tx\n1\t2\n'))).toBe(true);
    expect(projectorTsv.recognizes(write.bytesOf('2000\t1\t2\nthe\t1\t2\nof\t3\t4\n'))).toBe(false);
    expect(projectorTsv.recognizes(write.bytesOf('4 2\nthe 1 2\n'))).toBe(false);
  });

  it('takes a tab at the end of the lines', async () => {
    expect([...(await tsv('1\t2\t\n3\t4\t\n5\t6\t\n')).vectors.row(1)]).toEqual([3, 4]);
  });
});

describe('a load in progress', () => {
  it.each([
    ['word2vec binary', word2vecBinary, write.writeWord2vecBinary(table)],
    ['fastText', fasttextBinary, write.writeFasttext(table)],
    ['NumPy', npy, write.writeNpy(table)],
    ['safetensors', safetensors, write.writeSafetensors({ e: table })],
    ['TSV', projectorTsv, write.writeTensorsTsv(table)],
  ] as const)('can be cancelled, and reports its end: %s', async (_, format, bytes) => {
    const controller = new AbortController();
    let clock = 0;
    const cancelled = format.read(filesOf(bytes, words), chosen(null), all, {
      now: () => (clock += 200),
      onProgress: () => controller.abort(),
      signal: controller.signal,
    });
    await expectFailure(cancelled, 'cancelled', 'The load was cancelled.');
    const done: number[] = [];
    await format.read(filesOf(bytes, words), chosen(null), all, { onProgress: ({ doneBytes }) => done.push(doneBytes) });
    expect(done.at(-1)).toBe(bytes.length + (format === word2vecBinary || format === fasttextBinary ? -words.length : 0) + words.length);
  });
});
