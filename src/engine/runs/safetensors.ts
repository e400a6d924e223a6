import { z } from 'zod';
import type { NamedTensor } from '../export/safetensors-file';

const lengthBytes = 8;
/** A model has some dozen tensors. */
const mostHeaderBytes = 2 ** 20;

const types = { F32: Float32Array, U32: Uint32Array, U16: Uint16Array, U8: Uint8Array } as const;

const size = z.number().int().min(0).max(Number.MAX_SAFE_INTEGER);
const tensorSchema = z.object({
  dtype: z.enum(['F32', 'U32', 'U16', 'U8']),
  shape: z.array(size).max(8),
  data_offsets: z.tuple([size, size]),
});
const headerSchema = z.record(z.string(), z.unknown());

/** What is wrong with a part of a run's file, in half a sentence; whoever knows the part's name makes a failure of it. */
export class Damage extends Error {}

/**
 * The tensors of a safetensors file that lies in memory, as `safetensorsFile` writes them: copies, every bit as it was.
 *
 * @throws Damage where it is none, or a tensor does not have the bytes of its shape, or lies outside of the file
 */
export function readTensors(file: Uint8Array): Map<string, NamedTensor> {
  if (file.length < lengthBytes) throw new Damage('it is too short for a safetensors file');
  const length = Number(new DataView(file.buffer, file.byteOffset, lengthBytes).getBigUint64(0, true));
  const dataStart = lengthBytes + length;
  if (length > mostHeaderBytes || dataStart > file.length) throw new Damage('its header is longer than it can be');
  const tensors = new Map<string, NamedTensor>();
  for (const [name, value] of Object.entries(headerOf(file.subarray(lengthBytes, dataStart)))) {
    if (name === '__metadata__') continue;
    const parsed = tensorSchema.safeParse(value);
    if (!parsed.success) throw new Damage(`its header does not describe the tensor “${name.slice(0, 80)}”`);
    const { dtype, shape, data_offsets } = parsed.data;
    const [begin, end] = data_offsets;
    const Type = types[dtype];
    const bytes = shape.reduce((product, n) => product * n, Type.BYTES_PER_ELEMENT);
    if (end - begin !== bytes || dataStart + end > file.length) {
      throw new Damage(`the tensor “${name.slice(0, 80)}” of shape ${shape.join(' x ')} does not have its ${bytes} bytes`);
    }
    // A copy: the tensor may not be aligned where it lies, and the file can go.
    tensors.set(name, { name, shape, data: new Type(file.slice(dataStart + begin, dataStart + end).buffer) });
  }
  return tensors;
}

function headerOf(bytes: Uint8Array): Record<string, unknown> {
  try {
    return headerSchema.parse(JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes)));
  } catch {
    throw new Damage('its header is no object of tensors');
  }
}
