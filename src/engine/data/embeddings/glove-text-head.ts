import type { EmbeddingsPreview } from '../../../protocol/data';
import { likelySize, type SourceFile } from '../bytes/source-file';
import { headerOf, numbersOf } from './glove-text-table';
import { fieldsOf, isNumber } from './parallel/piece';
import { checkColumns } from './table-rows';

const sampleWords = 12;

interface Head {
  header: { rows: number; dimension: number } | null;
  /** Lines that hold something, behind the header. */
  lines: string[];
  /** Bytes of those lines, with their ends. */
  bytes: number;
}

/** word2vec text begins with two whole numbers, alone on the first line. */
export function recognizesWord2vec(head: Uint8Array): boolean {
  return !head.includes(0) && headOf(head).header !== null;
}

/** GloVe text has numbers behind the first word. One that is wrong is for the reader to name. */
export function recognizesGlove(head: Uint8Array): boolean {
  if (head.includes(0)) return false;
  const first = headOf(head).lines.find((line) => line.trim() !== '');
  if (first === undefined || /^\s*[<{[]/.test(first)) return first !== undefined && numbersOf(fieldsOf(first.trim())) > 0;
  return fieldsOf(first)
    .slice(1)
    .some(({ text }) => isNumber(text));
}

/** Dimension, first words, and how many there are: by the header, else by the file's size over the mean length of the lines at hand. */
export function previewText(file: SourceFile, head: Uint8Array, format: string): EmbeddingsPreview {
  const { header, lines, bytes } = headOf(head);
  const rows = lines.filter((line) => line.trim() !== '').map((line) => fieldsOf(line.replace(/\s+$/, '')));
  const dimension = header?.dimension ?? (rows.length > 0 ? numbersOf(rows[0]) : 0);
  checkColumns(file.name, format, dimension);
  const words = rows.slice(0, sampleWords).map((fields) =>
    fields
      .slice(0, Math.max(1, fields.length - dimension))
      .map(({ text }) => text)
      .join(' '),
  );
  const size = likelySize(file);
  const whole = size !== null && size <= head.length;
  const estimate = size !== null && bytes > 0 ? Math.round((size * rows.length) / bytes) : null;
  return {
    format,
    words: header
      ? { count: header.rows, exact: true }
      : estimate === null
        ? null
        : { count: whole ? rows.length : estimate, exact: whole },
    dimension,
    sample: words,
    needsVocabulary: false,
    tensors: [],
    notes: [],
  };
}

/** The whole lines of a head; of a file that is one line, that one. */
function headOf(head: Uint8Array): Head {
  const end = head.lastIndexOf(10) + 1;
  const text = new TextDecoder().decode(end > 0 ? head.subarray(0, end) : head);
  const lines = text.split('\n');
  if (end > 0) lines.pop();
  const header = headerOf(lines[0]?.trimEnd() ?? '');
  const headerBytes = header ? head.indexOf(10) + 1 : 0;
  return { header, lines: header ? lines.slice(1) : lines, bytes: (end > 0 ? end : head.length) - headerBytes };
}
