/** Floating-point numbers as binary files hold them: IEEE 754 binary16, binary32 and binary64, and bfloat16 (the upper half of a binary32). */
export type FloatType = 'f2' | 'bf16' | 'f4' | 'f8';

export const floatBytes: Record<FloatType, number> = { f2: 2, bf16: 2, f4: 4, f8: 8 };

const machineIsLittleEndian = new Uint8Array(Uint16Array.of(1).buffer)[0] === 1;
let halves: Float32Array | null = null;

/** Reads rows of numbers out of bytes, rounded to float32. */
export class FloatDecoder {
  /** Of one number. */
  readonly bytes: number;
  private view: DataView = new DataView(new ArrayBuffer(0));

  constructor(
    private readonly type: FloatType,
    private readonly littleEndian: boolean,
  ) {
    this.bytes = floatBytes[type];
  }

  /**
   * Writes n numbers from `bytes[at ...]` to `values[to ...]`.
   *
   * @returns which of them is the first that is not finite as a float32, from 0; -1 where all are
   */
  decode(bytes: Uint8Array, at: number, n: number, values: Float32Array, to: number): number {
    if (this.type === 'f4' && this.littleEndian === machineIsLittleEndian) {
      new Uint8Array(values.buffer, values.byteOffset + 4 * to, 4 * n).set(bytes.subarray(at, at + 4 * n));
    } else {
      for (let i = 0; i < n; i++) values[to + i] = this.valueAt(bytes, at + i * this.bytes);
    }
    for (let i = to; i < to + n; i++) if (!Number.isFinite(values[i])) return i - to;
    return -1;
  }

  /** The number that begins at `bytes[at]`, as the file has it. */
  valueAt(bytes: Uint8Array, at: number): number {
    if (this.view.buffer !== bytes.buffer || this.view.byteOffset !== bytes.byteOffset || this.view.byteLength !== bytes.byteLength) {
      this.view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    }
    switch (this.type) {
      case 'f2':
        halves ??= Float32Array.from({ length: 2 ** 16 }, (_, bits) => half(bits));
        return halves[this.view.getUint16(at, this.littleEndian)];
      case 'bf16':
        return single(this.view.getUint16(at, this.littleEndian) * 2 ** 16);
      case 'f4':
        return this.view.getFloat32(at, this.littleEndian);
      case 'f8':
        return this.view.getFloat64(at, this.littleEndian);
    }
  }
}

const scratch = new DataView(new ArrayBuffer(4));

function single(bits: number): number {
  scratch.setUint32(0, bits);
  return scratch.getFloat32(0);
}

/** binary16: (-1)^s 2^(e - 15) 1.f, and (-1)^s 2^-14 0.f where e = 0. */
function half(bits: number): number {
  const sign = bits & 0x8000 ? -1 : 1;
  const exponent = (bits >> 10) & 0x1f;
  const fraction = bits & 0x3ff;
  if (exponent === 0x1f) return fraction === 0 ? sign * Number.POSITIVE_INFINITY : Number.NaN;
  return exponent === 0 ? sign * fraction * 2 ** -24 : sign * (1 + fraction / 1024) * 2 ** (exponent - 15);
}
