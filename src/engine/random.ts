/**
 * The lab's only source of randomness: a counter-based integer hash, so that a value depends on what it is for (seed, stream, counter)
 * and never on the order of calls. The same three lines stand in WGSL (`randomWgsl`), and give the same bits there.
 *
 * The mixer is Wellons' `lowbias32` (https://nullprogram.com/blog/2018/07/31/).
 */
export function mix(value: number): number {
  let x = value >>> 0;
  x = Math.imul(x ^ (x >>> 16), 0x7feb352d);
  x = Math.imul(x ^ (x >>> 15), 0x846ca68b);
  return (x ^ (x >>> 16)) >>> 0;
}

/** What all elements of draw `step` under `seed` have in common: element `index` has the bits `mix(index + drawKey)`. */
export function drawKey(seed: number, step: number): number {
  return mix((step + mix(seed)) >>> 0);
}

/** 32 random bits for element `index` of draw `step` under `seed`. */
export function randomBits(seed: number, step: number, index: number): number {
  return mix((index + drawKey(seed, step)) >>> 0);
}

/** The same in WGSL: `fn randomBits(seed: u32, step: u32, index: u32) -> u32`. */
export const randomWgsl = /* wgsl */ `
fn mixBits(value: u32) -> u32 {
  var x = value;
  x = (x ^ (x >> 16u)) * 0x7feb352du;
  x = (x ^ (x >> 15u)) * 0x846ca68bu;
  return x ^ (x >> 16u);
}
fn randomBits(seed: u32, step: u32, index: u32) -> u32 {
  return mixBits(index + mixBits(step + mixBits(seed)));
}
`;

/** What a random value is drawn for; two purposes never share bits. */
export const streams = {
  split: 1,
  batchOrder: 2,
  wordDropout: 3,
  hiddenDropout: 4,
  weights: 5,
  unknownWords: 6,
  randomTable: 7,
  productQuantization: 8,
  landscape: 11,
  landscapeStarts: 14,
  landscapeNoise: 13,
  bootstrap: 15,
  overlapWords: 16,
} as const;

/** A seed of its own for one purpose under an experiment's seed. */
export function streamSeed(seed: number, stream: (typeof streams)[keyof typeof streams]): number {
  return mix((mix(seed) + Math.imul(stream, 0x9e3779b9)) >>> 0);
}

/** A sequence of random numbers from one seed. */
export class Random {
  private counter = 0;
  private readonly key: number;

  constructor(seed: number) {
    this.key = drawKey(seed, 0);
  }

  /** The next 32 bits. */
  bits(): number {
    return mix((this.counter++ + this.key) >>> 0);
  }

  /** Uniform in [0, 1), 53 bits. */
  uniform(): number {
    return ((this.bits() >>> 5) * 67108864 + (this.bits() >>> 6)) / 9007199254740992;
  }

  /** Standard normal (Box, Muller). */
  normal(): number {
    const radius = Math.sqrt(-2 * Math.log(1 - this.uniform()));
    return radius * Math.cos(2 * Math.PI * this.uniform());
  }

  /** A uniform integer in [0, bound). */
  integer(bound: number): number {
    return Math.floor(this.uniform() * bound);
  }

  /** Shuffles in place (Fisher, Yates). */
  shuffle<T extends { length: number; [index: number]: unknown }>(items: T): T {
    for (let i = items.length - 1; i > 0; i--) {
      const j = this.integer(i + 1);
      const kept = items[i];
      items[i] = items[j];
      items[j] = kept;
    }
    return items;
  }
}
