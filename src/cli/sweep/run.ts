import type { LabError } from '../../engine/errors';
import { keyOfCell, SweepLedger } from '../../engine/sweep/ledger';
import { differingVersion, sweepDifference } from '../../engine/sweep/merge';
import { validateSweep } from '../../engine/sweep/specification';
import { versions } from '../../engine/versions';
import type { Lab } from '../../protocol/lab';
import type { SweepEvent, SweepPlan, SweepResults, SweepSpecification } from '../../protocol/sweep';
import { checkOutput, outputPath } from '../files';
import { badFlag, type CommandLineOptions } from '../options';
import { type ProgressLine, resultLine, time } from '../progress';
import type { Terminal } from '../terminal';
import { loadSweep } from './data';
import { readSweepFile } from './file';
import { isThere, readResultsFile } from './results-file';
import { ResultsWriter } from './results-writer';
import { sweepTables } from './table';

/**
 * Runs the sweep of a file, or a share of it: writes finished cells where `--out` says, within seconds, goes on with what is there already, and prints a table
 * for each task, network and schedule.
 *
 * @returns whether all that was asked for was run
 * @throws LabError, or a `LabFailure` of the lab's, where the input can't be used
 */
export async function runSweepFile(
  lab: Lab,
  { catalogue, device }: Awaited<ReturnType<Lab['open']>>,
  options: CommandLineOptions,
  terminal: Terminal,
): Promise<'complete' | 'stopped'> {
  const { progress, print } = terminal;
  const { out, shard } = options;
  progress.say(`${device.backend === 'webgpu' ? 'WebGPU' : 'CPU backend'}: ${device.name}. ${device.reason}`);
  if (out !== undefined) checkOutput(out);
  const file = await readSweepFile(options.sweep ?? '', catalogue);
  const before = out !== undefined && isThere(out) ? readResultsFile('--out', out) : null;
  const specification = validateSweep(await loadSweep(lab, file, options, terminal));
  if (before) {
    refuseOther(before, specification, out ?? '');
    await lab.importSweep(before);
  }
  const book = new Book(new SweepLedger(specification, versions, before), progress, out, () => void lab.stop());
  try {
    await lab.runSweep(specification, (events) => book.fold(events), shard);
  } finally {
    // Also before the reason why a sweep broke off: what was finished is worth keeping.
    progress.clear();
    book.close();
    const tables = sweepTables(book.results(), catalogue);
    if (tables) print(tables);
    if (book.outcome !== 'complete') print('\nNot all was run: the tables have what was finished until then.');
    if (out !== undefined && book.isWritten) progress.say(`Written to ${outputPath(out)}`);
  }
  if (book.failure) throw book.failure;
  return book.outcome === 'complete' ? 'complete' : 'stopped';
}

/** A file that is there is gone on with, and never overwritten by another sweep. */
function refuseOther(before: SweepResults, specification: SweepSpecification, out: string): void {
  const difference = sweepDifference(specification, before.specification);
  if (difference) {
    const { field, values } = difference;
    throw badFlag(`--out ${out}: that is of another sweep: its "${field}" is ${values[1]}, and not ${values[0]}.`, 'Name another file.');
  }
  const version = differingVersion(versions, before.versions);
  if (version) {
    throw badFlag(`--out ${out}: another version computed it: ${version}.`, 'Name another file: the numbers of two versions may differ.');
  }
}

/** What the events tell: on the terminal, and in the file. */
class Book {
  outcome: 'complete' | 'stopped' | 'failed' = 'stopped';
  /** Why the file could not be written. */
  failure: LabError | null = null;
  private readonly writer: ResultsWriter | null;

  /** @param stop ends the sweep: what can't be written is not worth computing */
  constructor(
    private readonly ledger: SweepLedger,
    private readonly progress: ProgressLine,
    out: string | undefined,
    stop: () => void,
  ) {
    const failed = (error: unknown) => {
      const reason = error instanceof Error ? error.message : error;
      this.failure ??= badFlag(`--out ${out}: the results could not be written: ${reason}.`, 'Make room there, and start it again.');
      stop();
    };
    this.writer = out === undefined ? null : new ResultsWriter(out, () => ledger.results(), failed);
  }

  get isWritten(): boolean {
    return this.writer?.written ?? false;
  }

  /** Writes what is not written yet. */
  close(): void {
    this.writer?.close();
  }

  results(): SweepResults {
    return this.ledger.results();
  }

  fold(events: readonly SweepEvent[]): void {
    let changed = false;
    for (const event of events) {
      if (event.kind === 'sweep-started') {
        changed = true;
        this.progress.say(planLine(event.plan));
      } else if (event.kind === 'sweep-adapter') this.ledger.addAdapter(event.adapter);
      else if (event.kind === 'sweep-cell') {
        const isNew = !this.ledger.cell(keyOfCell(event.cell));
        this.ledger.addCell(event.cell);
        changed ||= isNew;
        if (isNew) this.progress.say(`${event.cell.group}: ${resultLine(event.cell.row)}`);
      } else if (event.kind === 'sweep-gap') {
        this.ledger.addGap(event.gap);
        changed = true;
      } else if (event.kind === 'sweep-device-lost') this.progress.say(`${event.message} Going on with another device.`);
      else if (event.kind === 'sweep-finished') this.outcome = event.outcome;
    }
    if (changed) this.writer?.changed();
    const last = events.findLast((event) => event.kind === 'sweep-progress');
    if (last?.kind === 'sweep-progress') this.progress.work(last.label, last.fraction, last.secondsLeft);
  }
}

function planLine({ groups, cells, finishedCells, gaps, steps, seconds }: SweepPlan): string {
  const done = finishedCells > 0 ? `, ${finishedCells} of them finished already` : '';
  const missing = gaps.length > 0 ? `; ${gaps.length} more can't be` : '';
  return `${groups} groups, ${cells} cells${done}${missing}. ${steps.toLocaleString('en')} training steps in all, about ${time(seconds)} for what is left.`;
}
