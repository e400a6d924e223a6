import type { LaneSegment, LaneSpecification, RaceSpecification } from '../../../protocol/race';
import { write } from '../../store';
import { number, quote, type Reader } from '../readers';
import { type PropertyTable, section } from '../section';
import { epochs, laneIds, laneRate, seeds, share, trained, writeLaneRate } from './shared';

/** As many as the engine takes. */
const MOST_SEGMENTS = 1000;
const fromStep = number({ minimum: 0, maximum: 100_000_000, integer: true });

/** `[id, [fromStep, schedule, parameters, peak], ...]`: segments ascend from step 0. */
const lane: Reader<LaneSpecification> = (value, context) => {
  const [given, ...rest] = Array.isArray(value) ? value : [];
  const id = laneIds.find((known) => known === given);
  if (id === undefined) return { problem: `${quote(given)} is no lane` };
  let problem: string | undefined;
  const segments: LaneSegment[] = [];
  for (const one of rest.slice(0, MOST_SEGMENTS)) {
    const [first, ...rate] = Array.isArray(one) ? one : [];
    const step = fromStep(first, context);
    const read = laneRate(rate, context);
    problem ??= step.problem ?? read.problem;
    if (step.value === undefined || !read.value) continue;
    const last = segments.at(-1);
    if (last ? step.value > last.fromStep : step.value === 0) segments.push({ fromStep: step.value, ...read.value });
    else problem ??= `the steps of lane ${id} do not ascend from 0`;
  }
  return segments.length > 0 ? { value: { id, segments }, problem } : { problem: problem ?? `lane ${id} has no schedule` };
};

const lanes: Reader<LaneSpecification[]> = (value, context) => {
  if (!Array.isArray(value)) return { problem: `${quote(value)} are no lanes` };
  let problem: string | undefined;
  const byId = new Map<string, LaneSpecification>();
  for (const one of value.slice(0, laneIds.length)) {
    const read = lane(one, context);
    problem ??= read.problem;
    if (read.value && !byId.has(read.value.id)) byId.set(read.value.id, read.value);
  }
  return byId.size > 0 ? { value: [...byId.values()], problem } : { problem: problem ?? 'there is no lane' };
};

/** The highest rate of the raced method's own grid. */
const peak = 3e-3;

/** The experiment has the same properties: a sentence has to say whose it is about. */
const raced = Object.fromEntries(
  Object.entries(trained).map(([name, property]) => [name, { ...property, name: `Race: ${property.name.toLowerCase()}` }]),
) as typeof trained;

const table: PropertyTable<Omit<RaceSpecification, 'version'>> = {
  ...raced,
  rate: { key: 'r', name: 'Race: compression rate', fallback: 0.9, read: share },
  epochs: { key: 'e', name: 'Race: epochs', fallback: 24, read: epochs },
  seeds: { key: 'x', name: 'Race: seeds', fallback: [1, 2, 3], read: seeds },
  lanes: {
    key: 'l',
    name: 'Race: lanes',
    fallback: ['fixed', 'clr', 'calr'].map((id, i) => ({
      id: laneIds[i],
      segments: [{ fromStep: 0, schedule: { id, parameters: {} }, peak }],
    })),
    read: lanes,
    write: (all) => all.map(({ id, segments }) => [id, ...segments.map((segment) => [segment.fromStep, ...writeLaneRate(segment)])]),
  },
};

export const race = section({
  letter: 'r',
  title: 'the race',
  table,
  get: (state) => state.race.specification,
  put: (value) => write.raceSpecification({ version: 1, ...value }),
});
