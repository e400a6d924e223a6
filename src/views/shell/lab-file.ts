/** The name of the first entry of a run's file, which stands at byte 30 of it, after the signature of a zip archive. */
const firstEntry = 'lowrank-lab-run.json';
const nameAt = 30;
/** How a sweep's results begin, whoever laid the JSON out. */
const sweepBegins = /^\uFEFF?\s*\{\s*"kind"\s*:\s*"lowrank-lab-sweep"/;

/** What of the lab's own work a file holds, by its first bytes, whatever it is called; null where it is none of it. */
export async function labFileKind(file: Blob): Promise<'run' | 'sweep' | null> {
  const head = new Uint8Array(await file.slice(0, 256).arrayBuffer());
  const text = new TextDecoder().decode(head);
  if (sweepBegins.test(text)) return 'sweep';
  const name = new TextDecoder().decode(head.subarray(nameAt, nameAt + firstEntry.length));
  return head[0] === 0x50 && head[1] === 0x4b && name === firstEntry ? 'run' : null;
}
