import type { ExperimentSpecification } from '../../../protocol/specification';
import { write } from '../../store';
import { known, type LinkContext, list, record } from '../readers';
import { type PropertyTable, section } from '../section';
import { epochs, learningRate, schedule, seeds, share, trained, writeSchedule } from './shared';

const methodIds = ({ catalogue }: LinkContext) => catalogue.methods.map(({ id }) => id);
const grid = list(learningRate, { least: 1, most: 20 });

const table: PropertyTable<Omit<ExperimentSpecification, 'version'>> = {
  ...trained,
  methods: {
    key: 'm',
    name: 'Methods',
    fallback: ['full', 'low-rank', 'pre-compressed', 'pre-compressed-frozen', 'quantized-min-max', 'quantized-mse', 'codebook'],
    read: list(known('method', methodIds), { least: 0, most: 50 }),
  },
  rates: { key: 'r', name: 'Compression rates', fallback: [0.9], read: list(share, { least: 0, most: 20 }) },
  schedule: {
    key: 's',
    name: 'Learning-rate schedule',
    fallback: { id: 'calr', parameters: {} },
    read: schedule,
    write: writeSchedule,
  },
  epochs: { key: 'e', name: 'Epochs', fallback: 24, read: epochs },
  learningRates: {
    key: 'l',
    name: 'Learning rates to try',
    fallback: {},
    read: record((name, context) => (methodIds(context).includes(name) ? grid : null), 'method'),
  },
  seeds: { key: 'x', name: 'Seeds', fallback: [1], read: seeds },
};

export const experiment = section({
  letter: 'e',
  title: 'the experiment',
  table,
  get: (state) => state.specification,
  put: (value) => write.replaceSpecification({ version: 1, ...value }),
});
