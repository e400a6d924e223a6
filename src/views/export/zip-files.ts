import type { ExportFile } from '../../protocol/export';

/** Pushed at once: its checksum takes this thread a millisecond or two. */
const pieceBytes = 2 ** 20;

/** Files as one zip archive, stored as they are: numbers hardly get smaller, and the sizes are those that are shown. */
export async function zipFiles(files: readonly ExportFile[]): Promise<Blob> {
  const { Zip, ZipPassThrough } = await import('fflate');
  const parts: BlobPart[] = [];
  let failure: Error | null = null;
  const zip = new Zip((error, chunk) => {
    failure ??= error;
    parts.push(chunk as Uint8Array<ArrayBuffer>);
  });
  for (const { path, bytes } of files) {
    const entry = new ZipPassThrough(path);
    zip.add(entry);
    for (let at = 0; at === 0 || at < bytes.length; at += pieceBytes) {
      entry.push(bytes.subarray(at, at + pieceBytes), at + pieceBytes >= bytes.length);
      if (at > 0) await new Promise((resolve) => setTimeout(resolve));
    }
  }
  zip.end();
  if (failure) throw failure;
  return new Blob(parts, { type: 'application/zip' });
}
