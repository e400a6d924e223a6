/**
 * One WebAssembly memory for the buffers of the CPU backend, so that SIMD functions work on them where they lie. A block that finds no place
 * here is the caller's to put elsewhere: nothing that is computed depends on where a buffer lies, but for last bits.
 */
import { fusesMultiplyAdd } from './simd';

const pageBytes = 65_536;
/** What 32-bit addresses reach: 4 GiB. */
const mostPages = 65_536;
/** Head of every memory: working space of the SIMD functions themselves (`kernels/wasm/product-module.ts`). */
export const reservedBytes = 6 * pageBytes;
/** A line of the processor's cache. */
const alignment = 64;
/** Grown by at least so much, so that a network's hundred buffers renew the views of them all a few times only. */
const leastGrowthPages = 64;
/** A memory that small is kept when its last block is freed; a larger one is dropped, since WebAssembly memory never shrinks. */
const keptPages = 256;

interface Block {
  address: number;
  bytes: number;
}

const memories = new WeakMap<ArrayBufferLike, WebAssembly.Memory>();
/** Of heaps that were told what to do, against what the runtime would. */
const fusedMemories = new WeakMap<WebAssembly.Memory, boolean>();

/** The memory that all these arrays lie in; null where one of them lies elsewhere. */
export function sharedMemory(...arrays: readonly ArrayBufferView[]): WebAssembly.Memory | null {
  const { buffer } = arrays[0];
  for (const array of arrays) if (array.buffer !== buffer) return null;
  return memories.get(buffer) ?? null;
}

/** Do functions over this memory take a product and a sum at once, with one rounding? */
export function isFused(memory: WebAssembly.Memory): boolean {
  return fusedMemories.get(memory) ?? fusesMultiplyAdd();
}

const up = (value: number, step: number) => Math.ceil(value / step) * step;

export class Heap {
  private memory: WebAssembly.Memory | null = null;
  /** By address, no two of them touching. */
  private free: Block[] = [];
  private readonly taken = new Map<number, number>();
  /** Nothing was ever written from here on: it is still the zeros that the memory came with. */
  private clean = reservedBytes;

  /**
   * @param onMoved called when growth has detached all views of the memory, before `allocate` returns: they must be made anew
   * @param limitPages most pages of 64 KiB
   * @param fused whether products and sums are taken at once; for tests, else wherever the runtime can
   */
  constructor(
    private readonly onMoved: () => void,
    private readonly limitPages = mostPages,
    private readonly fused = fusesMultiplyAdd(),
  ) {}

  /** What views of blocks are made on; good until the next `allocate` or `release`. */
  get buffer(): ArrayBuffer {
    if (this.memory === null) throw new RangeError('a heap without blocks has no buffer');
    return this.memory.buffer;
  }

  /** Bytes of the memory, blocks or not. */
  get sizeBytes(): number {
    return this.memory?.buffer.byteLength ?? 0;
  }

  /** Address of a block of zeros; null where there is no room, or no WebAssembly. */
  allocate(length: number): number | null {
    const bytes = Math.max(alignment, up(length, alignment));
    if (!this.open()) return null;
    const index = this.find(bytes);
    if (index === null) return null;
    const block = this.free[index];
    const { address } = block;
    if (block.bytes === bytes) this.free.splice(index, 1);
    else this.free[index] = { address: address + bytes, bytes: block.bytes - bytes };
    this.taken.set(address, bytes);
    const dirty = Math.min(this.clean, address + bytes) - address;
    if (dirty > 0) new Uint8Array(this.buffer, address, dirty).fill(0);
    this.clean = Math.max(this.clean, address + bytes);
    return address;
  }

  /** @throws RangeError where no block is taken at this address: a bug of the caller's */
  release(address: number): void {
    const bytes = this.taken.get(address);
    if (bytes === undefined) throw new RangeError(`no block is taken at ${address}`);
    this.taken.delete(address);
    if (this.taken.size === 0 && this.sizeBytes > keptPages * pageBytes) {
      this.memory = null;
      this.free = [];
      return;
    }
    this.insert({ address, bytes });
  }

  private open(): boolean {
    if (this.memory !== null) return true;
    const reservedPages = reservedBytes / pageBytes;
    if (this.limitPages <= reservedPages) return false;
    try {
      this.memory = new WebAssembly.Memory({ initial: Math.min(this.limitPages, reservedPages + leastGrowthPages) });
    } catch {
      return false;
    }
    memories.set(this.memory.buffer, this.memory);
    fusedMemories.set(this.memory, this.fused);
    this.clean = reservedBytes;
    this.free = [{ address: reservedBytes, bytes: this.sizeBytes - reservedBytes }];
    return true;
  }

  /** The smallest free block that is large enough, the first of equal ones, after growth where there is none. */
  private find(bytes: number): number | null {
    let best: number | null = null;
    for (const [index, block] of this.free.entries()) {
      if (block.bytes >= bytes && (best === null || block.bytes < this.free[best].bytes)) best = index;
    }
    if (best !== null) return best;
    return this.grow(bytes) ? this.free.length - 1 : null;
  }

  /** Makes room for a block of that size at the end. */
  private grow(bytes: number): boolean {
    const memory = this.memory as WebAssembly.Memory;
    const before = this.sizeBytes;
    const last = this.free.at(-1);
    const atEnd = last && last.address + last.bytes === before ? last.bytes : 0;
    const needed = Math.ceil((bytes - atEnd) / pageBytes);
    const room = this.limitPages - before / pageBytes;
    if (needed > room) return false;
    try {
      memory.grow(Math.min(room, Math.max(needed, leastGrowthPages)));
    } catch {
      return false;
    }
    memories.set(memory.buffer, memory);
    this.insert({ address: before, bytes: this.sizeBytes - before });
    this.onMoved();
    return true;
  }

  /** Puts a block among the free ones, in one piece with its neighbours. */
  private insert({ address, bytes }: Block): void {
    const { free } = this;
    let index = free.findIndex((block) => block.address > address);
    if (index < 0) index = free.length;
    const before = free[index - 1];
    const after = free[index];
    const joinsBefore = before !== undefined && before.address + before.bytes === address;
    const joinsAfter = after !== undefined && address + bytes === after.address;
    const start = joinsBefore ? before.address : address;
    const end = joinsAfter ? after.address + after.bytes : address + bytes;
    free.splice(joinsBefore ? index - 1 : index, Number(joinsBefore) + Number(joinsAfter), { address: start, bytes: end - start });
  }
}
