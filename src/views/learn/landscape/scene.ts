import type { LandscapeReport } from '../../../protocol/landscape';
import type { DrawnLane } from './lanes';
import type { Transport } from './transport';

/** What both drawings of a landscape are given. */
export interface SceneProps {
  report: LandscapeReport;
  lanes: readonly DrawnLane[];
  transport: Transport;
  start: readonly number[];
  onStart(start: number[]): void;
}

export const ballRadius = 11;

/** Where between two steps a time lies: the step before it, and the share of the way to the next. */
export function between(time: number, steps: number): { step: number; share: number } {
  const step = Math.min(Math.floor(time), Math.max(0, steps - 1));
  return { step, share: Math.min(1, time - step) };
}

/** Eases in and out, so that each step is seen as one leap. */
export function eased(share: number): number {
  return share * share * (3 - 2 * share);
}

/** One coordinate within the walls, in hundredths: a start that can be typed again. */
export function coordinate(value: number): number {
  return Number(Math.max(-1, Math.min(1, value)).toFixed(2));
}

/** Minus as a minus sign, two digits. */
export function shown(value: number, digits = 2): string {
  return value.toFixed(digits).replace('-', '−');
}
