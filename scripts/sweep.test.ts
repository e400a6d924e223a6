/**
 * What the page makes of sweeps, against the engine itself: it must specify a sweep as the engine would, and name a cell's group alike. It stands
 * here since the store may not know the engine.
 */
import fc from 'fast-check';
import { afterEach, describe, expect, it } from 'vitest';
import { fakeData } from '../src/client/testing/fake-catalogue';
import { groupKey as fakeGroupKey } from '../src/client/testing/fake-sweep';
import { catalogue as describeEngine } from '../src/engine/experiment/catalogue';
import { groupKey as engineGroupKey } from '../src/engine/sweep/keys';
import { validateSweep } from '../src/engine/sweep/specification';
import type { ParameterDescription } from '../src/protocol/catalogue';
import { openLink, writeLink } from '../src/store/link/link';
import { useLabStore } from '../src/store/store';
import { groupsOf } from '../src/store/sweep/groups';
import { settingsFor, widen } from '../src/store/sweep/specification';
import type { SweepSettings } from '../src/store/sweep/sweep';

const catalogue = describeEngine();
const experiment = catalogue.defaultSpecification;

const whole = (min: number, max: number) => fc.integer({ min, max });
const decimal = (min: number, max: number) => fc.double({ min, max, noNaN: true }).map((value) => value + 0);
const inside = (min: number, max: number) => fc.double({ min, max, noNaN: true, minExcluded: true, maxExcluded: true });
const maybe = <V>(value: fc.Arbitrary<V>) => fc.option(value, { nil: null });
const some = <V extends { id: string }>(all: readonly V[]) => fc.uniqueArray(fc.constantFrom(...all.map(({ id }) => id)), { minLength: 1 });
const parameter = ({ minimum, maximum, integer, default: usual }: ParameterDescription) =>
  fc.oneof(fc.constant(usual), integer ? whole(minimum, maximum) : decimal(minimum, maximum));
const schedules = fc
  .subarray([...catalogue.schedules], { minLength: 1, maxLength: 4 })
  .chain((all) =>
    fc.tuple(
      ...all.map(({ id, parameters }) =>
        fc
          .record(Object.fromEntries(parameters.map((one) => [one.name, parameter(one)])), { requiredKeys: [] })
          .map((given) => ({ id, parameters: given as Record<string, number> })),
      ),
    ),
  );

const settings: fc.Arbitrary<SweepSettings> = fc.record({
  tasks: maybe(fc.subarray(['sentiment', 'source'], { minLength: 1 })),
  models: maybe(some(catalogue.models)),
  schedules: maybe(schedules),
  methods: maybe(some(catalogue.methods)),
  rates: maybe(fc.uniqueArray(inside(0, 1), { minLength: 1, maxLength: 20 })),
  seeds: maybe(fc.uniqueArray(whole(0, 0xffffffff), { minLength: 1, maxLength: 20 })),
  epochs: maybe(whole(1, 1000)),
  learningRates: maybe(
    fc
      .dictionary(fc.constantFrom(...catalogue.methods.map(({ id }) => id)), fc.uniqueArray(inside(0, 10), { minLength: 1, maxLength: 20 }))
      .map((grids) => ({ ...grids })),
  ),
});

afterEach(() => useLabStore.setState(useLabStore.getInitialState(), true));

describe('a sweep as the page specifies it', () => {
  it('is what the engine makes of it, but for its size', () => {
    fc.assert(
      fc.property(settings, (given) => {
        const specification = widen(experiment, settingsFor(given, fakeData.dataset), catalogue);
        fc.pre(
          specification.tasks.length * specification.models.length * specification.schedules.length * specification.seeds.length < 100,
        );
        expect(specification).toEqual(validateSweep(specification));
      }),
      { numRuns: 150 },
    );
  });

  it('names groups as the engine does, and so does the fake lab', () => {
    fc.assert(
      fc.property(settings, (given) => {
        const specification = widen(experiment, given, catalogue);
        for (const [key, group] of groupsOf(specification)) {
          expect(key).toBe(engineGroupKey(group));
          expect(key).toBe(fakeGroupKey(group));
        }
      }),
      { numRuns: 50 },
    );
    const odd = {
      task: { dataset: { id: 'sha256:1', name: 'a/b' }, task: '50 %/x' },
      model: 'dan',
      schedule: { id: 'fixed', parameters: {} },
    };
    const specification = { ...widen(experiment, { ...initial(), seeds: [7] }, catalogue), tasks: [odd.task], schedules: [odd.schedule] };
    expect([...groupsOf(specification).keys()]).toEqual([engineGroupKey({ ...odd, seed: 7 })]);
  });
});

describe('a link', () => {
  it('gives the sweep’s settings back', () => {
    fc.assert(
      fc.property(settings, decimal(0, 1), (given, allowedLoss) => {
        const { sweep } = useLabStore.getInitialState();
        useLabStore.setState({ sweep: { ...sweep, settings: given, allowedLoss } });
        const { text } = writeLink(useLabStore.getState());
        useLabStore.setState(useLabStore.getInitialState(), true);
        const opened = openLink(text, { catalogue });
        opened.put();
        expect(opened.problems).toEqual([]);
        expect(useLabStore.getState().sweep.settings).toEqual(given);
        expect(useLabStore.getState().sweep.allowedLoss).toBe(allowedLoss);
      }),
      { numRuns: 100 },
    );
  });
});

function initial(): SweepSettings {
  return useLabStore.getInitialState().sweep.settings;
}
