import { describe, expect, it } from 'vitest';
import { openCpuDevice } from './cpu';
import { type Kernel, noStep } from './device';
import { sharedMemory } from './heap';
import { openPlainCpuDevice, openUnfusedCpuDevice } from './testing';

const kernel = (cpu: Kernel['cpu'], cpuScratch?: Kernel['cpuScratch']): Kernel => ({
  name: 'test',
  bindings: [{ name: 'values', type: 'f32', access: 'read_write' }],
  params: [],
  wgsl: '',
  workgroups: () => [1, 1, 1],
  cost: () => ({ flops: 0, bytes: 0 }),
  cpuScratch,
  cpu,
});
const addOne = kernel(({ values }) => {
  for (let i = 0; i < values.length; i++) values[i]++;
});

describe.each([
  { device: openCpuDevice('A test asked for it.'), inHeap: true },
  { device: openUnfusedCpuDevice(), inHeap: true },
  { device: openPlainCpuDevice(), inHeap: false },
])('$device.report.name', ({ device, inHeap }) => {
  it('keeps what buffers hold, and programs on them, when others make it grow', async () => {
    const values = device.createBuffer('values', 'f32', Float32Array.of(1, 2, 3));
    const program = await device.compile([{ kernel: addOne, buffers: { values }, params: {} }]);
    device.submit([{ program, step: noStep }]);
    const more = Array.from({ length: 5 }, (_, i) => device.createBuffer('more', 'u32', 3_000_000 + i));
    device.submit([{ program, step: noStep }]);
    expect([...(await device.read(values))]).toEqual([3, 4, 5]);
    expect((await device.read(more[4])).every((value) => value === 0)).toBe(true);
    for (const buffer of [values, ...more]) device.destroyBuffer(buffer);
    expect(device.counters.liveBuffers).toBe(0);
  });

  it('reads copies, that later steps leave alone', async () => {
    const values = device.createBuffer('values', 'f32', Float32Array.of(1, 2, 3));
    const before = await device.read(values, 1, 2);
    device.write(values, Float32Array.of(9), 1);
    expect([...before]).toEqual([2, 3]);
    expect(sharedMemory(before)).toBeNull();
    device.destroyBuffer(values);
  });

  it('does not let a program write where a buffer was freed', async () => {
    const values = device.createBuffer('values', 'f32', 4);
    const program = await device.compile([{ kernel: addOne, buffers: { values }, params: {} }]);
    device.submit([{ program, step: noStep }]);
    device.destroyBuffer(values);
    const next = device.createBuffer('next', 'f32', 4);
    device.submit([{ program, step: noStep }]);
    expect([...(await device.read(next))]).toEqual([0, 0, 0, 0]);
    device.destroyBuffer(next);
  });

  it('gives kernels working memory of the length that they ask for, beside their buffers', async () => {
    const lengths: number[] = [];
    const inOneMemory: boolean[] = [];
    const greedy = kernel(
      ({ values, scratch }) => {
        lengths.push(scratch.length);
        inOneMemory.push(sharedMemory(values, scratch) !== null);
        scratch.fill(7);
      },
      (_params, { tokens }) => tokens,
    );
    const values = device.createBuffer('values', 'f32', Float32Array.of(1, 2, 3));
    const program = await device.compile([{ kernel: greedy, buffers: { values }, params: {} }]);
    for (const tokens of [10, 5_000_000, 20]) device.submit([{ program, step: { ...noStep, tokens } }]);
    expect(lengths).toEqual([10, 5_000_000, 5_000_000]);
    expect(new Set(inOneMemory)).toEqual(new Set([inHeap]));
    expect([...(await device.read(values))]).toEqual([1, 2, 3]);
    device.destroyBuffer(values);
  });
});
