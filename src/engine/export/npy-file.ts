import type { NamedTensor } from './safetensors-file';

const types = { Float32Array: '<f4', Uint32Array: '<u4', Uint16Array: '<u2', Uint8Array: '|u1' } as const;
/** NumPy's name of an array's type. */
export function numpyType(data: NamedTensor['data']): string {
  return types[data.constructor.name as keyof typeof types];
}

/** Magic number, version and the header's length, of version 1.0. */
const prefixBytes = 10;
const alignment = 64;

/**
 * A NumPy file of version 1.0: little-endian, row-major; the numbers begin at a multiple of 64 bytes
 * (https://numpy.org/doc/stable/reference/generated/numpy.lib.format.html).
 */
export function npyFile({ shape, data }: Pick<NamedTensor, 'shape' | 'data'>): Uint8Array {
  const type = numpyType(data);
  // A tuple of one number needs its comma.
  const header = `{'descr': '${type}', 'fortran_order': False, 'shape': (${shape.join(', ')}${shape.length === 1 ? ',' : ''}), }`;
  const start = Math.ceil((prefixBytes + header.length + 1) / alignment) * alignment;
  const file = new Uint8Array(start + data.byteLength).fill(0x20, prefixBytes, start - 1);
  file.set([0x93, ...new TextEncoder().encode('NUMPY'), 1, 0, (start - prefixBytes) & 0xff, (start - prefixBytes) >> 8]);
  file.set(new TextEncoder().encode(header), prefixBytes);
  file[start - 1] = 0x0a;
  file.set(new Uint8Array(data.buffer, data.byteOffset, data.byteLength), start);
  return file;
}
