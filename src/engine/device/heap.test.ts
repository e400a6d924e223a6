import { describe, expect, it } from 'vitest';
import { Random } from '../random';
import { Heap, reservedBytes, sharedMemory } from './heap';

const page = 65_536;
const newHeap = (limitPages?: number) => {
  const moves = { count: 0 };
  const heap = new Heap(() => moves.count++, limitPages);
  return { heap, moves };
};
const take = (heap: Heap, bytes: number): number => {
  const address = heap.allocate(bytes);
  if (address === null) throw new Error('there is no room');
  return address;
};
const bytesOf = (heap: Heap, address: number, length: number) => new Uint8Array(heap.buffer, address, length);

describe('the heap of the CPU backend', () => {
  it('gives blocks of zeros, also where others lay', () => {
    const { heap } = newHeap();
    const kept = take(heap, 100);
    const first = take(heap, 1000);
    bytesOf(heap, first, 1000).fill(7);
    heap.release(first);
    const again = take(heap, 900);
    expect(again).toBe(first);
    expect(bytesOf(heap, again, 900).every((value) => value === 0)).toBe(true);
    expect(kept).toBeGreaterThanOrEqual(reservedBytes);
  });

  it('keeps blocks apart, and what they hold, through any order of allocation, release and growth', () => {
    const { heap, moves } = newHeap();
    const random = new Random(3);
    const blocks: { address: number; length: number; mark: number }[] = [{ address: take(heap, 64), length: 64, mark: 200 }];
    bytesOf(heap, blocks[0].address, 64).fill(200);
    for (let i = 0; i < 400; i++) {
      if (blocks.length > 1 && random.uniform() < 0.45) {
        const [{ address }] = blocks.splice(1 + random.integer(blocks.length - 1), 1);
        heap.release(address);
      } else {
        const length = 1 + random.integer(300_000);
        const block = { address: take(heap, length), length, mark: 1 + (i % 199) };
        expect(block.address % 64).toBe(0);
        expect(bytesOf(heap, block.address, length).every((value) => value === 0)).toBe(true);
        bytesOf(heap, block.address, length).fill(block.mark);
        blocks.push(block);
      }
    }
    for (const { address, length, mark } of blocks) expect(bytesOf(heap, address, length).every((value) => value === mark)).toBe(true);
    expect(moves.count).toBeGreaterThan(0);
    // All of it free again: one block, so that the largest possible one fits without growth.
    const size = heap.sizeBytes;
    const [kept, ...rest] = blocks;
    for (const { address } of rest) heap.release(address);
    expect(heap.allocate(size - reservedBytes - 64)).toBe(kept.address + 64);
    expect(heap.sizeBytes).toBe(size);
  });

  it('refuses what goes over its limit, and goes on', () => {
    const { heap } = newHeap(reservedBytes / page + 3);
    const first = take(heap, 2 * page);
    expect(heap.allocate(2 * page)).toBeNull();
    expect(take(heap, page)).toBe(first + 2 * page);
    expect(heap.allocate(1)).toBeNull();
  });

  it('drops a large memory with its last block, and starts anew', () => {
    const { heap } = newHeap();
    const address = take(heap, 300 * page);
    expect(heap.sizeBytes).toBeGreaterThan(300 * page);
    heap.release(address);
    expect(heap.sizeBytes).toBe(0);
    expect(bytesOf(heap, take(heap, page), page).every((value) => value === 0)).toBe(true);
    expect(heap.sizeBytes).toBeLessThan(100 * page);
  });

  it('refuses to release what is not taken', () => {
    const { heap } = newHeap();
    const address = take(heap, 8);
    heap.release(address);
    expect(() => heap.release(address)).toThrow(`no block is taken at ${address}`);
  });

  it('is known by the arrays that lie in it', () => {
    const { heap } = newHeap();
    const a = new Float32Array(heap.allocate(8) === null ? new ArrayBuffer(0) : heap.buffer, reservedBytes, 2);
    const b = new Uint32Array(heap.buffer, take(heap, 8), 2);
    expect(sharedMemory(a, b)?.buffer).toBe(heap.buffer);
    expect(sharedMemory(a, new Float32Array(2))).toBeNull();
    expect(sharedMemory(new Float32Array(2))).toBeNull();
  });
});
