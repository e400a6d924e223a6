import type { RangeTestResult, RangeTestSpecification } from '../../protocol/race';
import type { Network } from '../plan/network';
import type { RunControl } from '../training/control';
import { Pace } from '../training/pace';
import { Course } from './course';
import { RangeCurve, risingRate } from './range-curve';
import type { RaceSetup } from './setup';

/**
 * The range test of Smith (WACV 2017): from the network's present weights, on the race's batches from a step on, with a rate that rises
 * exponentially. It may end early, where the smoothed loss has left for good. Afterwards weights, optimizer state and step counter are bit for bit
 * what they were.
 *
 * @param network whose losses have all been read
 * @throws Stopped when the control says so
 */
export async function testRange(
  network: Network,
  setup: RaceSetup,
  { from, to, steps }: Pick<RangeTestSpecification, 'from' | 'to' | 'steps'>,
  firstStep: number,
  control: RunControl,
): Promise<RangeTestResult> {
  const curve = new RangeCurve(steps);
  const course = new Course(setup);
  const pace = new Pace();
  const rateAt = risingRate(from, to, steps);
  const snapshot = network.snapshot();
  try {
    for (let done = 0; done < steps && !curve.ended; ) {
      await control.breathe();
      const first = firstStep + done;
      const count = Math.min(pace.stepsPerSubmit, steps - done, course.leftInEpoch(first), network.freeSlots);
      const rates = Array.from({ length: count }, (_, i) => rateAt(done + i));
      const startedAt = control.activeNow();
      network.trainEncoded(course.encode(network, first, count), rates, first);
      const losses = await network.readLosses();
      pace.measured(control.activeNow() - startedAt, count);
      // One by one: how many come with a read depends on the clock, and where the curve ends must not.
      losses.forEach((loss, i) => curve.add(rates[i], loss));
      done += count;
    }
  } finally {
    try {
      network.restore(snapshot);
    } finally {
      snapshot.free();
    }
  }
  return curve.result();
}
