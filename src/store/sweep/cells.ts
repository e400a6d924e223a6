import type { SweepCell, SweepGap } from '../../protocol/sweep';

/** Unique in a sweep. */
export function cellId({ group, row }: Pick<SweepCell, 'group' | 'row'>): string {
  return `${group}|${row.method}|${row.requestedRate}`;
}

export function gapId({ group, method, requestedRate }: SweepGap): string {
  return `${group}|${method}|${requestedRate}`;
}
