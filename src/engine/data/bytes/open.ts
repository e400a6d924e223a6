import type { SourceInput } from '../../../protocol/data';
import type { ReadOptions, SourceFile } from './source-file';

/** Fetches an address: `fetch` in a browser and in Node. */
export type FetchAddress = (address: string, signal?: AbortSignal) => Promise<Response>;

export declare function openInputs(
  inputs: readonly SourceInput[],
  fetchAddress: FetchAddress,
  options?: ReadOptions,
): Promise<SourceFile[]>;
