import { writeFileSync } from 'node:fs';
import type { Catalogue } from '../protocol/catalogue';
import type { DataReport } from '../protocol/data';
import type { Lab } from '../protocol/lab';
import type { RaceEvent, RaceResults, RaceSpecification } from '../protocol/race';
import { loadData, sayData } from './experiment';
import { checkOutput, openFile, outputPath } from './files';
import { badFlag, type CommandLineOptions } from './options';
import { drawTable, spread } from './table';
import type { Terminal } from './terminal';

const header = ['Lane', 'Schedule', 'Peak', 'Seeds', 'Best step', 'Valid. %', 'Test %', 'Macro F1 %'];
const pairHeader = ['Pair', 'Difference pt', '95 % interval', 'p (Holm)', 'Seeds'];

type Finished = Extract<RaceEvent, { kind: 'finished' }>;

/** What a file may say of a race: the engine checks the values. */
type Said = Partial<RaceSpecification>;

/** The JSON of a race, as it is. */
async function readRace(path: string): Promise<Said> {
  const file = await openFile('race', path);
  const text = await file.text();
  try {
    const said: unknown = JSON.parse(text);
    if (typeof said === 'object' && said !== null && !Array.isArray(said)) return said;
  } catch {
    // Said below.
  }
  throw badFlag(`--race ${path}: that is no JSON object.`);
}

/** The race of a file on the loaded data; what the file leaves out is the default experiment's. */
function specifyRace(said: Said, { defaultSpecification: usual }: Catalogue, data: DataReport): RaceSpecification {
  const tasks = data.dataset.tasks.map(({ id }) => id);
  const { version, split, model, hidden, dropout, wordDropout, optimizer, batchSize, epochs, seeds } = usual;
  return {
    ...{ version, split, model, hidden, dropout, wordDropout, optimizer, batchSize, epochs, seeds },
    embeddings: data.embeddings.source,
    dataset: data.dataset.source,
    task: tasks.includes(usual.task) ? usual.task : tasks[0],
    rate: usual.rates[0],
    lanes: [],
    ...said,
  };
}

/** One line a lane; several seeds as mean ± sample standard deviation. */
export function raceTable({ specification, rows }: RaceResults): string {
  return drawTable(
    header,
    specification.lanes.map(({ id, segments }) => {
      const own = rows.filter(({ lane, finished }) => lane === id && finished);
      const last = segments[segments.length - 1];
      return [
        id,
        segments.length > 1
          ? `${last.schedule.id}, after ${segments.length - 1} ${segments.length === 2 ? 'change' : 'changes'}`
          : last.schedule.id,
        String(last.peak),
        String(own.length),
        [...new Set(own.map(({ bestStep }) => bestStep))].join(', ') || '-',
        spread(own.map(({ validationAccuracy }) => validationAccuracy)),
        spread(own.map(({ testAccuracy }) => testAccuracy)),
        spread(own.map(({ macroF1 }) => macroF1)),
      ];
    }),
  );
}

/** One line a pair of lanes. */
export function pairsTable({ comparisons }: RaceResults): string {
  const points = (fraction: number) => (100 * fraction).toFixed(1).replace(/^-0\.0$/, '0.0');
  return drawTable(
    pairHeader,
    comparisons.map(({ first, second, difference, interval, p, seeds }) => [
      `${first} - ${second}`,
      points(difference),
      interval ? `${points(interval[0])} to ${points(interval[1])}` : '-',
      p === null ? '-' : p < 0.001 ? '< 0.001' : p.toFixed(3),
      String(seeds),
    ]),
  );
}

/**
 * Runs the race of a file: prints its tables and its conclusion, and writes the results where `--out` says.
 *
 * @throws LabError, or a `LabFailure` of the lab's, where the input can't be used
 */
export async function runRace(
  lab: Lab,
  { catalogue, device }: Awaited<ReturnType<Lab['open']>>,
  options: CommandLineOptions,
  terminal: Terminal,
): Promise<void> {
  const { progress } = terminal;
  progress.say(`${device.backend === 'webgpu' ? 'WebGPU' : 'CPU backend'}: ${device.name}. ${device.reason}`);
  const said = await readRace(options.race ?? '');
  if (options.out !== undefined) checkOutput(options.out);
  const data = await loadData(lab, options, terminal);
  const specification = specifyRace(said, catalogue, data);
  sayData(data, specification.task, progress);
  const ends: Finished[] = [];
  try {
    await lab.race(specification, (events) => {
      ends.push(...events.filter((event) => event.kind === 'finished'));
      progress.events(events);
    });
  } finally {
    // Also before the reason why a race broke off: what was finished is worth keeping.
    progress.clear();
    for (const end of ends) report(end, options, terminal);
  }
}

function report({ results, conclusion, outcome }: Finished, { out }: CommandLineOptions, { print, progress }: Terminal): void {
  if (results.rows.length === 0 && outcome === 'failed') return;
  print(raceTable(results));
  if (results.comparisons.length > 0) print(`\n${pairsTable(results)}`);
  if (outcome !== 'complete') print('\nNot all was run: the table has the seeds that were finished until then.');
  print(`\n${conclusion.claim}\n${conclusion.caution}`);
  if (out !== undefined) {
    const path = outputPath(out);
    writeFileSync(path, `${JSON.stringify(results, null, 2)}\n`);
    progress.say(`Written to ${path}`);
  }
}
