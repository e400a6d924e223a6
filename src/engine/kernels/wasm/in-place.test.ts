import { describe, expect, it } from 'vitest';
import { assemble, get, i32, store, zero } from './assembler';
import { inPlace } from './in-place';

type Clear = (address: number) => void;

describe('functions over a memory', () => {
  it('are compiled at first use, and made once a memory', () => {
    let assembled = 0;
    const clear = inPlace<Clear>(() => {
      assembled++;
      return assemble([i32], ([address]) => [...get(address), ...zero, ...store()]);
    });
    expect(assembled).toBe(0);
    const memories = [1, 2].map((initial) => new WebAssembly.Memory({ initial }));
    for (const memory of memories) {
      const bytes = new Uint8Array(memory.buffer).fill(7, 0, 64);
      clear(memory)?.(16);
      expect([...bytes.subarray(12, 36)].map((value) => value === 0).indexOf(true)).toBe(4);
      expect(bytes.subarray(0, 64).filter((value) => value === 7)).toHaveLength(48);
      expect(clear(memory)).toBe(clear(memory));
    }
    expect(clear(memories[0])).not.toBe(clear(memories[1]));
    expect(assembled).toBe(1);
  });

  it('are absent where the engine takes no such module', () => {
    let tried = 0;
    const unknown = inPlace<Clear>(() => {
      tried++;
      return Uint8Array.of(0x00, 0x61, 0x73, 0x6d);
    });
    const memory = new WebAssembly.Memory({ initial: 1 });
    expect(unknown(memory)).toBeNull();
    expect(unknown(memory)).toBeNull();
    expect(tried).toBe(1);
  });
});
