/** Functions of modules that the assembler made, over the memory that arrays lie in. */

/** Its function over a memory; null where there is no SIMD for WebAssembly. */
export type InPlace<Main> = (memory: WebAssembly.Memory) => Main | null;

/** Compiles a module at its first use, and instantiates it once a memory. */
export function inPlace<Main>(assembled: () => Uint8Array<ArrayBuffer>): InPlace<Main> {
  let module: WebAssembly.Module | null | undefined;
  const functions = new WeakMap<WebAssembly.Memory, Main>();
  return (memory) => {
    const known = functions.get(memory);
    if (known !== undefined) return known;
    if (module === undefined) module = compiled(assembled());
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
