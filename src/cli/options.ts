import { parseArgs } from 'node:util';
import { LabError } from '../engine/errors';
import type { BackendChoice } from '../protocol/device';

/** What the flags say; what is undefined takes the default experiment's value. */
export interface CommandLineOptions {
  help: boolean;
  /** Path of a GloVe text file. */
  embeddings?: string;
  /** Path of a CSV or TSV. */
  data?: string;
  task?: string;
  textColumn?: string;
  labelColumn?: string;
  splitColumn?: string;
  model?: string;
  /** Ids or families, as they were typed. */
  methods?: string[];
  rates?: number[];
  schedule?: string;
  optimizer?: string;
  epochs?: number;
  seeds?: number[];
  backend: BackendChoice;
  /** Path of results.json. */
  out?: string;
}

const remedy = 'npm run lab -- --help lists the flags and their values.';

/** A flag that can't be used. */
export function badFlag(message: string, what = remedy): LabError {
  return new LabError('bad-specification', message, what);
}

function list(flag: string, value: string | undefined): string[] | undefined {
  if (value === undefined) return undefined;
  const items = value.split(',').map((item) => item.trim());
  if (items.includes('')) throw badFlag(`--${flag} ${value}: there is nothing between two commas, or nothing at all.`);
  return [...new Set(items)];
}

function numbers(flag: string, value: string | undefined, what: string, accepts: (value: number) => boolean): number[] | undefined {
  return list(flag, value)?.map((item) => {
    const number = Number(item);
    if (!accepts(number)) throw badFlag(`--${flag} ${item}: ${what} is needed.`);
    return number;
  });
}

/** Seeds are 32 bits. */
const isSeed = (value: number) => Number.isInteger(value) && value >= 0 && value <= 0xffffffff;
const isRate = (value: number) => value > 0 && value < 1;
const isEpochs = (value: number) => Number.isInteger(value) && value >= 1;

/**
 * Reads the command line, as far as that can be done without the engine.
 *
 * @throws LabError `bad-specification`, naming the flag
 */
export function parseOptions(parameters: string[]): CommandLineOptions {
  const text = { type: 'string' } as const;
  const options = {
    help: { type: 'boolean', short: 'h' },
    embeddings: text,
    data: text,
    task: text,
    'text-column': text,
    'label-column': text,
    'split-column': text,
    model: text,
    methods: text,
    rates: text,
    schedule: text,
    optimizer: text,
    epochs: text,
    seeds: text,
    backend: text,
    out: text,
  } as const;
  const { values } = parsed(() => parseArgs({ args: parameters, options, strict: true, allowPositionals: false }));
  const backend = values.backend ?? 'auto';
  if (backend !== 'auto' && backend !== 'webgpu' && backend !== 'cpu') {
    throw badFlag(`--backend ${backend}: webgpu, cpu or auto is needed.`);
  }
  for (const flag of ['text-column', 'label-column', 'split-column'] as const) {
    if (values[flag] !== undefined && values.data === undefined) {
      throw badFlag(`--${flag} says which column of --data to read, and there is no --data.`);
    }
  }
  const epochs = numbers('epochs', values.epochs, 'one whole number from 1', isEpochs);
  if (epochs && epochs.length > 1) throw badFlag(`--epochs ${values.epochs}: one whole number from 1 is needed.`);
  return {
    help: values.help ?? false,
    embeddings: values.embeddings,
    data: values.data,
    task: values.task,
    textColumn: values['text-column'],
    labelColumn: values['label-column'],
    splitColumn: values['split-column'],
    model: values.model,
    methods: list('methods', values.methods),
    rates: numbers('rates', values.rates, 'a share above 0 and below 1, such as 0.9,', isRate),
    schedule: values.schedule,
    optimizer: values.optimizer,
    epochs: epochs?.[0],
    seeds: numbers('seeds', values.seeds, 'a whole number from 0', isSeed),
    backend,
    out: values.out,
  };
}

/** Node's own messages go on with advice on positional arguments, which there are none of: their first sentence is enough. */
function parsed<T>(parse: () => T): T {
  try {
    return parse();
  } catch (error) {
    const [sentence] = String(error instanceof Error ? error.message : error).split(/\.\s|\n/);
    throw badFlag(`${sentence.replace(/\.$/, '')}.`);
  }
}
