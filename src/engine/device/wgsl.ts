import type { Binding, ElementType, Kernel, Params, StepValues } from './device';

/** Fields of `StepValues` in the order in which the uniform holds them; each takes four bytes. */
const stepFields: readonly { name: keyof StepValues; type: ElementType }[] = [
  { name: 'sentences', type: 'u32' },
  { name: 'tokens', type: 'u32' },
  { name: 'distinctRows', type: 'u32' },
  { name: 'batchOffset', type: 'u32' },
  { name: 'sentenceOffset', type: 'u32' },
  { name: 'dropoutStep', type: 'u32' },
  { name: 'dropoutSeed', type: 'u32' },
  { name: 'training', type: 'u32' },
  { name: 'learningRate', type: 'f32' },
  { name: 'biasCorrection1', type: 'f32' },
  { name: 'biasCorrection2', type: 'f32' },
];

export const stepBytes = stepFields.length * 4;

/** Writes one step's values at byte `offset`. */
export function packStep(view: DataView, offset: number, step: StepValues): void {
  packFields(view, offset, stepFields, step as unknown as Params);
}

/** Writes a kernel's constants at byte `offset`. */
export function packParams(view: DataView, offset: number, kernel: Kernel, params: Params): void {
  packFields(view, offset, kernel.params, params);
}

function packFields(view: DataView, offset: number, fields: readonly { name: string; type: ElementType }[], values: Params): void {
  fields.forEach(({ name, type }, i) => {
    const value = values[name];
    if (value === undefined) {
      throw new RangeError(`no value for the uniform "${name}"`);
    }
    if (type === 'u32') {
      view.setUint32(offset + i * 4, value, true);
    } else {
      view.setFloat32(offset + i * 4, value, true);
    }
  });
}

/** Which of a kernel's bindings lie in fours, with these constants: one letter each. Kernel and letters together name a pipeline. */
export function alignmentOf({ bindings }: Kernel, params: Params): string {
  return bindings.map(({ aligned }) => (aligned?.(params) ? 'v' : '-')).join('');
}

/**
 * How a kernel reaches a binding that it takes by fours, e.g. `table`: `loadTable(index)` is one element, `loadTable4(index)` the four from `index` on,
 * `storeTable4(index, values, count)` writes the first `count` of them. Where the four don't lie aligned, and some of them beyond a row, what is
 * read there is no number to rely on.
 */
function quadAccessWgsl({ name, access }: Binding, aligned: boolean): string {
  const verb = name.charAt(0).toUpperCase() + name.slice(1);
  const load = aligned
    ? `fn load${verb}(index: u32) -> f32 { return ${name}[index / 4u][index % 4u]; }
fn load${verb}4(index: u32) -> vec4f { return ${name}[index / 4u]; }`
    : `fn load${verb}(index: u32) -> f32 { return ${name}[index]; }
fn load${verb}4(index: u32) -> vec4f { return vec4f(${name}[index], ${name}[index + 1u], ${name}[index + 2u], ${name}[index + 3u]); }`;
  if (access === 'read') return load;
  const store = aligned
    ? `fn store${verb}4(index: u32, values: vec4f, count: u32) { ${name}[index / 4u] = values; }`
    : `fn store${verb}4(index: u32, values: vec4f, count: u32) {
  ${name}[index] = values.x;
  if (count > 1u) { ${name}[index + 1u] = values.y; }
  if (count > 2u) { ${name}[index + 2u] = values.z; }
  if (count > 3u) { ${name}[index + 3u] = values.w; }
}`;
  return `${load}\n${store}`;
}

/**
 * The whole shader of a kernel: uniforms and bindings under their names, then its own WGSL.
 *
 * @param alignment as `alignmentOf` gives it
 */
export function shaderSource(kernel: Kernel, alignment: string): string {
  const struct = (name: string, fields: readonly { name: string; type: ElementType }[]) =>
    `struct ${name} {\n${fields.map((field) => `  ${field.name}: ${field.type},`).join('\n')}\n}\n`;
  // A WGSL struct needs a member, and a kernel may have no constants.
  const params = kernel.params.length > 0 ? kernel.params : [{ name: 'unused', type: 'u32' as const }];
  const bindings = kernel.bindings.flatMap((binding, i) => {
    const { name, type, access, aligned } = binding;
    const inFours = alignment[i] === 'v';
    return [
      `@group(0) @binding(${i + 2}) var<storage, ${access}> ${name}: array<${inFours ? 'vec4f' : type}>;`,
      ...(aligned ? [quadAccessWgsl(binding, inFours)] : []),
    ];
  });
  return [
    struct('StepValues', stepFields),
    struct('Params', params),
    '@group(0) @binding(0) var<uniform> step: StepValues;',
    '@group(0) @binding(1) var<uniform> params: Params;',
    ...bindings,
    kernel.wgsl,
  ].join('\n');
}
