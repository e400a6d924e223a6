/** 0.9 -> 90 %; 0.975 -> 97.5 %; -0.488 -> −48.8 %, with a real minus. */
export function percent(fraction: number): string {
  return `${Number((100 * fraction).toFixed(1))} %`.replace('-', '−');
}

/** A difference of accuracies: 0.018 -> 1.8 points. */
export function points(fraction: number): string {
  const value = signed(fraction);
  return `${value} ${value === '1.0' ? 'point' : 'points'}`;
}

/** In points, with a real minus. */
export function signed(fraction: number): string {
  return (100 * fraction)
    .toFixed(1)
    .replace(/^-0\.0$/, '0.0')
    .replace('-', '−');
}

export function range([low, high]: readonly [number, number]): string {
  return `95 % interval ${signed(low)} to ${signed(high)}`;
}

export { counted as count } from '../data/problems';

/** `lost 1.2 points`, `gained 0.3 points`, `lost nothing`: as a table with one decimal shows it. */
export function change(drop: number): string {
  if (Math.abs(drop) < 0.0005) {
    return 'lost nothing';
  }
  return drop > 0 ? `lost ${points(drop)}` : `gained ${points(-drop)}`;
}

export function list(items: readonly string[]): string {
  return items.length < 2 ? items.join('') : `${items.slice(0, -1).join(', ')} and ${items[items.length - 1]}`;
}
