import { parseArgs } from 'node:util';
import { LabError } from '../engine/errors';
import type { Keep } from '../protocol/data';
import type { BackendChoice } from '../protocol/device';
import type { SweepShare } from '../protocol/sweep';
import { type LandscapeFlags, landscapeFlags } from './landscape-flags';

/** What the flags say; what is undefined takes the default experiment's value. */
export interface CommandLineOptions {
  help: boolean;
  /** Paths or addresses, divided by commas: of a table, and of its words where they are apart. */
  embeddings?: string;
  /** Which words of the table are kept. */
  keep: Keep;
  /** Name of a tensor of the embeddings' file. */
  tensor?: string;
  /** Paths or addresses, divided by commas: of one file, or of one a split. */
  data?: string;
  /** Id of how the texts are cut. */
  tokenizer?: string;
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
  /** Path of a race's specification: it is run in place of an experiment. */
  race?: string;
  /** Path of a sweep's specification: it is run in place of an experiment. */
  sweep?: string;
  /** The share of the sweep that is run; all of it where there is none. */
  shard?: SweepShare;
  backend: BackendChoice;
  /** The landscape instead of the experiment, with its flags as they were typed. */
  landscape?: LandscapeFlags;
  /** Prints where the time went. */
  profile: boolean;
  /** Path of results.json. */
  out?: string;
  export?: ExportFlags;
}

/** What is written of the best low-rank run. */
export interface ExportFlags {
  /** Ids, as they were typed. */
  formats: string[];
  folder: string;
}

/** Flags that mean something only beside another one. */
const dependent = [
  ['text-column', 'data'],
  ['label-column', 'data'],
  ['split-column', 'data'],
  ['tokenizer', 'data'],
  ['keep', 'embeddings'],
  ['tensor', 'embeddings'],
] as const;
const whatOf = {
  'text-column': 'which column',
  'label-column': 'which column',
  'split-column': 'which column',
  tokenizer: 'how the texts',
  keep: 'which words',
  tensor: 'which tensor',
};

/** What the file of a race or a sweep says itself. */
const saidByFile = ['task', 'model', 'methods', 'rates', 'schedule', 'optimizer', 'epochs', 'seeds'] as const;

const remedy = 'npm run lab -- --help lists the flags and their values.';

/** A flag that can't be used. */
export function badFlag(message: string, what = remedy): LabError {
  return new LabError('bad-specification', message, what);
}

/** The items of a flag that takes several, each once. */
export function list(flag: string, value: string | undefined): string[] | undefined {
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
    keep: text,
    tensor: text,
    data: text,
    tokenizer: text,
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
    race: text,
    sweep: text,
    shard: text,
    backend: text,
    out: text,
    export: text,
    'export-dir': text,
    profile: { type: 'boolean' },
    landscape: { type: 'boolean' },
    ...landscapeFlags,
  } as const;
  const { values } = parsed(() => parseArgs({ args: parameters, options, strict: true, allowPositionals: false }));
  const landscape = landscapeOf(values);
  const backend = values.backend ?? 'auto';
  if (backend !== 'auto' && backend !== 'webgpu' && backend !== 'cpu') {
    throw badFlag(`--backend ${backend}: webgpu, cpu or auto is needed.`);
  }
  for (const [flag, of] of dependent) {
    if (values[flag] !== undefined && values[of] === undefined) {
      throw badFlag(`--${flag} says ${whatOf[flag]} of --${of} to read, and there is no --${of}.`);
    }
  }
  const file = values.race !== undefined ? 'race' : values.sweep !== undefined ? 'sweep' : null;
  if (file !== null) {
    const said = saidByFile.find((flag) => values[flag] !== undefined);
    if (said) throw badFlag(`--${said} is said by the file of --${file}.`, 'Leave one of the two away.');
    if (values.export !== undefined) throw badFlag(`--export is of the experiment, and means nothing beside --${file}.`);
    if (values.profile) throw badFlag(`--profile is of the experiment, and means nothing beside --${file}.`);
  }
  if (values.race !== undefined && values.sweep !== undefined) throw badFlag('--race and --sweep are two different works: one at a time.');
  const shard = shardOf(values.shard);
  if (shard && values.sweep === undefined) throw badFlag('--shard is a share of --sweep, and there is no --sweep.');
  if (shard && values.out === undefined) throw badFlag('--shard has no use without --out: the shares are merged from their files.');
  const epochs = numbers('epochs', values.epochs, 'one whole number from 1', isEpochs);
  if (epochs && epochs.length > 1) throw badFlag(`--epochs ${values.epochs}: one whole number from 1 is needed.`);
  return {
    help: values.help ?? false,
    embeddings: values.embeddings,
    keep: keep(values.keep),
    tensor: values.tensor,
    data: values.data,
    tokenizer: values.tokenizer,
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
    race: values.race,
    sweep: values.sweep,
    shard,
    backend,
    landscape,
    profile: values.profile ?? false,
    out: values.out,
    export: exportOf(values.export, values['export-dir']),
  };
}

/** Both flags or neither. */
function exportOf(formats: string | undefined, folder: string | undefined): ExportFlags | undefined {
  const wanted = list('export', formats);
  if (wanted === undefined && folder === undefined) return undefined;
  if (wanted === undefined) throw badFlag('--export-dir says where to write, and there is no --export to say what.');
  if (!folder) throw badFlag('--export says what to write, and there is no --export-dir to say where.');
  return { formats: wanted, folder };
}

/** The landscape's flags, where it is asked for: they mean nothing to the experiment, and the experiment's nothing to it. */
function landscapeOf(values: Record<string, string | boolean | undefined>): LandscapeFlags | undefined {
  const given = Object.keys(values);
  const own = given.filter((flag) => flag in landscapeFlags);
  if (!values.landscape) {
    if (own.length > 0) throw badFlag(`--${own[0]} is a flag of the landscape, and there is no --landscape.`);
    return undefined;
  }
  const other = given.find((flag) => !own.includes(flag) && !['landscape', 'out', 'help'].includes(flag));
  if (other !== undefined) throw badFlag(`--${other} is a flag of the experiment, and means nothing beside --landscape.`);
  return Object.fromEntries(own.map((flag) => [flag, values[flag]]));
}

/** What `merge FILE... --out FILE` says. */
export interface MergeOptions {
  files: string[];
  out: string;
}

/**
 * Reads the command line behind the word `merge`.
 *
 * @throws LabError `bad-specification`, naming what is missing
 */
export function parseMerge(parameters: string[]): MergeOptions {
  const options = { out: { type: 'string' } } as const;
  const { values, positionals } = parsed(() => parseArgs({ args: parameters, options, strict: true, allowPositionals: true }));
  if (positionals.length === 0) throw badFlag('merge: the files to join are missing, such as results-*.json.');
  if (values.out === undefined) throw badFlag('merge: --out is missing: where to write what comes of it.');
  return { files: positionals, out: values.out };
}

/** What `report FILE --out FILE` says. */
export interface ReportFileOptions {
  file: string;
  out: string;
  /** Fraction of accuracy that a recommended model may lose. */
  allowedLoss: number;
}

/**
 * Reads the command line behind the word `report`.
 *
 * @throws LabError `bad-specification`, naming what is missing
 */
export function parseReport(parameters: string[]): ReportFileOptions {
  const options = { out: { type: 'string' }, 'allowed-loss': { type: 'string', default: '1' } } as const;
  const { values, positionals } = parsed(() => parseArgs({ args: parameters, options, strict: true, allowPositionals: true }));
  if (positionals.length !== 1) throw badFlag('report: one file of results is needed, such as results.json.');
  if (values.out === undefined) throw badFlag('report: --out is missing: where to write the page.');
  const points = Number(values['allowed-loss']);
  if (!(points >= 0 && points <= 100)) {
    throw badFlag(`--allowed-loss ${values['allowed-loss']}: points of accuracy from 0 to 100 are needed, such as 0.5.`);
  }
  return { file: positionals[0], out: values.out, allowedLoss: points / 100 };
}

/** The first of n shares is 1/n, as with test runners. */
function shardOf(value: string | undefined): SweepShare | undefined {
  if (value === undefined) return undefined;
  const [, number, count] = /^(\d{1,6})\/(\d{1,6})$/.exec(value)?.map(Number) ?? [];
  if (number >= 1 && number <= count) return { index: number - 1, count };
  throw badFlag(`--shard ${value}: a share such as 1/4, from 1/4 to 4/4, is needed.`);
}

/** What `--keep` says; everything where it says nothing. */
function keep(value: string | undefined): Keep {
  if (value === undefined || value === 'all') return { kind: 'all' };
  if (value === 'dataset') return { kind: 'dataset' };
  const words = Number(value);
  if (/^\d+$/.test(value) && Number.isSafeInteger(words) && words >= 1) return { kind: 'most-frequent', words };
  throw badFlag(`--keep ${value}: all, dataset or a whole number of words from 1 is needed.`);
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
