import type { Kernel, Params } from '../../device/device';
import { flatGrid, flatMainWgsl } from '../shared/grid';
import { byFours } from '../shared/quads';
import type { Optimizer } from './optimizer';
import { rowUpdate } from './update-rows';

/** An optimizer's update by a gradient that another kernel left in a buffer: where parameters must stay as they are until others were updated. */
export function applyGradient(optimizer: Optimizer): Kernel {
  const aligned = ({ size }: Params) => byFours(size);
  return {
    name: `apply-gradient/${optimizer.id}`,
    bindings: [
      { name: 'gradient', type: 'f32', access: 'read', aligned },
      { name: 'parameters', type: 'f32', access: 'read_write', aligned },
      { name: 'state', type: 'f32', access: 'read_write', aligned },
    ],
    params: [{ name: 'size', type: 'u32' }],
    wgsl: /* wgsl */ `
// parameters[i] <- update(gradient[i])
${optimizer.wgsl}
fn element(four: u32) {
  let index = 4u * four;
  if (index >= params.size) {
    return;
  }
  let count = min(4u, params.size - index);
  storeParameters4(index, update(index, params.size, count, loadParameters4(index), loadGradient4(index)), count);
}
${flatMainWgsl}
`,
    workgroups: ({ size }) => flatGrid(Math.ceil(size / 4)),
    cost: ({ size }) => ({ flops: size * optimizer.cost.flops, bytes: size * (4 + optimizer.cost.bytes) }),
    cpu(buffers, { size }, step) {
      const { gradient, parameters, state } = buffers as Record<string, Float32Array>;
      rowUpdate(optimizer, { parameters, state, gradient, size }, step)(0, size, 0);
    },
  };
}
