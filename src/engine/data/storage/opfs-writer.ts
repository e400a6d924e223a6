/**
 * Writing a file of the browser's private file system whole or not at all: under another name until it is finished, or to a file of the
 * browser's own.
 *
 * A worker's synchronous handle writes straight to the file: 540 MB/s were measured beside 100 to 130 MB/s of `createWritable`, which goes
 * through the browser's process (Chromium 156, two cores, 600 MiB in pieces of 4 MiB). It is not told to `flush`: waiting for the disk took
 * as long again, and what a power cut would lose is a copy, whose damage its reader finds.
 */

/** One file that is being written. */
export interface OpfsWriter {
  write(bytes: Uint8Array): void | Promise<void>;
  /** Puts it in the old one's place. */
  finish(): Promise<void>;
  /** Leaves what was there. */
  abandon(): Promise<void>;
}

/** A file that isn't finished. */
const partEnding = '.part';

/** What the browsers have, and the types of a page do not tell. */
interface Movable extends FileSystemFileHandle {
  createSyncAccessHandle(): Promise<FileSystemSyncAccessHandle>;
  /** Overwrites a file of that name. */
  move(name: string): Promise<void>;
}

/** Synchronous handles are a worker's alone; `move` came later than they did. */
function hasSyncHandles(): boolean {
  const { prototype } = FileSystemFileHandle;
  return 'createSyncAccessHandle' in prototype && 'move' in prototype;
}

/** Can files be written here at all? */
export function canWrite(): boolean {
  return hasSyncHandles() || 'createWritable' in FileSystemFileHandle.prototype;
}

/** Is this the name of a finished file? */
export function isFinished(name: string): boolean {
  return !name.endsWith(partEnding);
}

/** Begins a file; one of the same name stays until this one is finished. */
export async function openWriter(folder: FileSystemDirectoryHandle, name: string): Promise<OpfsWriter> {
  return hasSyncHandles() ? syncWriter(folder, name) : streamWriter(folder, name);
}

/** Forgets what a closed tab left unfinished. Files that another tab is writing are locked, and stay. */
export async function sweepUnfinished(folder: FileSystemDirectoryHandle): Promise<void> {
  const left: string[] = [];
  for await (const name of folder.keys()) if (!isFinished(name)) left.push(name);
  for (const name of left) await folder.removeEntry(name).catch(() => {});
}

async function syncWriter(folder: FileSystemDirectoryHandle, name: string): Promise<OpfsWriter> {
  // Of its own, so that two tabs may write the same source: the last one stays.
  const partName = `${name}.${crypto.randomUUID()}${partEnding}`;
  const part = (await folder.getFileHandle(partName, { create: true })) as Movable;
  const remove = () => folder.removeEntry(partName).catch(() => {});
  const handle = await part.createSyncAccessHandle().catch(async (error: unknown) => {
    await remove();
    throw error;
  });
  return {
    write(bytes) {
      for (let at = 0; at < bytes.length; ) {
        const written = handle.write(bytes.subarray(at) as Uint8Array<ArrayBuffer>);
        if (written === 0) throw new DOMException('nothing more could be written', 'QuotaExceededError');
        at += written;
      }
    },
    async finish() {
      handle.close();
      await part.move(name);
    },
    async abandon() {
      handle.close();
      await remove();
    },
  };
}

async function streamWriter(folder: FileSystemDirectoryHandle, name: string): Promise<OpfsWriter> {
  const wasThere = await folder.getFileHandle(name).then(
    () => true,
    () => false,
  );
  const writable = await (await folder.getFileHandle(name, { create: true })).createWritable();
  return {
    write: (bytes) => writable.write(ofOwnMemory(bytes)),
    finish: () => writable.close(),
    async abandon() {
      await writable.abort().catch(() => {});
      // Creating the file left an empty one.
      if (!wasThere) await folder.removeEntry(name).catch(() => {});
    },
  };
}

/** Streams of files take no view of shared memory. */
function ofOwnMemory(bytes: Uint8Array): Uint8Array<ArrayBuffer> {
  return bytes.buffer instanceof ArrayBuffer ? (bytes as Uint8Array<ArrayBuffer>) : new Uint8Array(bytes);
}
