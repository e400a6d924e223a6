import { BlobReader, type Entry, type FileEntry, ZipReader } from '@zip.js/zip.js';
import { LabError } from '../../errors';
import { checkUnpacked } from './bounds';
import { chunksOf } from './chunks';
import type { InputFailureCode } from './open';
import { Pace } from './pace';
import type { ReadOptions, SourceFile } from './source-file';

/** A table is one file or two, a data set three at most. */
const mostFiles = 3;
/** Names in a message. */
const named = 8;
/** A directory may list millions: a bomb of another kind. */
const mostEntries = 1000;
/** Archives that nobody thinks of as such, by a file in them. */
const documents: { holds: RegExp; kind: string; remedy: string }[] = [
  { holds: /^xl\/workbook\./, kind: 'an Excel workbook', remedy: 'In Excel, save the sheet as CSV UTF-8 (File, Save as), and load that.' },
  { holds: /^word\/document\.xml$/, kind: 'a Word document', remedy: 'Save it as plain text or CSV, and load that.' },
  { holds: /^content\.xml$/, kind: 'an OpenDocument file', remedy: 'Save the sheet as CSV, and load that.' },
  {
    holds: /(^|\/)data\.pkl$/,
    kind: 'a PyTorch file, whose Python pickle is never run',
    remedy: 'Save the table as safetensors, or with numpy.save, and load that with its words.',
  },
];
/** A zip archive can only be read whole, so that one from an address is kept until it has been. */
const mostDownloadBytes = 4 * 2 ** 30;
const unpackItself = 'Unpack it yourself, and load what you need of it.';

export function isZip(head: Uint8Array): boolean {
  // The second is an archive of nothing.
  return head[0] === 0x50 && head[1] === 0x4b && ((head[2] === 3 && head[3] === 4) || (head[2] === 5 && head[3] === 6));
}

/**
 * The data files of a zip archive, each unpacked as it is read.
 *
 * @param blob the archive, where any part of it can be read
 * @throws LabError `code` where it is damaged, or holds too many files or none, which are named
 */
export async function unzipped(
  archive: SourceFile,
  blob: Blob | null,
  code: InputFailureCode,
  options: ReadOptions,
): Promise<SourceFile[]> {
  // Its own workers would be threads beside those that read.
  const reader = new ZipReader(new BlobReader(blob ?? (await downloaded(archive, code, options))), { useWebWorkers: false });
  const entries = await entriesOf(reader).catch((error: unknown) => {
    throw damaged(archive.name, code, error);
  });
  const document = documents.find(({ holds }) => entries.some(({ filename }) => holds.test(filename)));
  if (document) throw new LabError(code, `${archive.name} is ${document.kind}.`, document.remedy, { file: archive.name });
  const files = entries.filter((entry): entry is FileEntry => !entry.directory && isData(entry.filename));
  if (files.length === 0 || files.length > mostFiles) {
    const names = files.slice(0, named).map(({ filename }) => filename);
    const more = files.length > named ? ` and ${files.length - named} more` : '';
    throw new LabError(
      code,
      files.length === 0
        ? `${archive.name} is a zip archive with no file of data in it.`
        : `${archive.name} is a zip archive of ${entries.length < mostEntries ? files.length : `${mostEntries.toLocaleString('en-US')} or more`} files: ${names.join(', ')}${more}.`,
      files.length === 0 ? 'Take another file.' : 'Unpack it yourself, and load the one file that you want.',
      { file: archive.name },
    );
  }
  return files.map((entry) => ({
    name: entry.filename.split('/').at(-1) ?? entry.filename,
    size: entry.uncompressedSize,
    stream: () => unzip(archive.name, entry, code),
  }));
}

/** The entries of an archive; the first of very many, which are enough to refuse it. */
async function entriesOf(reader: ZipReader<unknown>): Promise<Entry[]> {
  const entries: Entry[] = [];
  for await (const entry of reader.getEntriesGenerator()) {
    entries.push(entry);
    if (entries.length >= mostEntries) break;
  }
  return entries;
}

/** Not what systems and authors lay beside data. */
function isData(path: string): boolean {
  const name = path.split('/').at(-1) ?? '';
  return (
    !path.startsWith('__MACOSX/') &&
    !name.startsWith('.') &&
    !/^(readme|licen[cs]e|notice|changelog|thumbs\.db|desktop\.ini)|\.(md|pdf|html?)$/i.test(name)
  );
}

function unzip(archive: string, entry: FileEntry, code: InputFailureCode): ReadableStream<Uint8Array> {
  const stopped = new AbortController();
  let unpackedBytes = 0;
  const { readable, writable } = new TransformStream<Uint8Array, Uint8Array>({
    transform(chunk, controller) {
      unpackedBytes += chunk.length;
      checkUnpacked(entry.filename, code, unpackedBytes, Math.max(1, entry.compressedSize));
      controller.enqueue(chunk);
    },
  });
  const source = readable.getReader();
  let failure: unknown = null;
  let work: Promise<void> | null = null;
  return new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        work ??= entry.getData(writable, { signal: stopped.signal, preventClose: true, checkSignature: true, useWebWorkers: false }).then(
          () => writable.close(),
          async (error: unknown) => {
            failure = error instanceof LabError ? error : damaged(`${archive}, ${entry.filename}`, code, error);
            await writable.abort(failure).catch(() => {});
          },
        );
        work.catch(() => {});
        const { done, value } = await source.read().catch((error: unknown) => {
          throw error instanceof LabError ? error : (failure ?? damaged(`${archive}, ${entry.filename}`, code, error));
        });
        if (!done) return controller.enqueue(value);
        if (failure) throw failure;
        controller.close();
      },
      async cancel(reason) {
        stopped.abort();
        await source.cancel(reason);
      },
    },
    { highWaterMark: 0 },
  );
}

function damaged(file: string, code: InputFailureCode, error: unknown): LabError {
  const reason = error instanceof Error ? error.message : String(error);
  if (/encrypted/i.test(reason)) return new LabError(code, `${file}: the zip archive is encrypted.`, unpackItself, { file });
  return new LabError(
    code,
    `${file}: the zip archive is cut off or damaged (${reason}).`,
    'Download or copy it again, or unpack it yourself.',
    { file },
  );
}

async function downloaded(archive: SourceFile, code: InputFailureCode, options: ReadOptions): Promise<Blob> {
  const pace = new Pace(`Downloading ${archive.name}`, archive.estimatedSize ?? null, options);
  const pieces: Blob[] = [];
  let chunks: Uint8Array<ArrayBuffer>[] = [];
  let done = 0;
  let held = 0;
  for await (const chunk of chunksOf(archive.stream(), archive.name, pace)) {
    done += chunk.length;
    held += chunk.length;
    if (done > mostDownloadBytes) {
      throw new LabError(
        code,
        `${archive.name} is a zip archive of more than ${mostDownloadBytes / 2 ** 30} GiB, which is the most that is kept of a download.`,
        'Download it yourself, and drop it on the page.',
        { file: archive.name },
      );
    }
    chunks.push(chunk as Uint8Array<ArrayBuffer>);
    // A browser may keep a blob on disk, which it can't do with chunks.
    if (held > 2 ** 26) {
      pieces.push(new Blob(chunks));
      chunks = [];
      held = 0;
    }
    if (pace.due()) await pace.beat(done);
  }
  return new Blob([...pieces, ...chunks]);
}
