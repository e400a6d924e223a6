/** More than a chart draws, so that what is picked from them still follows the shape. */
const MOST_BUCKETS = 512;

/**
 * The lowest and the highest value of each stretch of a log that grows. A step costs the same however long the log is: where there are too
 * many stretches, two neighbours become one. No extreme is lost, no value is averaged.
 */
export class RunningExtremes {
  /** Indices of the values, a stretch each; -1 where none of its values is finite. */
  private low: number[] = [];
  private high: number[] = [];
  private width = 1;
  private count = 0;

  constructor(private readonly mostBuckets = MOST_BUCKETS) {}

  /** Values taken in so far. */
  get length(): number {
    return this.count;
  }

  /** Takes in what the log has beyond the values taken before, up to `length`. */
  extend(values: readonly number[], length: number): void {
    for (; this.count < length; this.count++) {
      const bucket = Math.floor(this.count / this.width);
      if (bucket === this.mostBuckets) {
        this.halve(values);
        this.put(Math.floor(this.count / this.width), values);
      } else {
        this.put(bucket, values);
      }
    }
  }

  /** Indices of all extremes in their order, with the first and the last finite value. */
  indices(values: readonly number[]): number[] {
    const picked: number[] = [];
    for (let bucket = 0; bucket < this.low.length; bucket++) {
      const [first, second] = [this.low[bucket], this.high[bucket]].sort((a, b) => a - b);
      if (first < 0) continue;
      picked.push(first);
      if (second !== first) picked.push(second);
    }
    const last = this.count - 1;
    if (last >= 0 && Number.isFinite(values[last]) && picked.at(-1) !== last) picked.push(last);
    if (this.count > 0 && Number.isFinite(values[0]) && picked[0] !== 0) picked.unshift(0);
    return picked;
  }

  private put(bucket: number, values: readonly number[]): void {
    if (bucket === this.low.length) {
      this.low.push(-1);
      this.high.push(-1);
    }
    const value = values[this.count];
    if (!Number.isFinite(value)) return;
    if (this.low[bucket] < 0 || value < values[this.low[bucket]]) this.low[bucket] = this.count;
    if (this.high[bucket] < 0 || value > values[this.high[bucket]]) this.high[bucket] = this.count;
  }

  private halve(values: readonly number[]): void {
    const merge = (indices: number[], better: (a: number, b: number) => boolean) =>
      Array.from({ length: Math.ceil(indices.length / 2) }, (_, i) => {
        const [a, b] = [indices[2 * i], indices[2 * i + 1] ?? -1];
        if (a < 0 || b < 0) return Math.max(a, b);
        return better(values[b], values[a]) ? b : a;
      });
    this.low = merge(this.low, (b, a) => b < a);
    this.high = merge(this.high, (b, a) => b > a);
    this.width *= 2;
  }
}

export interface Log {
  readonly values: readonly number[];
  readonly length: number;
}

/**
 * Reads a growing log as points of a chart at a cost that does not grow with it: what was read of an array before is kept with the array.
 * An older, shorter version of a log is read anew.
 */
export function growingReader(mostBuckets = MOST_BUCKETS): (log: Log) => number[] {
  const known = new WeakMap<readonly number[], RunningExtremes>();
  return ({ values, length }) => {
    let extremes = known.get(values);
    if (!extremes || extremes.length > length) {
      extremes = new RunningExtremes(mostBuckets);
      known.set(values, extremes);
    }
    extremes.extend(values, length);
    return extremes.indices(values);
  };
}
