import { chunksOf } from './chunks';
import { Pace } from './pace';
import type { ReadOptions, SourceFile } from './source-file';

/**
 * The first bytes of a file, at most `length`.
 *
 * @throws LabError `cancelled`, `unreachable`, and what unpacking throws
 */
export async function readHead(file: SourceFile, length: number, { signal }: ReadOptions = {}): Promise<Uint8Array> {
  const head = new Uint8Array(length);
  let filled = 0;
  for await (const chunk of chunksOf(file.stream(), file.name, new Pace('', null, { signal }))) {
    const taken = chunk.subarray(0, length - filled);
    head.set(taken, filled);
    filled += taken.length;
    if (filled === length) break;
  }
  return head.subarray(0, filled);
}
