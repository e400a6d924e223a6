const locale = 'en-US';
const grouped = new Intl.NumberFormat(locale, { maximumFractionDigits: 0 });

/** 341,479 */
export function formatCount(value: number): string {
  return grouped.format(value);
}

/** `1 step`, `1,200 steps`. */
export function formatCounted(value: number, one: string, many = `${one}s`): string {
  return `${formatCount(value)} ${value === 1 ? one : many}`;
}

/** 0.846 -> 84.6 %. The sign is a real minus. */
export function formatPercent(share: number, digits = 1): string {
  return `${signless(100 * share, digits)} %`;
}

/** At a tick: 0.65 -> 65 %, 0.625 -> 62.5 %. */
export function formatPercentTick(share: number): string {
  return `${Number((100 * share).toFixed(1))} %`;
}

/** 0.0123 -> 1.2 points: a difference of accuracies. The sign is a real minus. */
export function formatPoints(difference: number, digits = 1): string {
  return `${signless(100 * difference, digits)} points`;
}

/** With a real minus, and none before a zero. For people: files keep the hyphen. */
export function signless(value: number, digits = 1): string {
  const text = value.toFixed(digits);
  return Number(text) === 0 ? (0).toFixed(digits) : text.replace('-', '−');
}

/** 10.07 -> 10.1× */
export function formatTimes(ratio: number): string {
  return `${ratio >= 100 ? Math.round(ratio) : ratio.toFixed(1)}×`;
}

/** `10.0× smaller`; of a table that grew `1.5× larger`. */
export function formatSmaller(ratio: number): string {
  return ratio < 0.995 ? `${formatTimes(1 / ratio)} larger` : `${formatTimes(ratio)} smaller`;
}

/** Decimal units, as file systems and download pages count: 2,101,200 -> 2.10 MB. */
export function formatBytes(bytes: number): string {
  const units = ['B', 'kB', 'MB', 'GB', 'TB'];
  let value = bytes;
  let unit = 0;
  while (value >= 999.5 && unit < units.length - 1) {
    value /= 1000;
    unit++;
  }
  if (unit === 0) return `${grouped.format(value)} B`;
  return `${value.toFixed(value < 9.995 ? 2 : value < 99.95 ? 1 : 0)} ${units[unit]}`;
}

/** A method's numbers: `rank 9`, `9 levels`, `rank 4, 256 levels`; where runs have different ones (validation chose them), all: `rank 4 or 5`. */
export function formatSetting(runs: readonly { rank: number | null; levels: number | null; groups: number | null }[]): string {
  const distinct = (kind: 'rank' | 'groups' | 'levels') =>
    [...new Set(runs.map((run) => run[kind]).filter((value) => value !== null))].sort((a, b) => a - b);
  const [ranks, groups, levels] = (['rank', 'groups', 'levels'] as const).map(distinct);
  const alternatives = (values: number[]) => values.map(formatCount).join(' or ');
  const counted = (values: number[], one: string) =>
    values.length === 1 ? formatCounted(values[0], one) : `${alternatives(values)} ${one}s`;
  return [
    ranks.length > 0 && `rank ${alternatives(ranks)}`,
    groups.length > 0 && counted(groups, 'group'),
    levels.length > 0 && counted(levels, 'level'),
  ]
    .filter(Boolean)
    .join(', ');
}

/** 1e-3 -> 0.001; 2.5e-5 -> 2.5e-5. */
export function formatRate(rate: number): string {
  if (rate === 0) return '0';
  const size = Math.abs(rate);
  if (size >= 1e-4 && size < 1000) return String(Number(rate.toPrecision(3)));
  return rate
    .toExponential(1)
    .replace('.0e', 'e')
    .replace('-', size < 1 ? '-' : '−');
}

export function formatNumber(value: number, significant = 3): string {
  if (!Number.isFinite(value)) return '–';
  if (value === 0) return '0';
  const size = Math.abs(value);
  if (size >= 1e6 || size < 1e-4) return value.toExponential(2);
  return size >= 1000 ? grouped.format(value) : String(Number(value.toPrecision(significant)));
}

/** 75 -> 1 min 15 s */
export function formatSeconds(seconds: number): string {
  const whole = Math.max(0, Math.round(seconds));
  if (whole < 60) return `${whole} s`;
  const minutes = Math.floor(whole / 60);
  if (minutes < 60) return `${minutes} min${whole % 60 ? ` ${whole % 60} s` : ''}`;
  return `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}

/** 0.0047 ms -> 4.7 µs; 12.3 -> 12 ms. */
export function formatLatency(milliseconds: number): string {
  return milliseconds < 1 ? `${formatNumber(1000 * milliseconds, 2)} µs` : `${formatNumber(milliseconds, 2)} ms`;
}

const times = new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'short' });

/** Milliseconds since 1970 -> May 3, 2026, 9:30 AM, where the reader is. */
export function formatTime(atMs: number): string {
  return times.format(atMs);
}
