import { writeFileSync } from 'node:fs';
import type { Catalogue } from '../protocol/catalogue';
import type { ColumnChoice, DataReport, SourceInput } from '../protocol/data';
import type { LabEvent } from '../protocol/events';
import type { Lab } from '../protocol/lab';
import type { ExperimentPlan } from '../protocol/plan';
import type { Conclusion, ExperimentResults } from '../protocol/results';
import { checkExport, writeExports } from './export';
import { checkOutput, outputPath } from './files';
import { hostsOf, nameOf, openSources } from './inputs';
import { badFlag, type CommandLineOptions } from './options';
import { profileTable } from './profile';
import type { ProgressLine } from './progress';
import { chooseSettings, chosen, specify } from './specification';
import { floorLine, resultsTable } from './table';
import type { Terminal } from './terminal';

/** Loads what the flags name; the bundled set stands in for the rest. */
export async function loadData(lab: Lab, options: CommandLineOptions, { progress }: Terminal): Promise<DataReport> {
  const onProgress = progress.load.bind(progress);
  const embeddings = options.embeddings === undefined ? null : await openSources('embeddings', options.embeddings);
  const data = options.data === undefined ? null : await openSources('data', options.data);
  for (const host of hostsOf([...(embeddings ?? []), ...(data ?? [])])) progress.say(`Fetching from ${host}.`);
  // The bundled set stands in for whatever isn't given, and is read in a moment.
  let report = await lab.loadBundled(onProgress);
  // The data set first: a table may be cut to its words.
  if (data) report = await lab.loadDataset(data, await flaggedColumns(lab, data, options), onProgress);
  if (embeddings) report = await lab.loadEmbeddings(embeddings, { keep: options.keep, tensor: options.tensor ?? null }, onProgress);
  return report;
}

function flaggedColumns(lab: Lab, inputs: SourceInput[], options: CommandLineOptions): Promise<ColumnChoice> {
  const { textColumn: text, labelColumn: label, splitColumn: split, tokenizer } = options;
  return chooseColumns(lab, inputs, { text, label, split, tokenizer }, (column, name) => `--${column}-column ${name}`);
}

/**
 * The columns that were named, and for the others those that are guessed.
 *
 * @param called how a message calls a column that was named
 * @throws LabError `bad-specification` where there is no such column
 */
export async function chooseColumns(
  lab: Lab,
  inputs: SourceInput[],
  wanted: Partial<ColumnChoice>,
  called: (column: 'text' | 'label' | 'split', name: string) => string,
): Promise<ColumnChoice> {
  const { columns, guess } = await lab.previewDataset(inputs);
  for (const column of ['text', 'label', 'split'] as const) {
    const name = wanted[column] ?? null;
    if (name === null || columns.includes(name)) continue;
    throw badFlag(`${called(column, name)}: ${nameOf(inputs)} has no such column. It has ${columns.join(', ')}.`);
  }
  return {
    text: wanted.text ?? guess.text,
    label: wanted.label ?? guess.label,
    split: wanted.split ?? guess.split,
    tokenizer: wanted.tokenizer,
  };
}

/** What is wrong with the data, and what it is. */
export function sayData({ embeddings, dataset }: DataReport, task: string, progress: ProgressLine): void {
  for (const { message, count, firstLines, unit = 'line' } of [...embeddings.warnings, ...dataset.warnings]) {
    const places = firstLines.length > 0 ? ` (${count} times, first in ${unit} ${firstLines.join(', ')})` : '';
    progress.say(`Warning: ${message}${places}`);
  }
  const { leakedTexts } = dataset;
  if (leakedTexts)
    progress.say(`Warning: texts in more than one split: ${leakedTexts}. What is learned by heart there counts as understood.`);
  progress.say(
    `${embeddings.source.name}: ${embeddings.words} words, ${embeddings.dimension} dimensions. ` +
      `${dataset.source.name}: ${dataset.sentences} sentences, task ${task}.`,
  );
}

/** The last events of a run: its plan comes first, its conclusion last. */
class Findings {
  plan: ExperimentPlan | null = null;
  conclusion: Conclusion | null = null;
  results: ExperimentResults | null = null;
  /** Methods without a row, and why. */
  private readonly failed: string[] = [];
  outcome: 'complete' | 'stopped' | 'failed' = 'complete';

  fold(events: readonly LabEvent[]): void {
    for (const event of events) {
      if (event.kind === 'started') this.plan = event.plan;
      if (event.kind === 'method-failed') this.failed.push(`Seed ${event.seed}: ${event.message}`);
      if (event.kind === 'finished') {
        this.conclusion = event.conclusion;
        this.outcome = event.outcome;
        this.results = event.results;
      }
    }
  }

  /** Why a method has no row at a rate. */
  notes({ methods }: Catalogue): string[] {
    const label = (id: string) => methods.find((method) => method.id === id)?.label ?? id;
    const unreachable = (this.plan?.methods ?? [])
      .filter(({ unreachable }) => unreachable !== null)
      .map(({ method, requestedRate, unreachable }) => `${label(method)} at ${100 * (requestedRate ?? 0)} %: ${unreachable}`);
    return [...unreachable, ...this.failed];
  }
}

/**
 * Runs the experiment that the flags ask for: loads, trains, prints the table, and writes the results where `--out` says and the
 * best low-rank model where `--export-dir` does.
 *
 * @throws LabError, or a `LabFailure` of the lab's, where the input can't be used
 */
export async function runExperiment(
  lab: Lab,
  opened: Awaited<ReturnType<Lab['open']>>,
  options: CommandLineOptions,
  terminal: Terminal,
): Promise<void> {
  const { catalogue, device } = opened;
  const { progress, print } = terminal;
  progress.say(`${device.backend === 'webgpu' ? 'WebGPU' : 'CPU backend'}: ${device.name}. ${device.reason}`);
  const settings = chooseSettings(options, catalogue);
  chosen('tokenizer', options.tokenizer, catalogue.tokenizers, '');
  if (options.out !== undefined) checkOutput(options.out);
  if (options.export) checkExport(options.export, settings.methods, catalogue);
  const data = await loadData(lab, options, terminal);
  const specification = specify(settings, data, options.task, catalogue.defaultSpecification.task);
  sayData(data, specification.task, progress);
  const findings = new Findings();
  const report = () => {
    progress.clear();
    const { results } = findings;
    if (!results || (results.results.length === 0 && findings.outcome === 'failed')) return;
    print(resultsTable(results.results, catalogue));
    const floor = floorLine(results.results);
    if (floor) print(floor);
    for (const note of findings.notes(catalogue)) print(note);
    if (findings.outcome !== 'complete') print('\nNot all was run: the table has what was finished until then.');
    if (findings.conclusion) print(`\n${findings.conclusion.claim}\n${findings.conclusion.caution}`);
    if (options.profile && results.profile) print(`\n${profileTable(results.profile)}`);
    if (options.out !== undefined) {
      const path = outputPath(options.out);
      writeFileSync(path, `${JSON.stringify(results, null, 2)}\n`);
      progress.say(`Written to ${path}`);
    }
  };
  try {
    await lab.run(
      specification,
      (events) => {
        findings.fold(events);
        progress.events(events);
      },
      { splitSteps: options.profile },
    );
  } finally {
    // Also before the reason why a run broke off: what was finished is worth keeping.
    report();
  }
  if (options.export && findings.results) await writeExports(lab, options.export, findings.results, { catalogue, terminal });
}
