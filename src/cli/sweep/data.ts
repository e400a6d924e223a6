import type { DataReport, SourceInput } from '../../protocol/data';
import type { Lab } from '../../protocol/lab';
import type { SourceReference } from '../../protocol/specification';
import type { SweepSpecification, SweepTask } from '../../protocol/sweep';
import { chooseColumns, loadData, sayData } from '../experiment';
import { hostsOf, openSource } from '../inputs';
import { badFlag, type CommandLineOptions } from '../options';
import { chosenTask } from '../specification';
import type { Terminal } from '../terminal';
import type { NamedDataset, NamedEmbeddings, NamedTask, SweepFile } from './file';

/**
 * Loads what a sweep's file and the flags name, and says the sweep of it. Of several data sets all but the last are kept by the lab, which finds
 * them by their content.
 *
 * @throws LabError, or a `LabFailure` of the lab's, where something can't be used
 */
export async function loadSweep(lab: Lab, file: SweepFile, options: CommandLineOptions, terminal: Terminal): Promise<SweepSpecification> {
  if (file.embeddings && 'files' in file.embeddings && options.embeddings !== undefined) {
    throw badFlag('--embeddings is said by the file of --sweep.', 'Leave one of the two away.');
  }
  const loading = new Loading(lab, terminal, await loadData(lab, options, terminal), datasetsOf(file) > 1);
  await loading.keep();
  const fromFlags = loading.report;
  const tasks: SweepTask[] = [];
  for (const task of file.tasks) tasks.push(await loading.task(task, fromFlags));
  const embeddings = await loading.embeddings(file.embeddings);
  return { ...file.settings, tasks, embeddings };
}

/** How many data sets it has, the one of the flags among them. */
function datasetsOf({ tasks }: SweepFile): number {
  return new Set(tasks.map(({ dataset }) => readingOf(dataset))).size;
}

/** Tells one way to read a data set from another. */
function readingOf(dataset: NamedTask['dataset']): string {
  return JSON.stringify(dataset);
}

class Loading {
  /** By how they are read. */
  private readonly read = new Map<string, DataReport>();

  constructor(
    private readonly lab: Lab,
    private readonly terminal: Terminal,
    public report: DataReport,
    private readonly several: boolean,
  ) {}

  /** What is loaded stays at hand when another one is. */
  async keep(): Promise<void> {
    if (this.several) await this.lab.keep('dataset', this.onProgress);
  }

  async task({ dataset, task }: NamedTask, fromFlags: DataReport): Promise<SweepTask> {
    if (dataset && 'id' in dataset) {
      if (task === undefined) throw badFlag(`--sweep: the task of "${dataset.id}" is missing.`, 'Say which of its tasks is meant.');
      return { dataset, task };
    }
    const report = dataset ? await this.files(dataset) : fromFlags;
    const chosen = chosenTask(task, report, 'sentiment', (name) => `--sweep: “${name}” among its tasks`);
    sayData(report, chosen, this.terminal.progress);
    return { dataset: report.dataset.source, task: chosen };
  }

  async embeddings(wanted: SourceReference | NamedEmbeddings | null): Promise<SourceReference> {
    if (wanted === null) return this.report.embeddings.source;
    if ('id' in wanted) return wanted;
    if (wanted.keep.kind === 'dataset' && this.several) {
      throw badFlag(
        '--sweep: its embeddings keep the words of the data set, and it has several data sets.',
        'Keep all words, or the most frequent.',
      );
    }
    const { keep, tensor } = wanted;
    this.report = await this.lab.loadEmbeddings(await this.open(wanted.files), { keep, tensor }, this.onProgress);
    const { source, words, dimension } = this.report.embeddings;
    this.terminal.progress.say(`${source.name}: ${words} words, ${dimension} dimensions.`);
    return source;
  }

  private async files(dataset: NamedDataset): Promise<DataReport> {
    const reading = readingOf(dataset);
    const known = this.read.get(reading);
    if (known) return known;
    const inputs = await this.open(dataset.files);
    const columns = await chooseColumns(this.lab, inputs, dataset.columns, (column, name) => `--sweep: the ${column} column “${name}”`);
    this.report = await this.lab.loadDataset(inputs, columns, this.onProgress);
    this.read.set(reading, this.report);
    await this.keep();
    return this.report;
  }

  private async open(words: readonly string[]): Promise<SourceInput[]> {
    const inputs = await Promise.all(words.map((word) => openSource('sweep', word)));
    for (const host of hostsOf(inputs)) this.terminal.progress.say(`Fetching from ${host}.`);
    return inputs;
  }

  private readonly onProgress = (progress: Parameters<Terminal['progress']['load']>[0]) => this.terminal.progress.load(progress);
}
