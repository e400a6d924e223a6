import type { ElementType, Kernel, Params, StepValues } from './device';

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

/** The whole shader of a kernel: uniforms and bindings under their names, then its own WGSL. */
export function shaderSource(kernel: Kernel): string {
  const struct = (name: string, fields: readonly { name: string; type: ElementType }[]) =>
    `struct ${name} {\n${fields.map((field) => `  ${field.name}: ${field.type},`).join('\n')}\n}\n`;
  // A WGSL struct needs a member, and a kernel may have no constants.
  const params = kernel.params.length > 0 ? kernel.params : [{ name: 'unused', type: 'u32' as const }];
  const bindings = kernel.bindings.map(
    ({ name, type, access }, i) => `@group(0) @binding(${i + 2}) var<storage, ${access}> ${name}: array<${type}>;`,
  );
  return [
    struct('StepValues', stepFields),
    struct('Params', params),
    '@group(0) @binding(0) var<uniform> step: StepValues;',
    '@group(0) @binding(1) var<uniform> params: Params;',
    ...bindings,
    kernel.wgsl,
  ].join('\n');
}
