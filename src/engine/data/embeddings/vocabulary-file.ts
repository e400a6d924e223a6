import type { EmbeddingsPreview } from '../../../protocol/data';
import { LabError } from '../../errors';
import type { ContentIdentity } from '../bytes/identity';
import { looksLike } from '../bytes/looks-like';
import { Pace } from '../bytes/pace';
import { likelySize, type ReadOptions, type SourceFile } from '../bytes/source-file';
import { counted, Warnings } from '../problems';
import { withReader } from './byte-reader';
import type { EmbeddingsFiles } from './format';
import { eachLine } from './text-lines';
import { beginsLikeJson, readJsonVocabulary, type TableOf } from './vocabulary-json';
import { decodeWord } from './word-text';

const label = 'vocabulary';
const headBytes = 4096;
const sampleWords = 12;
const tab = 9;
/** What the word's column is called, where the lines have several. */
const wordColumn = /^(words?|tokens?|labels?|names?|titles?)$/i;
const remedy =
  'Take the vocabulary that was saved with the table: as many words as the table has rows, one a line, or tokenizer.json or vocab.json.';

/** Bytes that a table and its vocabulary are together: `all` for their identity; what they likely are, for the progress. */
export function sizesOf({ vectors, vocabulary }: EmbeddingsFiles): { all: number; likely: number | null; likelyVocabulary: number } {
  const likelyVocabulary = vocabulary === null ? 0 : likelySize(vocabulary);
  const likelyVectors = likelySize(vectors);
  return {
    all: vectors.size + (vocabulary?.size ?? 0),
    likely: likelyVectors === null || likelyVocabulary === null ? null : likelyVectors + likelyVocabulary,
    likelyVocabulary: likelyVocabulary ?? 0,
  };
}

/** @throws LabError where the vocabulary is still to be given */
export function neededVocabulary({ vectors, vocabulary }: EmbeddingsFiles, format: string): SourceFile {
  if (vocabulary) return vocabulary;
  throw new LabError(
    'bad-embeddings',
    `${vectors.name} (${format}) holds vectors and no words: the words come in a file of their own.`,
    'Load both files at once: the table, and its words (text with one word a line, tokenizer.json or vocab.json).',
    { file: vectors.name },
  );
}

/** The vocabulary's part of a preview. */
export async function previewVocabulary(
  { vectors, vocabulary }: EmbeddingsFiles,
  rows: number,
  options: ReadOptions,
): Promise<Pick<EmbeddingsPreview, 'sample' | 'needsVocabulary'>> {
  if (vocabulary === null) return { sample: [], needsVocabulary: true };
  const pace = new Pace(`Looking into ${vocabulary.name}`, likelySize(vocabulary), options);
  const words = await readVocabulary(vocabulary, { name: vectors.name, rows }, new Warnings(), { pace });
  return { sample: words.slice(0, sampleWords), needsVocabulary: false };
}

/**
 * The words of a table whose vectors are in another file, recognized by content: Hugging Face's tokenizer.json (`model.vocab` and `added_tokens`) or
 * vocab.json (an object of tokens and ids, or a list of tokens); else text, one word a line. Lines of several columns, separated by tabs,
 * give the column called word, token, label or name, else the first (the Embedding Projector's metadata); `word count`, as in GloVe's vocab.txt,
 * gives the word. The first line is a header where there is one more line than the table has rows.
 *
 * @returns the word of each row; '' where its line is empty
 * @throws LabError `bad-embeddings` where words and rows are not equally many, or ids leave gaps; `cancelled`; `unreachable`
 */
export async function readVocabulary(
  file: SourceFile,
  table: TableOf,
  warnings: Warnings,
  { pace, identity = null }: { pace: Pace; identity?: ContentIdentity | null },
): Promise<string[]> {
  return withReader(file, { pace, identity }, async (reader) => {
    await reader.fill(headBytes);
    const head = reader.bytes.subarray(0, headBytes);
    if (beginsLikeJson(head)) return readJsonVocabulary(reader, file, table);
    const { kind, binary } = looksLike(head);
    if (binary || head.length === 0) {
      throw new LabError('bad-embeddings', `${file.name} ${head.length === 0 ? 'is empty' : `is ${kind}, not a ${label}`}.`, remedy, {
        file: file.name,
      });
    }
    const words: string[] = [];
    let lines = 0;
    /** The first line's other columns, and which of them holds the words; decided by the second line on. */
    let columns: string[] = [];
    let column = 0;
    /** Do all lines have the form `word count`? */
    let counts = true;
    let tabs = true;
    await eachLine(reader, file, label, (bytes, start, end, line) => {
      const text = decodeWord(bytes.subarray(start, end), warnings, line);
      if (line === 1) {
        columns = text.split('\t');
        column =
          columns.length > 1
            ? Math.max(
                0,
                columns.findIndex((name) => wordColumn.test(name)),
              )
            : 0;
      }
      counts &&= /^[^ \t]+ \d+$/.test(text);
      tabs &&= columns.length > 1 && (bytes.subarray(start, end).includes(tab) || text === '');
      lines++;
      // What is more than a header's line too many is counted and let go.
      if (lines <= table.rows + 1) words.push(text);
    });
    const header = lines === table.rows + 1 && (columns.length > 1 || wordColumn.test(words[0]));
    if (header) words.shift();
    if (lines - (header ? 1 : 0) !== table.rows) throw otherCount(file, lines, table);
    // Without a header, the first line's column has no name.
    if (tabs) for (const [i, text] of words.entries()) words[i] = text.split('\t')[header ? column : 0] ?? '';
    else if (counts) {
      for (const [i, text] of words.entries()) words[i] = text.slice(0, text.indexOf(' '));
      warnings.add('Every line of the vocabulary is a word and a whole number, which was taken for its count.', null);
    }
    return words;
  });
}

/** The error of a vocabulary that has more or fewer words than the table has rows */
function otherCount({ name }: SourceFile, words: number, table: TableOf): LabError {
  return new LabError(
    'bad-embeddings',
    `${name} has ${counted(words, 'word')}, and ${table.name} has ${counted(table.rows, 'row')}.`,
    remedy,
    { file: name, line: Math.min(words, table.rows) + 1, column: 1 },
  );
}
