/** Types of numbers that the lab writes to safetensors, by their names there. */
const typeNames = { Float32Array: 'F32', Uint32Array: 'U32', Uint16Array: 'U16', Uint8Array: 'U8' } as const;

export interface NamedTensor {
  name: string;
  shape: readonly number[];
  data: Float32Array | Uint32Array | Uint16Array | Uint8Array;
}

/** The header is padded to so many bytes, so that every tensor of 32-bit numbers that comes first is aligned. */
const alignment = 8;

/**
 * A safetensors file: the header's length as a 64-bit whole number, the header as JSON, then the tensors in little-endian order, without gaps
 * (https://github.com/huggingface/safetensors). Wider numbers come first, so that all are aligned.
 *
 * @throws RangeError where a tensor's data is not as long as its shape says
 */
export function safetensorsFile(
  tensors: readonly NamedTensor[],
  metadata: Readonly<Record<string, string>> = {},
): { bytes: Uint8Array /** Of each tensor's first number, from the file's begin. */; offsets: Map<string, number> } {
  const ordered = [...tensors].sort((a, b) => b.data.BYTES_PER_ELEMENT - a.data.BYTES_PER_ELEMENT);
  const header: Record<string, unknown> = Object.keys(metadata).length > 0 ? { __metadata__: metadata } : {};
  let end = 0;
  for (const { name, shape, data } of ordered) {
    const length = shape.reduce((product, size) => product * size, 1);
    if (length !== data.length) throw new RangeError(`tensor "${name}" of shape ${shape.join(' x ')} has ${data.length} numbers`);
    const begin = end;
    end += data.byteLength;
    header[name] = { dtype: typeNames[data.constructor.name as keyof typeof typeNames], shape, data_offsets: [begin, end] };
  }
  const json = new TextEncoder().encode(JSON.stringify(header));
  const headerLength = Math.ceil(json.length / alignment) * alignment;
  const file = new Uint8Array(8 + headerLength + end).fill(0x20, 8, 8 + headerLength);
  new DataView(file.buffer).setBigUint64(0, BigInt(headerLength), true);
  file.set(json, 8);
  let offset = 8 + headerLength;
  const offsets = new Map<string, number>();
  for (const { name, data } of ordered) {
    offsets.set(name, offset);
    file.set(new Uint8Array(data.buffer, data.byteOffset, data.byteLength), offset);
    offset += data.byteLength;
  }
  return { bytes: file, offsets };
}
