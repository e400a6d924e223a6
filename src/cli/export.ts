import { accessSync, constants, existsSync, mkdirSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { LabError } from '../engine/errors';
import { modelId } from '../engine/experiment/last-run';
import type { Catalogue } from '../protocol/catalogue';
import type { ExportExample, ModelExport, TestPrediction } from '../protocol/export';
import type { Lab } from '../protocol/lab';
import type { ExperimentResults, ResultRow } from '../protocol/results';
import { outputPath } from './files';
import { badFlag, type ExportFlags } from './options';
import type { Terminal } from './terminal';

/** Methods that hold the embedding as two factors: the paper's, and those that this lab adds to it. */
function waysOfFactors({ methods }: Catalogue): Set<string> {
  return new Set(methods.filter(({ standing }) => standing === 'paper' || standing === 'ours').map(({ id }) => id));
}

/**
 * That the wanted formats are there, that a low-rank method will be run, and that the folder can be written to: asked before the work. Makes the folder.
 *
 * @throws LabError `bad-specification`, naming the flag
 */
export function checkExport({ formats, folder }: ExportFlags, methods: readonly string[], catalogue: Catalogue): void {
  const known = catalogue.exportFormats.map(({ id }) => id);
  for (const format of formats) {
    if (!known.includes(format)) throw badFlag(`--export ${format}: there is no such format. There is ${known.join(', ')}.`);
  }
  const ways = waysOfFactors(catalogue);
  if (!methods.some((id) => ways.has(id))) {
    throw badFlag('--export writes the best low-rank run, and --methods names no low-rank method.', `Add one of ${[...ways].join(', ')}.`);
  }
  const path = outputPath(folder);
  const remedy = 'Name a folder that may be written to; it is made where it is missing.';
  if (existsSync(path) && !statSync(path).isDirectory()) throw badFlag(`--export-dir ${folder}: that is no folder.`, remedy);
  try {
    mkdirSync(path, { recursive: true });
    accessSync(path, constants.W_OK | constants.X_OK);
  } catch {
    throw badFlag(`--export-dir ${folder}: nothing can be written to ${path}.`, remedy);
  }
}

/** A method at a rate, with its rows over the seeds. */
interface Candidate {
  rows: ResultRow[];
  validationAccuracy: number;
}

/**
 * The low-rank run that does best on validation, on average over its seeds; of equal ones the smaller. Only one that the first seed has finished has a
 * model.
 */
export function bestLowRank({ results, specification }: ExperimentResults, catalogue: Catalogue): (Candidate & { of: number }) | null {
  const ways = waysOfFactors(catalogue);
  const groups = new Map<string, ResultRow[]>();
  for (const row of results) {
    if (ways.has(row.method)) groups.set(modelId(row), [...(groups.get(modelId(row)) ?? []), row]);
  }
  const candidates = [...groups.values()]
    .filter(([first]) => first.seed === specification.seeds[0])
    .map((rows) => ({ rows, validationAccuracy: rows.reduce((sum, row) => sum + row.validationAccuracy, 0) / rows.length }))
    .sort((a, b) => b.validationAccuracy - a.validationAccuracy || a.rows[0].bytes - b.rows[0].bytes);
  return candidates.length === 0 ? null : { ...candidates[0], of: candidates.length };
}

/**
 * Writes the best low-rank run in each format, in a folder of its own, with the lines that use it, and `predictions.json`.
 *
 * @throws LabError `no-data` where no low-rank run was finished
 */
export async function writeExports(
  lab: Lab,
  { formats, folder }: ExportFlags,
  results: ExperimentResults,
  { catalogue, terminal }: { catalogue: Catalogue; terminal: Terminal },
): Promise<void> {
  const { progress } = terminal;
  const best = bestLowRank(results, catalogue);
  if (best === null) {
    throw new LabError(
      'no-data',
      'No low-rank run was finished, so there is nothing to export.',
      'Take a rate that a low-rank method reaches.',
    );
  }
  const [row] = best.rows;
  const id = modelId(row);
  const runs = best.of === 1 ? 'the only low-rank run' : `the best of ${best.of} low-rank runs`;
  const seeds = best.rows.length === 1 ? '' : ` on average over ${best.rows.length} seeds`;
  progress.say(
    `Exporting ${id}, seed ${row.seed}: ${runs}, with a validation accuracy of ${(100 * best.validationAccuracy).toFixed(1)} %${seeds}.`,
  );
  for (const format of formats) {
    const written = await lab.exportModel(id, format);
    const path = join(outputPath(folder), format);
    const count = writeFiles(path, written);
    progress.say(
      `Written to ${path}: ${count.toLocaleString('en')} bytes, of which the network has ${written.networkBytes.toLocaleString('en')}.`,
    );
  }
  const path = join(outputPath(folder), 'predictions.json');
  writeFileSync(path, predictionsText(await lab.testPredictions(id)));
  progress.say(`Written to ${path}`);
}

/** @returns bytes of the export's own files */
function writeFiles(folder: string, { files, examples }: ModelExport): number {
  for (const { path, bytes } of files) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), bytes);
  }
  for (const { name, code } of namedExamples(examples)) writeFileSync(join(folder, name), code);
  return files.reduce((sum, { bytes }) => sum + bytes.length, 0);
}

const endings = { python: 'py', javascript: 'mjs' };

/** `use.py`, `use.mjs`; a second one of the same language is `use-2`. */
function namedExamples(examples: readonly ExportExample[]): { name: string; code: string }[] {
  return examples.map(({ language, code }, i) => {
    const before = examples.slice(0, i).filter((other) => other.language === language).length;
    return { name: `use${before === 0 ? '' : `-${before + 1}`}.${endings[language]}`, code };
  });
}

/** JSON with a line a sentence. */
function predictionsText(predictions: readonly TestPrediction[]): string {
  return `[\n${predictions.map((prediction) => JSON.stringify(prediction)).join(',\n')}\n]\n`;
}
