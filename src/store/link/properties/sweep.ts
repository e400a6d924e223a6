import type { ScheduleSpecification } from '../../../protocol/specification';
import { write } from '../../store';
import { ALLOWED_LOSS, type SweepSettings } from '../../sweep/sweep';
import { known, list, number, type Reader, record, text } from '../readers';
import { type PropertyTable, section } from '../section';
import { epochs, learningRate, schedule, seeds, share, writeSchedule } from './shared';

/** What is null follows the experiment of the same link. */
function orExperiments<V>(reader: Reader<V>): Reader<V | null> {
  return (value, context) => (value === null ? { value: null } : reader(value, context));
}

/** Lists of a sweep, as the engine bounds them or shorter; an empty one could not be run. */
const some = <V>(entry: Reader<V>, most: number) => orExperiments(list(entry, { least: 1, most }));
const grid = list(learningRate, { least: 1, most: 20 });

const distinctSchedules: Reader<ScheduleSpecification[]> = (value, context) => {
  const { value: all, problem } = list(schedule, { least: 1, most: 20 })(value, context);
  const ids = new Set<string>();
  return { value: all?.filter(({ id }) => !ids.has(id) && ids.add(id)), problem };
};

interface LinkedSweep extends SweepSettings {
  allowedLoss: number;
}

const table: PropertyTable<LinkedSweep> = {
  tasks: { key: 't', name: 'Sweep: tasks', fallback: null, read: some(text(200), 20) },
  models: {
    key: 'n',
    name: 'Sweep: networks',
    fallback: null,
    read: some(
      known('network', ({ catalogue }) => catalogue.models.map(({ id }) => id)),
      20,
    ),
  },
  schedules: {
    key: 's',
    name: 'Sweep: schedules',
    fallback: null,
    read: orExperiments(distinctSchedules),
    write: (all) => all?.map(writeSchedule),
  },
  methods: {
    key: 'm',
    name: 'Sweep: methods',
    fallback: null,
    read: some(
      known('method', ({ catalogue }) => catalogue.methods.map(({ id }) => id)),
      50,
    ),
  },
  rates: { key: 'r', name: 'Sweep: rates', fallback: null, read: some(share, 20) },
  seeds: { key: 'x', name: 'Sweep: seeds', fallback: null, read: orExperiments(seeds) },
  epochs: { key: 'e', name: 'Sweep: epochs', fallback: null, read: orExperiments(epochs) },
  learningRates: {
    key: 'l',
    name: 'Sweep: learning rates to try',
    fallback: null,
    read: orExperiments(record((name, { catalogue }) => (catalogue.methods.some(({ id }) => id === name) ? grid : null), 'method')),
  },
  allowedLoss: { key: 'a', name: 'Sweep: allowed loss', fallback: ALLOWED_LOSS, read: number({ minimum: 0, maximum: 1 }) },
};

export const sweep = section({
  letter: 's',
  title: 'the sweep',
  table,
  get: ({ sweep: { settings, allowedLoss } }) => ({ ...settings, allowedLoss }),
  put: ({ allowedLoss, ...settings }) => {
    write.sweepSettings(settings);
    write.sweepAllowedLoss(allowedLoss);
  },
});
