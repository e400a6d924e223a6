import type { SourceInput } from '../../../protocol/data';
import { type FetchAddress, openAddress } from './address';
import { readHead } from './head';
import type { ReadOptions, SourceFile } from './source-file';
import { gunzipped, isGzip } from './unpack-gzip';
import { isZip, unzipped } from './unpack-zip';

/** What failures of packed files are failures of. */
export type InputFailureCode = 'bad-embeddings' | 'bad-dataset';
export type { FetchAddress };

/** gzip inside gzip is a mishap that happens; what is packed more often is left to the format's reader to refuse. */
const nesting = 2;

/**
 * Files and addresses as files to read, unpacked by what is in them, whatever they are called: gzip as it streams, zip as one file for each data
 * file in it.
 *
 * @throws LabError `unreachable` for an address that does not answer; `code` for an archive that is damaged, encrypted, or that holds
 *   too many files or none; `out-of-memory`; `cancelled`
 */
export async function openInputs(
  inputs: readonly SourceInput[],
  fetchAddress: FetchAddress,
  code: InputFailureCode,
  options: ReadOptions = {},
): Promise<SourceFile[]> {
  const opened: SourceFile[] = [];
  for (const input of inputs) {
    const file = 'address' in input ? await openAddress(input.address, fetchAddress, options) : input;
    const blob = 'address' in input ? null : input;
    const head = await readHead(file, 4, options);
    if (isZip(head)) {
      for (const entry of await unzipped(file, blob, code, options)) opened.push(await gunzippedAsOften(entry, nesting - 1, code, options));
    } else {
      opened.push(await gunzippedAsOften(file, nesting, code, options, head));
    }
  }
  return opened;
}

async function gunzippedAsOften(
  file: SourceFile,
  times: number,
  code: InputFailureCode,
  options: ReadOptions,
  head?: Uint8Array,
): Promise<SourceFile> {
  let unpacked = file;
  for (let i = 0; i < times; i++) {
    if (!isGzip(i === 0 && head ? head : await readHead(unpacked, 4, options))) break;
    unpacked = await gunzipped(unpacked, i === 0 && file instanceof Blob ? file : null, code);
  }
  return unpacked;
}

/**
 * Options whose progress has a total where the file's size is only estimated, so that time left can be shown: never less than what is
 * done.
 */
export function withEstimatedTotal(options: ReadOptions, files: readonly SourceFile[]): ReadOptions {
  const { onProgress } = options;
  const estimates = files.map(({ size, estimatedSize = null }) => (Number.isFinite(size) ? size : estimatedSize));
  if (!onProgress || estimates.includes(null)) return options;
  const total = estimates.reduce<number>((sum, size) => sum + (size ?? 0), 0);
  return {
    ...options,
    onProgress: (progress) =>
      onProgress(progress.totalBytes === null ? { ...progress, totalBytes: Math.max(total, progress.doneBytes) } : progress),
  };
}
