/** Functions of modules that the assembler made, over the memory that arrays lie in. */
import { isFused } from '../../device/heap';
import type { Target } from './assembler';

/** Its function over a memory; null where there is no SIMD for WebAssembly. */
export type InPlace<Main> = (memory: WebAssembly.Memory) => Main | null;

/** Compiles a module at its first use, for what the memory's owner wants it to be made of, and instantiates it once a memory. */
export function inPlace<Main>(assembled: (target: Target) => Uint8Array<ArrayBuffer>): InPlace<Main> {
  const modules = new Map<boolean, WebAssembly.Module | null>();
  const functions = new WeakMap<WebAssembly.Memory, Main>();
  return (memory) => {
    const known = functions.get(memory);
    if (known !== undefined) return known;
    const fused = isFused(memory);
    let module = modules.get(fused);
    if (module === undefined) {
      module = compiled(assembled({ fused }));
      modules.set(fused, module);
    }
    if (module === null) return null;
    const main = new WebAssembly.Instance(module, { env: { memory } }).exports.main as Main;
    functions.set(memory, main);
    return main;
  };
}

function compiled(bytes: Uint8Array<ArrayBuffer>): WebAssembly.Module | null {
  try {
    return new WebAssembly.Module(bytes);
  } catch {
    return null;
  }
}
