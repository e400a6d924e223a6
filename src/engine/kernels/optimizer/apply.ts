import type { Kernel } from '../../device/device';
import { flatGrid, flatMainWgsl } from '../shared/grid';
import type { Optimizer } from './optimizer';
import { rowUpdate } from './update-rows';

/** An optimizer's update by a gradient that another kernel left in a buffer: where parameters must stay as they are until others were updated. */
export function applyGradient(optimizer: Optimizer): Kernel {
  return {
    name: `apply-gradient/${optimizer.id}`,
    bindings: [
      { name: 'gradient', type: 'f32', access: 'read' },
      { name: 'parameters', type: 'f32', access: 'read_write' },
      { name: 'state', type: 'f32', access: 'read_write' },
    ],
    params: [{ name: 'size', type: 'u32' }],
    wgsl: /* wgsl */ `
// parameters[i] <- update(gradient[i])
${optimizer.wgsl}
fn element(index: u32) {
  if (index >= params.size) {
    return;
  }
  parameters[index] = update(index, params.size, parameters[index], gradient[index]);
}
${flatMainWgsl}
`,
    workgroups: ({ size }) => flatGrid(size),
    cost: ({ size }) => ({ flops: size * optimizer.cost.flops, bytes: size * (4 + optimizer.cost.bytes) }),
    cpu(buffers, { size }, step) {
      const { gradient, parameters, state } = buffers as Record<string, Float32Array>;
      rowUpdate(optimizer, { parameters, state, gradient, size }, step)(0, size, 0);
    },
  };
}
