import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { Transport } from './transport';

let frame: ((nowMs: number) => void) | null = null;
let nowMs = 0;

beforeEach(() => {
  nowMs = 1000;
  vi.stubGlobal('requestAnimationFrame', (next: (nowMs: number) => void) => {
    frame = next;
    return 1;
  });
  vi.stubGlobal('cancelAnimationFrame', () => {
    frame = null;
  });
  vi.spyOn(performance, 'now').mockImplementation(() => nowMs);
});
afterEach(() => {
  vi.unstubAllGlobals();
  vi.restoreAllMocks();
});

function pass(ms: number): void {
  nowMs += ms;
  const due = frame;
  frame = null;
  due?.(nowMs);
}

it('plays at its speed, asks for frames only while it plays, and ends at the last step', () => {
  const transport = new Transport(() => false);
  const times: number[] = [];
  transport.setTotal(12);
  transport.setSpeed(24);
  transport.onFrame((time) => times.push(time));
  expect(frame).toBeNull();
  transport.play();
  pass(125);
  expect(times.at(-1)).toBe(3);
  transport.pause();
  expect(frame).toBeNull();
  expect(transport.snapshot()).toMatchObject({ step: 3, playing: false });
  transport.play();
  for (let i = 0; i < 5; i++) pass(125);
  expect(transport.snapshot()).toMatchObject({ step: 12, playing: false });
  expect(frame).toBeNull();
  transport.play();
  expect(transport.snapshot()).toMatchObject({ step: 0, playing: true });
});

it('does not run ahead of a page that was hidden', () => {
  const transport = new Transport(() => false);
  transport.setTotal(1000);
  transport.play();
  pass(60_000);
  expect(transport.snapshot().step).toBe(6);
});

it('tells the page at most ten times a second, and the drawing every frame', () => {
  const transport = new Transport(() => false);
  transport.setTotal(2000);
  transport.setSpeed(96);
  const page = vi.fn();
  const drawing = vi.fn();
  transport.play();
  transport.subscribe(page);
  transport.onFrame(drawing);
  for (let i = 0; i < 60; i++) pass(1000 / 60);
  expect(drawing).toHaveBeenCalledTimes(61);
  expect(page.mock.calls.length).toBeLessThanOrEqual(10);
});

it('shows still pictures where motion is not wanted', () => {
  const transport = new Transport(() => true);
  transport.setTotal(240);
  const times: number[] = [];
  transport.onFrame((time) => times.push(time));
  transport.play();
  for (let i = 0; i < 60; i++) pass(100);
  expect(new Set(times)).toEqual(new Set([0, 20, 40, 60, 80, 100, 120, 140, 160]));
});

it('steps to whole steps, and stays within the walk', () => {
  const transport = new Transport(() => false);
  transport.setTotal(10);
  transport.seek(4.4);
  transport.step(1);
  expect(transport.snapshot().step).toBe(5);
  transport.seek(4.4);
  transport.step(-1);
  expect(transport.snapshot().step).toBe(4);
  transport.step(-9);
  expect(transport.snapshot().step).toBe(0);
  transport.seek(99);
  expect(transport.snapshot().step).toBe(10);
});
