import type { LaneRate, RaceEvent, RaceLab, RaceResults, RaceSpecification, RangeTestResult } from '../../protocol/race';
import { fakeDevice } from './fake-catalogue';
import { fakeRate } from './fake-schedules';

const STEPS_PER_EPOCH = 33;

/** Replays a believable race at once: each lane's loss falls by its own rate. */
export class FakeRace implements RaceLab {
  async race(specification: RaceSpecification, onEvents: (events: RaceEvent[]) => void): Promise<RaceResults> {
    const totalSteps = STEPS_PER_EPOCH * specification.epochs;
    const results: RaceResults = { specification, adapter: fakeDevice, versions: { fake: '1' }, rows: [], comparisons: [] };
    onEvents([{ kind: 'started', totalSteps, stepsPerEpoch: STEPS_PER_EPOCH, rank: 9, rate: 0.908 }]);
    for (const seed of specification.seeds) {
      onEvents([{ kind: 'seed-started', seed }]);
      for (const [i, lane] of specification.lanes.entries()) {
        const { learningRates } = await this.previewSchedules([lane.segments[0]], totalSteps);
        const [curve] = learningRates;
        const losses = curve.map((_, step) => 0.3 + 0.4 * Math.exp((-4 * step) / totalSteps) + 0.01 * i);
        const seconds = losses.map((_, step) => 0.01 * (step + 1));
        const accuracy = 0.84 - 0.01 * i;
        const row = { lane: lane.id, seed, finished: true, bestStep: totalSteps, macroF1: accuracy, testCount: 450 };
        results.rows.push({ ...row, validationAccuracy: accuracy, testAccuracy: accuracy });
        onEvents([
          { kind: 'steps', seed, lane: lane.id, firstStep: 0, learningRates: curve, losses, seconds },
          {
            kind: 'evaluated',
            seed,
            lane: lane.id,
            step: totalSteps,
            seconds: 0.01 * totalSteps,
            validationLoss: 0.4,
            validationAccuracy: accuracy,
          },
          { kind: 'row', row: results.rows[results.rows.length - 1] },
        ]);
      }
    }
    const conclusion = { claim: 'Lane a came out best on test.', caution: 'One seed proves nothing.' };
    onEvents([{ kind: 'finished', outcome: 'complete', results, conclusion }]);
    return results;
  }

  async changeLane() {}
  async forkLane() {}

  async rangeTest(): Promise<RangeTestResult> {
    const learningRates = Array.from({ length: 60 }, (_, i) => 1e-5 * 10 ** (i / 10));
    const losses = learningRates.map((rate) => 0.7 - 0.3 * Math.min(1, rate / 0.01) + rate ** 2);
    const proposal = { lower: 1e-3, upper: 1e-2 };
    return { learningRates, losses, smoothedLosses: losses, dropped: 0, proposal, reason: 'Where the loss falls.' };
  }

  async previewSchedules(rates: LaneRate[], totalSteps: number) {
    const steps = Array.from({ length: Math.min(600, totalSteps) }, (_, i) => Math.floor((i * totalSteps) / Math.min(600, totalSteps)));
    return { steps, learningRates: rates.map(({ schedule, peak }) => steps.map((step) => peak * fakeRate(schedule, totalSteps)(step))) };
  }
}
