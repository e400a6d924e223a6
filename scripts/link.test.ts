/**
 * Links against the engine itself: what a link opens to must be what the engine takes. It stands here since the store may not know the engine.
 */
import fc from 'fast-check';
import { afterEach, describe, expect, it } from 'vitest';
import { catalogue as describeEngine } from '../src/engine/experiment/catalogue';
import { validateSpecification } from '../src/engine/experiment/specification';
import { validateRace } from '../src/engine/race/specification';
import { completeParameters } from '../src/engine/schedules/registry';
import type { ParameterDescription } from '../src/protocol/catalogue';
import type { DataReport } from '../src/protocol/data';
import type { LaneRate, RaceSpecification } from '../src/protocol/race';
import type { ExperimentSpecification, ScheduleSpecification } from '../src/protocol/specification';
import { initialLearnSettings, type LearnSettings } from '../src/store/learn';
import { encode } from '../src/store/link/codec';
import { openLink, writeLink } from '../src/store/link/link';
import { defaultRace } from '../src/store/race/specification';
import { type LabState, useLabStore, write } from '../src/store/store';
import { hideableGroups, type TeacherSettings } from '../src/store/teacher';

const catalogue = describeEngine();
const context = { catalogue };
const defaults = catalogue.defaultSpecification;
const readyRace = defaultRace(catalogue);

/** A race in the state that the store would have. */
const racing = (specification: RaceSpecification): Pick<LabState, 'race'> => ({
  race: { ...useLabStore.getInitialState().race, specification },
});

afterEach(() => useLabStore.setState(useLabStore.getInitialState(), true));

// Numbers as controls give them: minus zero is written as zero.
const decimal = (min: number, max: number) => fc.double({ min, max, noNaN: true, minExcluded: false }).map((value) => value + 0);
const inside = (min: number, max: number) => fc.double({ min, max, noNaN: true, minExcluded: true, maxExcluded: true });
const whole = (min: number, max: number) => fc.integer({ min, max });
const distinct = <V>(value: fc.Arbitrary<V>, minLength: number, maxLength: number) => fc.uniqueArray(value, { minLength, maxLength });

const parameter = ({ minimum, maximum, integer }: ParameterDescription) => (integer ? whole(minimum, maximum) : decimal(minimum, maximum));
const schedule: fc.Arbitrary<ScheduleSpecification> = fc
  .constantFrom(...catalogue.schedules)
  .chain(({ id, parameters }) =>
    fc
      .record(Object.fromEntries(parameters.map((one) => [one.name, parameter(one)])), { requiredKeys: [] })
      .map((given) => ({ id, parameters: given as Record<string, number> })),
  );
const rate = inside(0, 10);
const laneRate: fc.Arbitrary<LaneRate> = fc.record({ schedule, peak: fc.oneof(rate, fc.constant(10)) });
const name = fc.string({ maxLength: 60, unit: 'grapheme' }).filter((text) => !/\p{Cc}/u.test(text));
const source = fc.record({ id: fc.stringMatching(/^sha256:[0-9a-f]{16}$/), name });
const split = fc.tuple(whole(1, 900), whole(1, 50), whole(1, 50)).map(([a, b, c]) => {
  const all = a + b + c;
  return { train: a / all, validation: b / all, test: c / all };
});
const ids = <V extends { id: string }>(all: readonly V[]) => fc.constantFrom(...all.map(({ id }) => id));

const trained = {
  embeddings: fc.oneof(source, fc.constant(defaults.embeddings)),
  dataset: fc.oneof(source, fc.constant(defaults.dataset)),
  task: name.filter((text) => text !== ''),
  split,
  model: ids(catalogue.models),
  hidden: whole(1, 1024),
  dropout: decimal(0, 0.95),
  wordDropout: decimal(0, 0.95),
  optimizer: ids(catalogue.optimizers),
  batchSize: whole(1, 1024),
};
const seeds = distinct(whole(0, 0xffffffff), 1, 40);
const specification: fc.Arbitrary<ExperimentSpecification> = fc.record({
  version: fc.constant(1 as const),
  ...trained,
  methods: distinct(ids(catalogue.methods), 0, catalogue.methods.length),
  rates: distinct(inside(0, 1), 0, 20),
  schedule,
  epochs: whole(1, 1000),
  learningRates: fc.dictionary(ids(catalogue.methods), distinct(rate, 1, 20)).map((grids) => ({ ...grids })),
  seeds,
});
const laneIds = ['a', 'b', 'c', 'd', 'e', 'f'];
const race: fc.Arbitrary<RaceSpecification> = fc.record({
  version: fc.constant(1 as const),
  ...trained,
  rate: inside(0, 1),
  epochs: whole(1, 1000),
  seeds,
  lanes: fc.uniqueArray(
    fc.record({
      id: fc.constantFrom(...laneIds),
      segments: fc.array(fc.tuple(whole(1, 1000), laneRate), { minLength: 1, maxLength: 5 }).map((all) => {
        let at = 0;
        return all.map(([step, one], i) => {
          if (i > 0) at += step;
          return { fromStep: at, ...one };
        });
      }),
    }),
    { selector: ({ id }) => id, minLength: 1, maxLength: 6 },
  ),
});
const learn: fc.Arbitrary<LearnSettings> = fc.record({
  counting: fc.record({ vocabulary: whole(10_000, 1_000_000), dimension: whole(50, 1000), rank: whole(1, 1000) }),
  landscape: fc.constantFrom(1 as const, 2 as const).chain((dimensions) =>
    fc.record({
      dimensions: fc.constant(dimensions),
      surface: fc.stringMatching(/^[a-z][a-z-]{0,20}$/),
      seed: whole(0, 0xffffffff),
      lanes: fc
        .uniqueArray(fc.tuple(fc.constantFrom(...laneIds), laneRate), { selector: ([id]) => id, minLength: 1, maxLength: 6 })
        .map((all) => all.map(([id, one]) => ({ id, ...one }))),
      steps: whole(10, 2000),
      start: fc.array(decimal(-1, 1), { minLength: dimensions, maxLength: dimensions }),
      noise: decimal(0, 2),
    }),
  ),
  projection: fc.record({
    word: name.filter((text) => text !== ''),
    rank: whole(1, 300),
    tilt: fc.tuple(decimal(-180, 180), decimal(-90, 90)),
  }),
  numberLine: fc.record({
    values: fc.oneof(fc.constant('table' as const), fc.array(decimal(-100, 100), { minLength: 1, maxLength: 30 })),
    quantizer: fc.constantFrom('min-max', 'mse', 'codebook'),
    levels: whole(2, 256),
    probes: fc.array(decimal(-100, 100), { maxLength: 20 }),
  }),
});
const teacher: fc.Arbitrary<TeacherSettings> = fc.record({
  hidden: distinct(fc.constantFrom(...hideableGroups.map(({ id }) => id)), 0, hideableGroups.length),
  presenter: fc.boolean(),
});

/** Loaded data, as far as a race goes by them. */
const loaded = {
  embeddings: { source: { id: 'bundled:other', name: 'Other' } },
  dataset: { source: { id: 'bundled:reviews', name: 'Reviews' }, tasks: [{ id: 'stars' }] },
} as DataReport;
const sourcesOf = ({ embeddings, dataset }: DataReport) => ({ embeddings: embeddings.source, dataset: dataset.source });

/** Opens a link on a page that is set to something else. */
function open(text: string) {
  useLabStore.setState(
    { ...useLabStore.getInitialState(), specification: { ...defaults, epochs: 999 }, ...racing({ ...readyRace, epochs: 999 }) },
    true,
  );
  const opened = openLink(text, context);
  opened.put();
  const { specification, race, learn, teacher } = useLabStore.getState();
  return { specification: specification!, race: race.specification!, learn, teacher, problems: opened.problems };
}

function isTaken({ specification, race, learn }: ReturnType<typeof open>): void {
  validateSpecification(specification);
  validateRace(race);
  const { landscape, numberLine, counting } = learn;
  for (const { schedule } of landscape.lanes) completeParameters(schedule);
  expect(landscape.start).toHaveLength(landscape.dimensions);
  expect(landscape.lanes.length).toBeGreaterThan(0);
  expect(numberLine.levels).toBeGreaterThanOrEqual(2);
  expect(counting.rank).toBeGreaterThanOrEqual(1);
}

describe('a link', () => {
  it('says nothing but what differs from the ready experiment, whose values are the table’s', () => {
    useLabStore.setState({ specification: defaults, ...racing(readyRace) });
    const { text, names } = writeLink(useLabStore.getState());
    expect(names).toEqual([]);
    expect(text.length).toBeLessThan(16);
    expect(open(text)).toEqual({
      specification: defaults,
      race: readyRace,
      learn: initialLearnSettings,
      teacher: useLabStore.getInitialState().teacher,
      problems: [],
    });
  });

  it('brings back any state that the controls can be in', () => {
    fc.assert(
      fc.property(specification, race, learn, teacher, (given, raced, pieces, hidden) => {
        validateSpecification(given);
        validateRace(raced);
        useLabStore.setState({ specification: given, ...racing(raced), learn: pieces, teacher: hidden });
        const { text } = writeLink(useLabStore.getState());
        expect(open(text)).toEqual({ specification: given, race: raced, learn: pieces, teacher: hidden, problems: [] });
      }),
      { numRuns: 150 },
    );
  });

  it('waits with the race until there is data, and then opens it on them', () => {
    useLabStore.setState({ specification: defaults, ...racing({ ...readyRace, epochs: 7 }) });
    const { text } = writeLink(useLabStore.getState());
    useLabStore.setState(useLabStore.getInitialState(), true);
    openLink(text, context).put();
    expect(useLabStore.getState().race.specification).toBeNull();
    write.raceData(catalogue, loaded);
    expect(useLabStore.getState().race.specification).toEqual({ ...readyRace, epochs: 7, task: 'stars', ...sourcesOf(loaded) });
  });

  it('says what it dropped of a race, and keeps the rest of its lanes', () => {
    const { race, problems } = open(
      encode([
        ['re', 0],
        [
          'rl',
          [
            ['a', [0, 'clr', { cycles: 3 }, 0.01], [40, 'fixed', {}, 0.02], [40, 'calr', {}, 0.02]],
            ['g', [0, 'fixed', {}, 0.1]],
          ],
        ],
      ]),
    );
    expect(race).toEqual({
      ...readyRace,
      lanes: [
        {
          id: 'a',
          segments: [
            { fromStep: 0, schedule: { id: 'clr', parameters: { cycles: 3 } }, peak: 0.01 },
            { fromStep: 40, schedule: { id: 'fixed', parameters: {} }, peak: 0.02 },
          ],
        },
      ],
    });
    expect(problems).toEqual([
      'Race: epochs: “0” is not a whole number from 1 to 1,000; the default stands.',
      'Race: lanes: the steps of lane a do not ascend from 0.',
    ]);
  });

  it('never throws and never gives what the engine refuses, however it was changed', () => {
    const edit = fc.record({ at: fc.double({ min: 0, max: 1, noNaN: true }), cut: whole(0, 6), put: fc.stringMatching(/^[\w.%-]{0,6}$/) });
    fc.assert(
      fc.property(specification, race, learn, fc.array(edit, { minLength: 1, maxLength: 4 }), (given, raced, pieces, edits) => {
        useLabStore.setState({ specification: given, ...racing(raced), learn: pieces });
        let { text } = writeLink(useLabStore.getState());
        for (const { at, cut, put } of edits) {
          const place = Math.floor(at * text.length);
          text = text.slice(0, place) + put + text.slice(place + cut);
        }
        isTaken(open(text));
      }),
      { numRuns: 200 },
    );
  });

  it('never gives what the engine refuses, whatever values its keys have', () => {
    // Every key that there is, with values of any kind, the checksum right: a link that somebody made by hand.
    const keys = [...'evdtspnhpwobmrslx']
      .flatMap((letter) => ['e', 'r', 'c', 'l', 'p', 'q', 't'].map((section) => section + letter))
      .concat('esp', 'rsp');
    const bad = fc.oneof(
      fc.jsonValue(),
      fc.constantFrom<unknown>(
        -1,
        0,
        1.5,
        1e300,
        1e12,
        'calr',
        ['calr', { cycles: 1e9, __proto__: 1, gamma: 0.5 }],
        [[]],
        [0.9, 2, 'x'],
        {
          full: [0],
        },
        [['a', [0, 'clr', {}, 0.1], [3, 'fixed', {}, 0.1], [3, 'calr', {}, 11]], ['a', [1, 'clr', {}, 0.1]], ['g']],
      ),
      fc.array(fc.oneof(decimal(-2, 2), fc.string())),
    );
    fc.assert(
      fc.property(fc.uniqueArray(fc.tuple(fc.constantFrom(...keys), bad), { selector: ([key]) => key, maxLength: 20 }), (entries) => {
        isTaken(open(encode(entries)));
      }),
      { numRuns: 500 },
    );
  });

  it('says by its name what was dropped, and why', () => {
    const { specification, problems } = open(
      encode([
        ['ee', 5000],
        ['em', ['low-rank', 'no-such-method', 'codebook']],
        ['es', ['calr', { cycles: 4, speed: 3 }]],
        ['er', [0.5, 1.5]],
        ['zz', 1],
        ['ld', 2],
      ]),
    );
    expect(specification).toMatchObject({
      epochs: 24,
      methods: ['low-rank', 'codebook'],
      schedule: { id: 'calr', parameters: { cycles: 4 } },
      rates: [0.5],
    });
    expect(problems).toEqual([
      'Settings that this version of the lab does not have were left out: zz.',
      'Methods: this lab has no method “no-such-method”.',
      'Compression rates: “1.5” is not a number between 0 and 1.',
      'Learning-rate schedule: this lab has no parameter of the schedule “calr” named “speed”.',
      'Epochs: “5000” is not a whole number from 1 to 1,000; the default stands.',
      'Landscape: start: it has 1 coordinates where the surface has 2.',
    ]);
  });

  it('is short: a usual one, and one with 8 seeds, 10 rates, all methods, grids of their own and a race of six changed lanes', () => {
    const usual: ExperimentSpecification = {
      ...defaults,
      methods: ['full', 'low-rank', 'pre-compressed', 'codebook'],
      rates: [0.5, 0.9],
      epochs: 12,
      seeds: [1, 2, 3],
      schedule: { id: 'clr', parameters: { cycles: 4 } },
    };
    const big: ExperimentSpecification = {
      ...usual,
      embeddings: { id: `sha256:${'0123456789abcdef'.repeat(2)}`, name: 'glove.840B.300d, first 200,000 words.txt' },
      dataset: { id: `sha256:${'fedcba9876543210'.repeat(2)}`, name: 'reviews of the year 2026, by stars.csv' },
      methods: catalogue.methods.map(({ id }) => id),
      rates: [0.5, 0.55, 0.6, 0.65, 0.7, 0.75, 0.8, 0.85, 0.9, 0.95],
      seeds: [11, 12, 13, 14, 15, 16, 17, 18],
      schedule: { id: 'calr', parameters: { cycles: 7, floor: 0.05, gamma: 0.85, restartCycles: 4, warmup: 100 } },
      learningRates: Object.fromEntries(
        catalogue.methods.map(({ id }, i) => [
          id,
          [1e-4, 3e-4, 1e-3, 3e-3, 1e-2, 3e-2].map((one) => Number((one * (1 + i / 10)).toPrecision(3))),
        ]),
      ),
    };
    // Six lanes, each changed four times while it ran.
    const changed: RaceSpecification = {
      ...readyRace,
      embeddings: big.embeddings,
      dataset: big.dataset,
      lanes: laneIds.map((id, i) => ({
        id,
        segments: [0, 1, 2, 3, 4].map((j) => ({
          fromStep: 37 * j,
          schedule: big.schedule,
          peak: Number((0.003 * (1 + i + j)).toPrecision(3)),
        })),
      })),
    };
    const lengthOf = (specification: ExperimentSpecification, raced: RaceSpecification) => {
      useLabStore.setState({ specification, ...racing(raced) });
      return writeLink(useLabStore.getState()).text.length;
    };
    expect(lengthOf(usual, readyRace)).toBeLessThan(200);
    expect(lengthOf(big, changed)).toBeLessThan(2000);
    console.info(`link lengths: usual ${lengthOf(usual, readyRace)}, big ${lengthOf(big, changed)}`);
  });
});
