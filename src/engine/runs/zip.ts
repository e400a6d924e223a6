import { BlobReader, type FileEntry, ZipReader } from '@zip.js/zip.js';
import { type ZipOptions, zipSync } from 'fflate';
import { Damage } from './safetensors';

export interface PackedFile {
  path: string;
  bytes: Uint8Array;
  /** Float32 weights hardly get smaller, and whoever stores them as they are is done sooner. */
  deflate: boolean;
}

/** The earliest that an archive can say: the same parts are the same bytes, whenever they are packed. */
const noTime = new Date(1980, 0, 1);
/** What text and numbers are packed by, at the very best; a bomb's ratio is 1,000 and more. */
const mostRatio = 200;
const ratioFreeBytes = 2 ** 22;

/** The parts as a zip archive, in their order. */
export function packFiles(files: readonly PackedFile[]): Uint8Array {
  const entry = ({ bytes, deflate }: PackedFile): [Uint8Array, ZipOptions] => [bytes, { level: deflate ? 6 : 0, mtime: noTime }];
  return zipSync(Object.fromEntries(files.map((file) => [file.path, entry(file)])));
}

export interface UnpackBounds {
  files: number;
  /** Of all unpacked files together. */
  bytes: number;
}

/**
 * The files of a zip archive, each unpacked when it is asked for, and no further than the bounds: what an archive says of itself is not believed.
 *
 * @throws Damage where it is cut off, damaged (every file has a checksum), encrypted, or larger than the bounds
 */
export async function openArchive(archive: Blob, bounds: UnpackBounds): Promise<{ read(path: string): Promise<Uint8Array> }> {
  // Its own workers would be threads beside this one, for a file that is stored as it is.
  const reader = new ZipReader(new BlobReader(archive), { useWebWorkers: false });
  const entries = new Map<string, FileEntry>();
  await asDamage(async () => {
    for await (const entry of reader.getEntriesGenerator()) {
      if (entry.directory || entries.has(entry.filename)) throw new Damage(`it holds “${entry.filename.slice(0, 80)}”, which no run has`);
      entries.set(entry.filename, entry);
      if (entries.size > bounds.files) throw new Damage(`it holds more than ${bounds.files} files`);
    }
  });
  let left = bounds.bytes;
  return {
    async read(path) {
      const entry = entries.get(path);
      if (!entry) throw new Damage(`it holds no “${path}”`);
      const { uncompressedSize: size, compressedSize } = entry;
      if (size > left) throw new Damage(`it unpacks to more than ${Math.round(bounds.bytes / 2 ** 20)} MiB`);
      if (size > ratioFreeBytes && size > mostRatio * compressedSize) throw new Damage(`“${path}” is packed like a bomb`);
      const bytes = allocate(size);
      let filled = 0;
      const sink = new WritableStream<Uint8Array>({
        write(chunk) {
          if (filled + chunk.length > bytes.length) throw new Damage(`“${path}” unpacks to more than it says`);
          bytes.set(chunk, filled);
          filled += chunk.length;
        },
      });
      await asDamage(() => entry.getData(sink, { checkSignature: true, useWebWorkers: false }));
      if (filled !== bytes.length) throw new Damage(`“${path}” is cut off`);
      left -= filled;
      return bytes;
    },
  };
}

async function asDamage<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof Damage) throw error;
    throw new Damage(`the archive is cut off or damaged (${error instanceof Error ? error.message : String(error)})`);
  }
}

function allocate(size: number): Uint8Array {
  try {
    return new Uint8Array(size);
  } catch {
    throw new Damage(`there is no memory for its ${Math.round(size / 2 ** 20)} MiB`);
  }
}
