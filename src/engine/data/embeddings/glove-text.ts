import type { EmbeddingsPreview } from '../../../protocol/data';
import { chunksOf } from '../bytes/chunks';
import { readHead } from '../bytes/head';
import { ContentIdentity } from '../bytes/identity';
import { Pace } from '../bytes/pace';
import { reusingReader } from '../bytes/reusing-reader';
import { likelySize, type ReadOptions, type SourceFile, unknownSize } from '../bytes/source-file';
import type { WordVectors } from '../dataset';
import type { EmbeddingsFormat, Selection } from './format';
import { previewText, recognizesGlove, recognizesWord2vec } from './glove-text-head';
import { longestLineBytes, TextTable } from './glove-text-table';
import { LinePieces } from './parallel/pieces';
import { ParserPool, type PieceOutcome } from './parallel/pool';

export interface PieceSizes {
  /** Of a piece that is read at once in this thread: some milliseconds of work. */
  inlineBytes: number;
  /** Of a piece for another thread: so large that sending it is nothing beside reading it. */
  threadBytes: number;
  /** Threads are started when so much was read: a smaller file is read before they could. */
  threadsFrom: number;
}

const pieceSizes: PieceSizes = { inlineBytes: 256 * 2 ** 10, threadBytes: 2 * 2 ** 20, threadsFrom: 16 * 2 ** 20 };

/** GloVe's own format: one word a line and d numbers behind it, separated by spaces or tabs. */
export const gloveText: EmbeddingsFormat = {
  id: 'glove-text',
  label: 'GloVe text',
  recognizes: recognizesGlove,
  preview: ({ vectors }, head) => previewWhole(vectors, head, 'GloVe text'),
  read: ({ vectors }, _choice, selection, options) => readTextTable(vectors, selection, options),
};

/** word2vec's text format, and fastText's `.vec`: GloVe's with a first line `words dimension`. */
export const word2vecText: EmbeddingsFormat = {
  id: 'word2vec-text',
  label: 'word2vec text',
  recognizes: recognizesWord2vec,
  preview: ({ vectors }, head) => previewWhole(vectors, head, 'word2vec text'),
  read: ({ vectors }, _choice, selection, options) => readTextTable(vectors, selection, options),
};

async function previewWhole(file: SourceFile, head: Uint8Array, format: string): Promise<EmbeddingsPreview> {
  const size = likelySize(file);
  // A line of vectors is a few kB; one that is not whole in the head is looked for further on.
  const whole = head.indexOf(10) < 0 && (size === null || size > head.length) ? await readHead(file, longestLineBytes) : head;
  return previewText(file, whole, format);
}

/**
 * Reads a table of word vectors from text: one word a line and d numbers behind it, separated by spaces or tabs; d is the first line's.
 * A word may have spaces in it (as in GloVe 840B): the last d fields are the numbers. A first line of two whole numbers is word2vec's header
 * (rows, dimension) and is skipped. UTF-8, with or without a byte order mark; lines end by LF or CRLF.
 *
 * Streams: neither the file nor its text is ever held whole, and beside the table only a few pieces of it are in memory. Large files are
 * read in pieces by several threads where `options.parsers` gives some; the pieces are put together in the file's order, so that the
 * result, the warnings and the errors are the same. A word that occurs again keeps its first vector, with a warning.
 *
 * Where the selection ends the reading early, the id is that of the file that would end there: other rows are another table.
 *
 * @returns the table, its rows in the file's order; the values are rounded to float32
 * @throws LabError `bad-embeddings` with line and column of the first three wrong lines (another number of values, a value that is no number or not
 *   finite, a line without a word), or for a file that is empty or no text; `no-data` where none of its words is kept; `cancelled`;
 *   `out-of-memory`; `unreachable` where reading fails
 */
export async function readTextTable(
  file: SourceFile,
  selection: Selection,
  options: ReadOptions = {},
  sizes: PieceSizes = pieceSizes,
): Promise<WordVectors> {
  const pool = new ParserPool();
  try {
    return await new TextReader(file, selection, options, pool, sizes).read();
  } finally {
    pool.end();
  }
}

class TextReader {
  private readonly pace: Pace;
  private readonly identity: ContentIdentity;
  private readonly table: TextTable;
  private readonly pieces = new LinePieces(longestLineBytes);
  private readonly underWay: Promise<PieceOutcome & { start: number; length: number }>[] = [];
  private done = 0;

  constructor(
    private readonly file: SourceFile,
    selection: Selection,
    private readonly options: ReadOptions,
    private readonly pool: ParserPool,
    private readonly sizes: PieceSizes,
  ) {
    this.pace = new Pace(`Reading ${file.name}`, file.size, options);
    // What a limit cuts off is no part of what was read, so that the size is known at the end only.
    this.identity = new ContentIdentity(Number.isFinite(selection.limit) ? unknownSize : file.size);
    this.table = new TextTable(file.name, selection);
  }

  async read(): Promise<WordVectors> {
    const { table } = this;
    let threads = this.options.parsers ?? null;
    for await (const chunk of chunksOf(reusingReader(this.file), this.file.name, this.pace)) {
      if (threads && this.done >= this.sizes.threadsFrom) {
        this.pool.start(threads);
        threads = null;
      }
      await this.takeChunk(chunk);
      if (table.complete) break;
    }
    const last = table.complete ? null : this.pieces.last();
    if (last) await this.submit(last.text, last.length, last.bytes);
    await this.mergeAll();
    const content = table.finish();
    this.pace.report(this.done);
    return { source: this.identity.reference(this.file.name), licence: null, ...content };
  }

  private async takeChunk(chunk: Uint8Array): Promise<void> {
    const { pieces, table } = this;
    for (let at = 0; at < chunk.length && !table.complete; ) {
      const pieceBytes = this.pool.threaded ? this.sizes.threadBytes : this.sizes.inlineBytes;
      const next = pieces.take(chunk, at, pieceBytes);
      this.done += next - at;
      at = next;
      if (pieces.isFull(pieceBytes)) {
        const piece = pieces.cut(pieceBytes);
        if (piece) await this.submit(piece.text, piece.length, piece.length);
        if (pieces.tooLong) {
          await this.mergeAll();
          if (!table.complete) table.refuseLength(pieces.rest);
        }
      }
      if (this.pace.due()) await this.pace.beat(this.done);
    }
  }

  /** @param bytes of it that are the file's: a last line may have got its end here */
  private async submit(text: Uint8Array<ArrayBuffer>, length: number, bytes: number): Promise<void> {
    // The very first lines say what all others have to look like.
    const start = this.table.layout ? 0 : this.table.begin(text, length);
    const { layout } = this.table;
    if (layout === null || start >= length) {
      this.identity.update(text.subarray(0, bytes));
      this.pieces.recycle(text);
      return;
    }
    if (start > 0) this.identity.update(text.subarray(0, start));
    const outcome = this.pool.parse(text, start, length, layout).then((parsed) => ({ ...parsed, start, length: bytes }));
    // Awaited in its turn: that a later one fails meanwhile is no failure yet.
    outcome.catch(() => {});
    this.underWay.push(outcome);
    while (!this.pool.hasRoom(this.underWay.length) && !this.table.complete) await this.merge();
  }

  private async mergeAll(): Promise<void> {
    while (this.underWay.length > 0 && !this.table.complete) await this.merge();
  }

  /** Puts the piece that is next in the file's order to the others. */
  private async merge(): Promise<void> {
    const outcome = await this.underWay.shift();
    if (!outcome) return;
    const { text, piece, start, length } = outcome;
    const lines = this.table.add(piece);
    this.identity.update(text.subarray(start, lines < piece.lines ? endOfLine(text, start, lines) : length));
    this.pool.recycle(piece.values);
    this.pieces.recycle(text);
  }
}

/** Where line `lines` of a piece ends, its line feed included. */
function endOfLine(text: Uint8Array, start: number, lines: number): number {
  let at = start;
  for (let line = 0; line < lines; line++) at = text.indexOf(10, at) + 1;
  return at;
}
