import { LabError } from '../../errors';
import { readHead } from '../bytes/head';
import { looksLike } from '../bytes/looks-like';
import type { SourceFile } from '../bytes/source-file';
import { quoted } from '../problems';
import { fasttextBinary } from './fasttext-binary';
import { type EmbeddingsFiles, type EmbeddingsFormat, headBytes } from './format';
import { gloveText, word2vecText } from './glove-text';
import { npy } from './npy';
import { projectorTsv } from './projector-tsv';
import { safetensors } from './safetensors';
import { word2vecBinary } from './word2vec-binary';

/**
 * Every format of word vectors; the first that recognizes a file's content reads it: those that say what they are in their first bytes
 * before those that are told by what their lines look like. `wordsApart`: the words come in a file of their own.
 */
export const embeddingsFormats: readonly { format: EmbeddingsFormat; wordsApart: boolean }[] = [
  { format: npy, wordsApart: true },
  { format: fasttextBinary, wordsApart: false },
  { format: safetensors, wordsApart: true },
  { format: word2vecBinary, wordsApart: false },
  { format: projectorTsv, wordsApart: true },
  { format: word2vecText, wordsApart: false },
  { format: gloveText, wordsApart: false },
];

interface Looked {
  file: SourceFile;
  head: Uint8Array;
  format: EmbeddingsFormat | null;
  wordsApart: boolean;
}

/** What one file, or two in any order, hold: the table's format and, of two files, which one has the vectors. By content, never by name. */
export interface RecognizedEmbeddings {
  format: EmbeddingsFormat;
  files: EmbeddingsFiles;
  /** The beginning of the file of vectors. */
  head: Uint8Array;
}

/**
 * Recognizes the files of a table.
 *
 * @throws LabError `bad-embeddings` where no file holds vectors of a format that is read, with what each seems to be; where both do; or
 *   where there are more than two; `unreachable`
 */
export async function recognizeEmbeddings(files: readonly SourceFile[]): Promise<RecognizedEmbeddings> {
  if (files.length === 0 || files.length > 2) {
    throw new LabError(
      'bad-embeddings',
      `A table of word vectors is one file, or two where its words come in a file of their own; here are ${files.length}.`,
      'Load one table at a time.',
    );
  }
  const looked = await Promise.all(files.map(look));
  const known = looked.filter(({ format }) => format !== null);
  const apart = looked.filter(({ wordsApart }) => wordsApart);
  // A list of words may look like a table of text, but never the other way around.
  const [vectors] = apart.length === 1 ? apart : known;
  if (vectors?.format == null) throw unrecognized(looked);
  const other = looked.find((one) => one !== vectors) ?? null;
  if (other && !vectors.wordsApart) {
    throw other.format
      ? twoTables(vectors, other)
      : new LabError(
          'bad-embeddings',
          `${vectors.file.name} is ${vectors.format.label}, which has its words inside; ${other.file.name} is not needed, and is ${looksLike(other.head).kind}.`,
          `Load ${vectors.file.name} alone.`,
          { file: other.file.name },
        );
  }
  // A vocabulary is text: another file that says of itself that it holds vectors is none.
  if (other?.format && (apart.length === 2 || looksLike(other.head).binary)) throw twoTables(vectors, other);
  return { format: vectors.format, files: { vectors: vectors.file, vocabulary: other?.file ?? null }, head: vectors.head };
}

async function look(file: SourceFile): Promise<Looked> {
  const head = await readHead(file, headBytes);
  const found = embeddingsFormats.find(({ format }) => format.recognizes(head));
  return { file, head, format: found?.format ?? null, wordsApart: found?.wordsApart ?? false };
}

function twoTables(one: Looked, other: Looked): LabError {
  return new LabError(
    'bad-embeddings',
    `${one.file.name} (${one.format?.label}) and ${other.file.name} (${other.format?.label}) are two tables of word vectors.`,
    'Load one of them; beside a table without words, load the file of its words.',
    { file: other.file.name },
  );
}

function unrecognized(looked: readonly Looked[]): LabError {
  const what = looked.map(({ file, head }) => `${file.name} is ${described(head)}`).join(' and ');
  const labels = embeddingsFormats.map(({ format }) => format.label);
  return new LabError(
    'bad-embeddings',
    `${what}: ${looked.length === 1 ? 'that is no' : 'neither is a'} table of word vectors in a format that the lab reads.`,
    `Load one of these: ${labels.slice(0, -1).join(', ')} or ${labels.at(-1)}.`,
    { file: looked[0].file.name },
  );
}

function described(head: Uint8Array): string {
  const { kind } = looksLike(head);
  return kind === 'text' ? `text that begins ${quoted(new TextDecoder().decode(head.subarray(0, 200)))}` : kind;
}
