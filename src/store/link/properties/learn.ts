import type { LandscapeSpecification } from '../../../protocol/landscape';
import type { NumberLineSpecification } from '../../../protocol/number-line';
import { initialLearnSettings, type LearnSettings } from '../../learn';
import { write } from '../../store';
import { list, number, quote, type Reader, text } from '../readers';
import { type PropertyTable, section } from '../section';
import { laneIds, laneRate, writeLaneRate } from './shared';

const initial = initialLearnSettings;

const counting: PropertyTable<LearnSettings['counting']> = {
  vocabulary: {
    key: 'v',
    name: 'Counting: words',
    fallback: initial.counting.vocabulary,
    read: number({ minimum: 1, maximum: 10_000_000, integer: true }),
  },
  dimension: {
    key: 'd',
    name: 'Counting: dimension',
    fallback: initial.counting.dimension,
    read: number({ minimum: 1, maximum: 4096, integer: true }),
  },
  rank: {
    key: 'r',
    name: 'Counting: rank',
    fallback: initial.counting.rank,
    read: number({ minimum: 1, maximum: 4096, integer: true }),
  },
};

type LandscapeLane = LandscapeSpecification['lanes'][number];

const landscapeLanes: Reader<LandscapeLane[]> = (value, context) => {
  if (!Array.isArray(value)) return { problem: `${quote(value)} are no schedules` };
  let problem: string | undefined;
  const byId = new Map<string, LandscapeLane>();
  for (const one of value.slice(0, laneIds.length)) {
    const [given, ...rate] = Array.isArray(one) ? one : [];
    const id = laneIds.find((known) => known === given);
    const read = laneRate(rate, context);
    problem ??= id === undefined ? `${quote(given)} is no lane` : read.problem;
    if (id !== undefined && read.value && !byId.has(id)) byId.set(id, { id, ...read.value });
  }
  return byId.size > 0 ? { value: [...byId.values()], problem } : { problem: problem ?? 'there is no schedule' };
};

const landscape: PropertyTable<LandscapeSpecification> = {
  dimensions: {
    key: 'd',
    name: 'Landscape: dimensions',
    fallback: initial.landscape.dimensions,
    read: (value) => (value === 1 || value === 2 ? { value } : { problem: `${quote(value)} is neither 1 nor 2` }),
  },
  surface: { key: 's', name: 'Landscape: surface', fallback: initial.landscape.surface, read: text(100) },
  seed: {
    key: 'x',
    name: 'Landscape: seed',
    fallback: initial.landscape.seed,
    read: number({ minimum: 0, maximum: 0xffffffff, integer: true }),
  },
  lanes: {
    key: 'l',
    name: 'Landscape: schedules',
    fallback: initial.landscape.lanes,
    read: landscapeLanes,
    write: (lanes) => lanes.map(({ id, ...rate }) => [id, ...writeLaneRate(rate)]),
  },
  steps: {
    key: 't',
    name: 'Landscape: steps',
    fallback: initial.landscape.steps,
    read: number({ minimum: 10, maximum: 2000, integer: true }),
  },
  start: {
    key: 'a',
    name: 'Landscape: start',
    fallback: initial.landscape.start,
    read: list(number({ minimum: -1, maximum: 1 }), { least: 1, most: 2, repeats: true }),
  },
  noise: { key: 'n', name: 'Landscape: noise', fallback: initial.landscape.noise, read: number({ minimum: 0, maximum: 100 }) },
};

const projection: PropertyTable<LearnSettings['projection']> = {
  word: { key: 'w', name: 'Projection: word', fallback: initial.projection.word, read: text(200) },
  rank: {
    key: 'r',
    name: 'Projection: rank',
    fallback: initial.projection.rank,
    read: number({ minimum: 1, maximum: 4096, integer: true }),
  },
  tilt: {
    key: 't',
    name: 'Projection: tilt of the plane',
    fallback: initial.projection.tilt,
    read: (value, context) => {
      const { value: tilt, problem } = list(number({ minimum: -360, maximum: 360 }), { least: 2, most: 2, repeats: true })(value, context);
      return tilt ? { value: [tilt[0], tilt[1]] } : { problem };
    },
  },
};

const finite = number({ minimum: -1e9, maximum: 1e9 });

const numberLine: PropertyTable<NumberLineSpecification> = {
  values: {
    key: 'v',
    name: 'Number line: values',
    fallback: initial.numberLine.values,
    read: (value, context) => (value === 'table' ? { value } : list(finite, { least: 1, most: 1000, repeats: true })(value, context)),
  },
  quantizer: { key: 'q', name: 'Number line: choice of levels', fallback: initial.numberLine.quantizer, read: text(100) },
  levels: {
    key: 'l',
    name: 'Number line: levels',
    fallback: initial.numberLine.levels,
    read: number({ minimum: 2, maximum: 256, integer: true }),
  },
  probes: {
    key: 'p',
    name: 'Number line: numbers asked for',
    fallback: initial.numberLine.probes,
    read: list(finite, { least: 0, most: 20, repeats: true }),
  },
};

/** One section a piece of the Learn room. */
export const learn = [
  section({
    letter: 'c',
    title: 'the counting lesson',
    table: counting,
    get: (state) => state.learn.counting,
    put: (value) => write.learn('counting', value),
  }),
  section({
    letter: 'l',
    title: 'the landscape',
    table: landscape,
    get: (state) => state.learn.landscape,
    put: (value) => write.learn('landscape', value),
    mend: (value) =>
      value.start.length === value.dimensions
        ? null
        : {
            value: { ...value, start: Array.from({ length: value.dimensions }, (_, axis) => value.start[axis] ?? value.start[0]) },
            problem: `Landscape: start: it has ${value.start.length} coordinates where the surface has ${value.dimensions}.`,
          },
  }),
  section({
    letter: 'p',
    title: 'the projection',
    table: projection,
    get: (state) => state.learn.projection,
    put: (value) => write.learn('projection', value),
  }),
  section({
    letter: 'q',
    title: 'the number line',
    table: numberLine,
    get: (state) => state.learn.numberLine,
    put: (value) => write.learn('numberLine', value),
  }),
];
