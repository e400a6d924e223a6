const STEPS = [1, 1.5, 2, 3, 5, 7.5, 10];

/** The next round number at or above: a domain's end that stays where it is while the data below it moves. */
export function roundUp(value: number): number {
  if (!(value > 0) || !Number.isFinite(value)) return 1;
  const unit = 10 ** Math.floor(Math.log10(value));
  const step = STEPS.find((candidate) => candidate * unit >= value * (1 - 1e-9));
  return Number(((step ?? 10) * unit).toPrecision(6));
}

/** From zero to a round number above all values. */
export function domainFromZero(values: Iterable<number>): [number, number] {
  let highest = 0;
  for (const value of values) if (Number.isFinite(value) && value > highest) highest = value;
  return [0, roundUp(highest)];
}

/** Whole decades around all values above zero; at most five of them, so that a rate that falls to nothing leaves room for the rest. */
export function logDomain(values: Iterable<number>): [number, number] {
  let low = Number.POSITIVE_INFINITY;
  let high = 0;
  for (const value of values) {
    if (!(value > 0) || !Number.isFinite(value)) continue;
    low = Math.min(low, value);
    high = Math.max(high, value);
  }
  if (high === 0) return [1e-3, 1];
  const top = Math.ceil(Math.log10(high) - 1e-9);
  const bottom = Math.max(top - 5, Math.min(top - 1, Math.floor(Math.log10(low) + 1e-9)));
  return [Number(`1e${bottom}`), Number(`1e${top}`)];
}

/** For values that crowd together away from zero: whole steps of `step` around them. */
export function domainAround(values: Iterable<number>, step: number, fallback: [number, number]): [number, number] {
  let low = Number.POSITIVE_INFINITY;
  let high = Number.NEGATIVE_INFINITY;
  for (const value of values) {
    if (!Number.isFinite(value)) continue;
    low = Math.min(low, value);
    high = Math.max(high, value);
  }
  if (low > high) return fallback;
  const from = Math.floor(low / step + 1e-9) * step;
  const to = Math.ceil(high / step - 1e-9) * step;
  return [clean(from), clean(to > from ? to : from + step)];
}

/** `domainAround` for accuracies: none is outside of [0, 1], whatever its spread says. */
export function accuracyDomain(values: Iterable<number>, step: number): [number, number] {
  const [from, to] = domainAround(values, step, [0.5, 1]);
  return [clean(Math.max(0, Math.min(from, 1 - step))), Math.min(1, to)];
}

/** About `count` round ticks within a domain, its ends included where they are round; `whole` where there is nothing between whole numbers. */
export function ticksOf([from, to]: readonly [number, number], count = 5, whole = false): number[] {
  const span = to - from;
  if (!(span > 0)) return [from];
  const raw = whole ? Math.max(1, span / count) : span / count;
  const unit = 10 ** Math.floor(Math.log10(raw));
  const steps = [1, 2, 2.5, 5, 10].map((factor) => factor * unit).filter((candidate) => !whole || Number.isInteger(candidate));
  const step = steps.find((candidate) => candidate >= raw * (1 - 1e-9)) ?? 10 * unit;
  const ticks: number[] = [];
  for (let tick = Math.ceil(from / step - 1e-9) * step; tick <= to + step * 1e-9; tick += step) ticks.push(clean(tick));
  return ticks;
}

/** Whether an x lies in the right half of the plot, where words have more room to its left. */
export function isRightOfMiddle(x: number, [from, to]: readonly [number, number], scale: 'linear' | 'log'): boolean {
  return scale === 'log' ? x * x > from * to : 2 * x > from + to;
}

/** Powers of ten, with 2 and 5 between them where there are few. */
export function logTicks([from, to]: readonly [number, number]): number[] {
  const decades = Math.log10(to / from);
  const factors = decades > 3 ? [1] : [1, 2, 5];
  const ticks: number[] = [];
  for (let power = Math.floor(Math.log10(from)); power <= Math.ceil(Math.log10(to)); power++) {
    for (const factor of factors) {
      const tick = factor * 10 ** power;
      if (tick >= from * (1 - 1e-9) && tick <= to * (1 + 1e-9)) ticks.push(Number(tick.toPrecision(3)));
    }
  }
  return ticks;
}

function clean(value: number): number {
  return Number(value.toPrecision(10));
}
