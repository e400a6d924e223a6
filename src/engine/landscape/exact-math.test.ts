import { expect, it } from 'vitest';
import { Random } from '../random';
import { cosOfTurns, expOfMinus, sinOfTurns } from './exact-math';

const random = new Random(3);

it('computes exp to a few last bits', () => {
  for (let i = 0; i < 5000; i++) {
    const x = 80 * random.uniform() ** 2;
    // x itself is rounded: half of its last bit is a relative error of exp.
    expect(Math.abs(expOfMinus(x) / Math.exp(-x) - 1)).toBeLessThan(5e-16 + 3e-16 * x);
  }
  expect(expOfMinus(0)).toBe(1);
});

it('computes sine and cosine of turns', () => {
  for (let i = 0; i < 5000; i++) {
    const turns = 8 * random.uniform() - 4;
    expect(Math.abs(sinOfTurns(turns) - Math.sin(2 * Math.PI * turns))).toBeLessThan(1e-14);
    expect(Math.abs(cosOfTurns(turns) - Math.cos(2 * Math.PI * turns))).toBeLessThan(1e-14);
  }
  expect(sinOfTurns(0)).toBe(0);
  expect(sinOfTurns(3.5)).toBe(0);
});
