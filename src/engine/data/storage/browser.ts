/**
 * Sources in the browser's private file system (OPFS), one file each: magic `LRLS`, uint32 length of the entry, the entry (a `SavedSource`) as
 * JSON, then the source's own bytes. What is there is read off the files themselves: no index that two tabs could write at once.
 */
import { z } from 'zod';
import type { SavedSource } from '../../../protocol/data';
import { LabError } from '../../errors';
import type { Pace } from '../bytes/pace';
import type { KeptFile } from './kept';
import { canWrite, isFinished, openWriter, sweepUnfinished } from './opfs-writer';
import { quotaExceeded } from './quota';
import type { SourceStorage } from './storage';

const folderName = 'sources';
const magic = 'LRLS';
const preludeBytes = 8;
const longestEntry = 65_536;
/** Room for the browser's own bookkeeping. */
const reserveBytes = 65_536;

const savedSource = z.object({
  kind: z.enum(['embeddings', 'dataset']),
  source: z.object({ id: z.string().min(1), name: z.string() }),
  summary: z.string(),
  sizeBytes: z.number(),
  savedAt: z.number(),
});

/**
 * The browser's own storage, or null where it has none: an old browser, a private window, storage that the visitor has forbidden.
 *
 * A save that breaks off, by an error, the quota, a cancel or a closed tab, leaves what was there (`opfs-writer.ts`).
 */
export async function openBrowserStorage(
  manager: StorageManager | undefined = globalThis.navigator?.storage,
): Promise<SourceStorage | null> {
  try {
    if (!manager?.getDirectory || !canWrite()) return null;
    const root = await manager.getDirectory();
    const folder = await root.getDirectoryHandle(folderName, { create: true });
    await sweepUnfinished(folder);
    return new BrowserStorage(manager, folder);
  } catch {
    return null;
  }
}

class BrowserStorage implements SourceStorage {
  constructor(
    private readonly manager: StorageManager,
    private readonly folder: FileSystemDirectoryHandle,
  ) {}

  async report() {
    const saved: SavedSource[] = [];
    for await (const handle of this.folder.values()) {
      const kept = handle instanceof FileSystemFileHandle && isFinished(handle.name) ? await readEntry(handle) : null;
      if (kept) saved.push(kept.entry);
    }
    saved.sort((a, b) => b.savedAt - a.savedAt);
    return {
      saved,
      usedBytes: saved.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0),
      quotaBytes: (await this.estimate())?.quota ?? null,
    };
  }

  async save(entry: SavedSource, chunks: Iterable<Uint8Array>, pace: Pace): Promise<void> {
    const head = writeEntry(entry);
    const free = await this.freeBytes();
    if (free !== null && head.length + entry.sizeBytes + reserveBytes > free) throw quotaExceeded(entry, free);
    const writer = await openWriter(this.folder, fileName(entry.source.id));
    try {
      await writer.write(head);
      let done = 0;
      for (const chunk of chunks) {
        pace.check();
        await writer.write(chunk);
        done += chunk.length;
        if (pace.due()) await pace.beat(done);
      }
      await writer.finish();
    } catch (error) {
      await writer.abandon();
      if (error instanceof DOMException && error.name === 'QuotaExceededError') throw quotaExceeded(entry, await this.freeBytes());
      throw error;
    }
  }

  async open(id: string): Promise<KeptFile | null> {
    const handle = await this.find(id);
    const kept = handle && (await readEntry(handle));
    if (!kept) return null;
    const content = kept.file.slice(kept.contentStart);
    return { name: kept.entry.source.name, size: content.size, stream: () => content.stream(), slice: (start) => content.slice(start) };
  }

  async forget(id: string): Promise<void> {
    try {
      await this.folder.removeEntry(fileName(id));
    } catch (error) {
      if (isNotFound(error)) return;
      throw new LabError(
        'busy',
        'This could not be forgotten: it is being read or written at the moment.',
        'Wait for the load that uses it, also in other tabs, and try again.',
      );
    }
  }

  private async find(id: string): Promise<FileSystemFileHandle | null> {
    try {
      return await this.folder.getFileHandle(fileName(id));
    } catch (error) {
      if (isNotFound(error)) return null;
      throw error;
    }
  }

  private async estimate(): Promise<StorageEstimate | null> {
    return this.manager.estimate?.().catch(() => null) ?? null;
  }

  private async freeBytes(): Promise<number | null> {
    const { quota, usage } = (await this.estimate()) ?? {};
    return quota === undefined ? null : quota - (usage ?? 0);
  }
}

/** An id as a file's name: nothing of it may be read as a path. */
function fileName(id: string): string {
  return `${encodeURIComponent(id).replaceAll('.', '%2E')}.lrl`;
}

function writeEntry(entry: SavedSource): Uint8Array<ArrayBuffer> {
  const encoder = new TextEncoder();
  const text = encoder.encode(JSON.stringify(entry));
  const head = new Uint8Array(preludeBytes + text.length);
  head.set(encoder.encode(magic));
  new DataView(head.buffer).setUint32(magic.length, text.length, true);
  head.set(text, preludeBytes);
  return head;
}

/** Null where the file is none of these, or was never finished. */
async function readEntry(handle: FileSystemFileHandle): Promise<{ entry: SavedSource; file: File; contentStart: number } | null> {
  try {
    const file = await handle.getFile();
    const prelude = await file.slice(0, preludeBytes).arrayBuffer();
    if (prelude.byteLength < preludeBytes || new TextDecoder().decode(prelude.slice(0, magic.length)) !== magic) return null;
    const length = new DataView(prelude).getUint32(magic.length, true);
    if (length > longestEntry) return null;
    const contentStart = preludeBytes + length;
    const entry = savedSource.parse(JSON.parse(await file.slice(preludeBytes, contentStart).text()));
    return { entry, file, contentStart };
  } catch {
    return null;
  }
}

function isNotFound(error: unknown): boolean {
  return error instanceof DOMException && error.name === 'NotFoundError';
}
