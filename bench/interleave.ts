import { median } from './statistics';

/** One of those that do the same work. */
export interface Contender {
  name: string;
  /** Does the work once, or some times over; milliseconds of doing it once. */
  run(): Promise<number>;
  /** At most so many runs: for one that takes many times as long as the others. */
  most?: number;
}

export interface Measured {
  name: string;
  medianMs: number;
  runs: number;
}

/**
 * Lets all do their work in turn, round by round (ours, a peer, another peer, ours, ...), so that whatever else the machine does meanwhile
 * falls on all alike; a median each. What they need is to be ready, and run once, before.
 */
export async function interleave(contenders: readonly Contender[], rounds: number): Promise<Measured[]> {
  const times = contenders.map((): number[] => []);
  for (let round = 0; round < rounds; round++) {
    for (const [i, { run, most = rounds }] of contenders.entries()) {
      if (round < most) times[i].push(await run());
    }
  }
  return contenders.map(({ name }, i) => ({ name, medianMs: median(times[i]), runs: times[i].length }));
}

/** Repetitions that make a run of about `targetMs`, from a first run of one; so that a clock's grain and a read-back don't count. */
export function repetitionsFor(onceMs: number, targetMs: number, most: number): number {
  return Math.max(1, Math.min(most, Math.round(targetMs / Math.max(onceMs, 1e-3))));
}
