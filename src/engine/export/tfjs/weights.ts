import type { ExportFile } from '../../../protocol/export';

/** A constant of the graph, as the weights manifest lists it. */
export interface Weight {
  name: string;
  shape: readonly number[];
  /** As the graph has it; whole numbers may lie in fewer bytes. */
  data: Float32Array | Int32Array | Uint8Array | Uint16Array;
}

/** Of a file, so that a browser's cache takes it: what TensorFlow's own converter writes. */
const shardBytes = 4 * 2 ** 20;

/** The manifest's entry: whole numbers of one or two bytes come as a quantization that changes nothing, and are int32 once loaded. */
export function weightEntry({ name, shape, data }: Weight) {
  if (data instanceof Float32Array) return { name, shape, dtype: 'float32' };
  if (data instanceof Int32Array) return { name, shape, dtype: 'int32' };
  const dtype = data instanceof Uint8Array ? 'uint8' : 'uint16';
  return { name, shape, dtype: 'int32', quantization: { dtype, scale: 1, min: 0, original_dtype: 'int32' } };
}

/** All constants one behind the other, in files of at most 4 MiB. */
export function weightFiles(weights: readonly Weight[]): ExportFile[] {
  const total = weights.reduce((sum, { data }) => sum + data.byteLength, 0);
  const bytes = new Uint8Array(total);
  let end = 0;
  for (const { data } of weights) {
    bytes.set(new Uint8Array(data.buffer, data.byteOffset, data.byteLength), end);
    end += data.byteLength;
  }
  const count = Math.max(1, Math.ceil(total / shardBytes));
  return Array.from({ length: count }, (_, shard) => ({
    path: `group1-shard${shard + 1}of${count}.bin`,
    bytes: bytes.slice(shard * shardBytes, (shard + 1) * shardBytes),
  }));
}
