import { expect, it } from 'vitest';
import { openCpuDevice } from './cpu';
import { fusesMultiplyAdd, takesRelaxedSimd } from './simd';

it('finds relaxed SIMD in Node as in the browser, so that both compute the same bits', () => {
  expect(takesRelaxedSimd()).toBe(true);
});

it('says on the CPU backend whether products and sums are one', () => {
  const nameOf = (fused?: boolean) => openCpuDevice('', { fused }).report.name;
  expect(nameOf(true)).toBe('CPU, WebAssembly SIMD with fused multiply-add');
  expect(nameOf(false)).toBe('CPU, WebAssembly SIMD');
  expect(nameOf()).toBe(nameOf(fusesMultiplyAdd()));
});
