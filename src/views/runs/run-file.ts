/** The name of the first entry of a run's file, which stands at byte 30 of it, after the signature of a zip archive. */
const firstEntry = 'lowrank-lab-run.json';
const nameAt = 30;

/** Whether a file is a run's, by its first bytes, whatever it is called. */
export async function isRunFile(file: Blob): Promise<boolean> {
  const head = new Uint8Array(await file.slice(0, nameAt + firstEntry.length).arrayBuffer());
  return head[0] === 0x50 && head[1] === 0x4b && new TextDecoder().decode(head.subarray(nameAt)) === firstEntry;
}
