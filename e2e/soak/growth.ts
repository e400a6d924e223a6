import { type Sample, trendOf } from '../../scripts/lib/trend';
import type { BackendChoice } from '../../src/protocol/device';

export const minutes = Number(process.env.SOAK_MINUTES ?? 30);
export const backend = (process.env.SOAK_BACKEND ?? 'webgpu') as BackendChoice;

/** Caches fill, code is compiled, pools find their sizes. */
export const warmUpMinutes = Math.min(8, minutes / 2);
export const fewestSamples = 6;

export interface Growth {
  by: number;
  from: number;
  to: number;
}

/** What a figure grows by in half an hour, by its trend, with a 95 % interval. */
export function in30Minutes(samples: readonly Sample[]): Growth {
  const { perMinute, from, to } = trendOf(samples);
  return { by: 30 * perMinute, from: 30 * from, to: 30 * to };
}

export function inWords({ by, from, to }: Growth): string {
  return `${by.toFixed(2)} (95 %: ${from.toFixed(2)} to ${to.toFixed(2)})`;
}
