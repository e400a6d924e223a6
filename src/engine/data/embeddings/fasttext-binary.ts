import type { EmbeddingsPreview } from '../../../protocol/data';
import { LabError } from '../../errors';
import { ContentIdentity } from '../bytes/identity';
import { Pace } from '../bytes/pace';
import { likelySize, type SourceFile } from '../bytes/source-file';
import { count, counted } from '../problems';
import { type ByteReader, sizeIfShort, withReader } from './byte-reader';
import { FloatDecoder } from './float-bytes';
import type { EmbeddingsFormat, Selection } from './format';
import { checkColumns, TableRows } from './table-rows';
import { decodeWord } from './word-text';

const label = 'fastText .bin';
const magic = 793_712_314;
const version = 12;
/** Magic and version; 12 integers and a double of arguments; the dictionary's three integers, two long ones. */
const argumentsBytes = 8 + 12 * 4 + 8;
const dictionaryHeadBytes = 3 * 4 + 2 * 8;
/** A count of 8 bytes and a kind of one, behind the zero that ends the word. */
const entryTailBytes = 9;
/** fastText's own dictionary takes whatever stands between two spaces; a longer word means that this is no dictionary. */
const longestWordBytes = 65_536;
const wordKind = 0;
const labelKind = 1;
const sampleWords = 12;
const entriesPerLook = 1024;
const rowsPerLook = 256;
const subwordsNote =
  "Subwords are not used: each word has its own row of the input matrix, and words outside the dictionary have no vector. fastText's own vectors mix the two.";
const remedy = 'Download or save the model again, or load the .vec file that comes with it.';

interface Model {
  dimension: number;
  words: number;
}

/**
 * fastText's model file, of which the words' rows of the input matrix are read; labels, subwords and the output matrix are passed over.
 *
 * Little-endian: int32 magic, version; int32 dim, ws, epoch, minCount, neg, wordNgrams, loss, model, bucket, minn, maxn, lrUpdateRate, double t;
 * int32 size, nwords, nlabels, int64 ntokens, pruneidx_size; `size` entries (the word, a zero byte, int64 count, int8 kind: 0 word, 1 label); the
 * pruned index, where there is one; a byte that says whether the matrix is quantized; int64 rows, columns; the float32 values, row by row.
 * Source: https://github.com/facebookresearch/fastText, `FastText::loadModel`, `Dictionary::load`, `DenseMatrix::load`.
 */
export const fasttextBinary: EmbeddingsFormat = {
  id: 'fasttext-binary',
  label,

  recognizes(head) {
    return head.length >= 8 && viewOf(head).getInt32(0, true) === magic;
  },

  preview({ vectors }, _head, options = {}): Promise<EmbeddingsPreview> {
    const pace = new Pace(`Looking into ${vectors.name}`, likelySize(vectors), options);
    const sample: string[] = [];
    return withReader(vectors, { pace }, async (reader) => {
      const { dimension, words } = await readModel(reader, vectors, (bytes, row) => {
        if (row < sampleWords) sample.push(new TextDecoder().decode(bytes));
      });
      return {
        format: label,
        words: { count: words, exact: true },
        dimension,
        sample,
        needsVocabulary: false,
        tensors: [],
        notes: [subwordsNote],
      };
    });
  },

  read({ vectors }, _choice, selection, options = {}) {
    const pace = new Pace(`Reading ${vectors.name}`, likelySize(vectors), options);
    const identity = new ContentIdentity(vectors.size);
    return withReader(vectors, { pace, identity }, async (reader) => {
      const { rows, kept, model } = await readDictionary(reader, vectors, selection);
      const rowBytes = 4 * model.dimension;
      const needed = reader.position + model.words * rowBytes;
      const size = await sizeIfShort(vectors, needed, { pace, counted: false });
      if (size !== null) {
        const whole = Math.max(0, Math.floor((size - reader.position) / rowBytes));
        throw wrong(
          vectors,
          `is cut off: it promises the vectors of ${counted(model.words, 'word')} up to byte ${count(needed)}, and ends at byte ${count(size)}, ` +
            `after ${count(whole)} of them`,
        );
      }
      const floats = new FloatDecoder('f4', true);
      let row = 0;
      for (const { word, row: next } of kept) {
        for (; row <= next; row++) {
          if (!(await reader.fill(rowBytes)))
            throw wrong(vectors, `ends at byte ${count(reader.position + reader.available)}, inside a vector`);
          // Asked again: now it knows which words have a vector already.
          if (row === next && rows.keeps(word, row)) rows.decode(word, row, floats, reader.bytes, reader.at);
          reader.at += rowBytes;
          if (row % rowsPerLook === 0 && reader.due()) await reader.beat();
        }
      }
      await reader.drain();
      pace.report(reader.position);
      rows.warnings.add(subwordsNote, null);
      return rows.finish(identity.reference(vectors.name));
    });
  },
};

/** Reads up to the matrix's first number; notes the words that are kept, and their rows. */
async function readDictionary(reader: ByteReader, file: SourceFile, selection: Selection) {
  const kept: { word: string; row: number }[] = [];
  let rows: TableRows | null = null;
  const model = await readModel(reader, file, (bytes, row, dimension) => {
    rows ??= new TableRows(file.name, label, dimension, selection, remedy);
    if (row >= selection.limit) return;
    const word = decodeWord(bytes, rows.warnings, row + 1);
    if (rows.keeps(word, row)) kept.push({ word, row });
  });
  return { model, kept, rows: rows ?? new TableRows(file.name, label, model.dimension, selection, remedy) };
}

/**
 * Reads everything before the matrix's numbers.
 * @param onWord takes the bytes of each word, its row and the dimension
 */
async function readModel(
  reader: ByteReader,
  file: SourceFile,
  onWord: (bytes: Uint8Array, row: number, dimension: number) => void,
): Promise<Model> {
  const head = await integers(reader, file, argumentsBytes);
  if (head.getInt32(0, true) !== magic) throw wrong(file, 'does not begin with the number of fastText models');
  const found = head.getInt32(4, true);
  if (found !== version) {
    throw wrong(
      file,
      `has version ${found} of the format; the lab reads version ${version}`,
      'Save it with a current fastText, or load its .vec file.',
    );
  }
  const dimension = head.getInt32(8, true);
  const dictionary = await integers(reader, file, dictionaryHeadBytes);
  const [size, words, labels] = [0, 4, 8].map((at) => dictionary.getInt32(at, true));
  const pruned = Number(dictionary.getBigInt64(20, true));
  checkColumns(file.name, label, dimension);
  if (dimension < 1 || words < 1 || labels < 0 || size !== words + labels) {
    throw wrong(
      file,
      `has a header that says ${counted(words, 'word')} of ${counted(dimension, 'number')}, and ${counted(size, 'entry', 'entries')}`,
    );
  }
  for (let row = 0; row < size; row++) {
    const began = reader.position;
    const end = await endOfWord(reader);
    if (end < 0 || !(await reader.fill(end + 1 + entryTailBytes))) {
      const where = `entry ${count(row + 1)} of the ${count(size)} of its dictionary, which begins at byte ${count(began + 1)}`;
      if (end < 0 && reader.available > longestWordBytes) throw wrong(file, `has no end to ${where}`);
      throw wrong(file, `is cut off: it ends at byte ${count(began + reader.available)}, inside ${where}`);
    }
    const kind = reader.bytes[reader.at + end + entryTailBytes];
    if (kind !== (row < words ? wordKind : labelKind)) {
      throw wrong(
        file,
        `has ${row < words ? 'something else than a word' : 'something else than a label'} as entry ${count(row + 1)} of its dictionary`,
      );
    }
    if (row < words) onWord(reader.bytes.subarray(reader.at, reader.at + end), row, dimension);
    reader.at += end + 1 + entryTailBytes;
    if (row % entriesPerLook === 0 && reader.due()) await reader.beat();
  }
  // Only quantizing prunes, and then pairs of integers stand here.
  if (pruned > 0 || (await integers(reader, file, 1)).getUint8(0) !== 0) {
    throw wrong(
      file,
      'is a quantized model (.ftz), whose vectors are codes and not numbers',
      'Load the .bin or .vec file that it was made from: the lab can quantize a table itself.',
    );
  }
  const matrix = await integers(reader, file, 16);
  const [rows, columns] = [matrix.getBigInt64(0, true), matrix.getBigInt64(8, true)].map(Number);
  if (columns !== dimension || rows < words) {
    throw wrong(
      file,
      `has a matrix of ${count(rows)} x ${count(columns)}, where its header says ${counted(words, 'word')} of ${counted(dimension, 'number')}`,
    );
  }
  return { dimension, words };
}

/** Bytes of the word that comes next, up to its zero; -1 where there is none soon enough. */
async function endOfWord(reader: ByteReader): Promise<number> {
  // Most entries are there already, and short: no need to gather more bytes for them.
  for (const bytes of [256, longestWordBytes + 1]) {
    await reader.fill(bytes);
    const end = reader.bytes.subarray(reader.at, reader.at + bytes).indexOf(0);
    if (end >= 0) return end;
  }
  return -1;
}

/** The next `bytes` bytes. @throws LabError where the file ends before */
async function integers(reader: ByteReader, file: SourceFile, bytes: number): Promise<DataView> {
  if (!(await reader.fill(bytes))) {
    throw wrong(file, `is cut off: it ends at byte ${count(reader.position + reader.available)}, before its vectors`);
  }
  const view = viewOf(reader.bytes.subarray(reader.at, reader.at + bytes));
  reader.at += bytes;
  return view;
}

function viewOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

function wrong({ name }: SourceFile, what: string, toDo = remedy): LabError {
  return new LabError('bad-embeddings', `${name} (${label}) ${what}.`, toDo, { file: name });
}
