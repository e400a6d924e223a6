import type { TableShape, Unreachable } from './method';

/** Bytes of a float32, and of a 32-bit word of codes. */
export const wordBytes = 4;

/**
 * 32-bit numbers that a wanted rate leaves: (1 - rho) V d. It is a hair more than that, so that a rate which was computed from a size
 * gives that size back, and 0.9 leaves a tenth (1 - 0.9 is less than 0.1 in floating point).
 */
export function allowedNumbers({ rows, columns }: TableShape, rate: number): number {
  return (1 - rate) * rows * columns * (1 + 1e-12) + 1e-6;
}

/** Why a method can't reach a wanted rate: what it does at its smallest, in as many digits as tell the two apart. */
export function unreachable(smallest: string, reached: number, wanted: number): Unreachable {
  let digits = 1;
  const percent = (rate: number) => `${Number((100 * rate).toFixed(digits))} %`.replace('-', '−');
  while (digits < 9 && percent(reached) === percent(wanted)) digits++;
  return { unreachable: `${smallest} reaches ${percent(reached)}, so ${percent(wanted)} is out of reach.` };
}
