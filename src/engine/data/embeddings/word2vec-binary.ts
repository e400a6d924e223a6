import type { EmbeddingsPreview } from '../../../protocol/data';
import { LabError } from '../../errors';
import { ContentIdentity } from '../bytes/identity';
import { Pace } from '../bytes/pace';
import { likelySize, type SourceFile } from '../bytes/source-file';
import { count, counted, Warnings } from '../problems';
import { type ByteReader, withReader } from './byte-reader';
import { FloatDecoder } from './float-bytes';
import type { EmbeddingsFormat } from './format';
import { checkColumns, TableRows } from './table-rows';
import { decodeWord } from './word-text';

const label = 'word2vec binary';
/** word2vec.c itself cuts words at 100 bytes and phrases at 2,000; a longer one means that the rows are not where the header says. */
const longestWordBytes = 4096;
const mostHeaderBytes = 64;
const sampleWords = 12;
/** Rows between two looks at the clock. */
const rowsPerLook = 256;
const newline = 10;
const space = 32;
const remedy =
  'A word2vec binary file has a line "words dimension", then every word, a space, and its numbers as 32-bit floats. Save the table again, or take another file.';

interface Header {
  words: number;
  dimension: number;
  /** Where the first word begins. */
  end: number;
}

/**
 * word2vec's binary format, as `word2vec.c -binary 1` and gensim's `save_word2vec_format(binary=True)` write it: a line `N d`, then N times the word, a
 * space and d little-endian float32; word2vec.c ends every row by a line feed, gensim does not.
 * Source: https://code.google.com/archive/p/word2vec, `distance.c`, which reads it.
 */
export const word2vecBinary: EmbeddingsFormat = {
  id: 'word2vec-binary',
  label,

  recognizes(head) {
    const header = headerOf(head);
    return header !== null && !isText(head.subarray(header.end));
  },

  async preview({ vectors }, head): Promise<EmbeddingsPreview> {
    const header = checkedHeader(head, vectors);
    return {
      format: label,
      words: { count: header.words, exact: true },
      dimension: header.dimension,
      sample: sampleOf(head, header),
      needsVocabulary: false,
      tensors: [],
      notes: [],
    };
  },

  read({ vectors }, _choice, selection, options = {}) {
    const pace = new Pace(`Reading ${vectors.name}`, likelySize(vectors), options);
    const identity = new ContentIdentity(vectors.size);
    return withReader(vectors, { pace, identity }, async (reader) => {
      await reader.fill(mostHeaderBytes);
      const header = checkedHeader(reader.bytes, vectors);
      reader.at = header.end;
      const rows = new TableRows(vectors.name, label, header.dimension, selection, remedy);
      const floats = new FloatDecoder('f4', true);
      const rowBytes = 4 * header.dimension;
      const looked = Math.min(header.words, selection.limit);
      for (let row = 0; row < looked; row++) {
        await reader.fill(longestWordBytes + rowBytes);
        const start = skipNewlines(reader);
        const end = reader.bytes.subarray(0, start + longestWordBytes).indexOf(space, start);
        if (end < 0 && reader.available > longestWordBytes) throw noSpace(vectors, row, reader.position, header);
        if (end < 0 || !(await reader.fill(end - start + 1 + rowBytes))) throw cutOff(vectors, header, row, reader);
        // `fill` may have moved what was there.
        const wordStart = reader.at;
        const wordEnd = wordStart + end - start;
        const word = decodeWord(reader.bytes.subarray(wordStart, wordEnd), rows.warnings, row + 1);
        if (rows.keeps(word, row)) rows.decode(word, row, floats, reader.bytes, wordEnd + 1);
        reader.at = wordEnd + 1 + rowBytes;
        if (row % rowsPerLook === 0 && reader.due()) await reader.beat();
      }
      if (looked === header.words) skipNewlines(reader);
      const rest = await reader.drain();
      if (looked === header.words && rest > 0) {
        rows.warnings.add(
          `The header promises ${counted(header.words, 'word')}; ${counted(rest, 'byte')} behind the last were passed over.`,
          null,
        );
      }
      pace.report(reader.position);
      return rows.finish(identity.reference(vectors.name));
    });
  },
};

/** The first line, `N d`. Null where the file begins otherwise. */
function headerOf(head: Uint8Array): Header | null {
  const end = head.subarray(0, mostHeaderBytes).indexOf(newline);
  if (end < 0) return null;
  const match = /^(\d{1,15})[ \t]+(\d{1,15})[ \t\r]*$/.exec(String.fromCharCode(...head.subarray(0, end)));
  return match && { words: Number(match[1]), dimension: Number(match[2]), end: end + 1 };
}

function checkedHeader(head: Uint8Array, { name }: SourceFile): Header {
  const header = headerOf(head);
  if (header === null) {
    throw new LabError('bad-embeddings', `${name} does not begin with the line of ${label}, "words dimension".`, remedy, {
      file: name,
      line: 1,
      column: 1,
    });
  }
  checkColumns(name, label, header.dimension);
  if (header.words < 1 || header.dimension < 1) {
    throw new LabError(
      'bad-embeddings',
      `${name} (${label}) has a header that says ${counted(header.words, 'word')} of ${counted(header.dimension, 'number')}.`,
      remedy,
      { file: name, line: 1, column: 1 },
    );
  }
  return header;
}

/**
 * Is what follows the header word2vec text? Nearly every float32 has a byte in it that no text has: a control character, or one that breaks UTF-8.
 * For the few numbers that have none, it is text where the first line has a number behind its word.
 */
function isText(body: Uint8Array): boolean {
  if (body.some((byte) => (byte < 32 && byte !== 9 && byte !== 10 && byte !== 13) || byte === 127)) return false;
  let text: string;
  try {
    // The last character may be cut.
    text = new TextDecoder('utf-8', { fatal: true }).decode(body, { stream: true });
  } catch {
    return false;
  }
  const [, ...fields] = text.split('\n', 1)[0].trim().split(/\s+/);
  return body.length === 0 || fields.some((field) => Number.isFinite(Number(field)));
}

function sampleOf(head: Uint8Array, { words, dimension, end }: Header): string[] {
  const sample: string[] = [];
  const warnings = new Warnings();
  for (let at = end; sample.length < Math.min(words, sampleWords); ) {
    while (head[at] === newline) at++;
    const wordEnd = head.indexOf(space, at);
    if (wordEnd < 0 || wordEnd - at > longestWordBytes) break;
    sample.push(decodeWord(head.subarray(at, wordEnd), warnings, 1));
    at = wordEnd + 1 + 4 * dimension;
  }
  return sample;
}

function skipNewlines(reader: ByteReader): number {
  while (reader.at < reader.bytes.length && reader.bytes[reader.at] === newline) reader.at++;
  return reader.at;
}

function noSpace({ name }: SourceFile, row: number, byte: number, { dimension }: Header): LabError {
  return new LabError(
    'bad-embeddings',
    `${name} (${label}), word ${count(row + 1)}, byte ${count(byte + 1)}: no space within ${count(longestWordBytes)} bytes, where a word should end; ` +
      `the rows do not have the ${counted(dimension, 'number')} that the header says.`,
    remedy,
    { file: name, line: row + 1, column: 1 },
  );
}

function cutOff({ name }: SourceFile, header: Header, row: number, reader: ByteReader): LabError {
  const size = reader.position + reader.available;
  const where = reader.available === 0 ? `behind word ${count(row)}` : `inside word ${count(row + 1)}`;
  return new LabError(
    'bad-embeddings',
    `${name} (${label}) ends at byte ${count(size)}, ${where}: ${row === 1 ? '1 whole word is' : `${count(row)} whole words are`} there, ` +
      `where the header promises ${count(header.words)}.`,
    row > 0
      ? `Download or save the file again, or keep only the ${row === 1 ? 'first word' : `${count(row)} most frequent words`}, which are whole.`
      : 'Download or save the file again.',
    { file: name, line: row + 1, column: 1 },
  );
}
