/**
 * `npm run make-evidence -- RESULTS...`: writes what files of sweeps say into docs/evidence.md, between its markers, a section a task and network, and their
 * figures beside it. The prose around the markers is written by hand.
 */
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { scheduleStyle, styleOf } from '../src/charts/palette';
import { readResultsFile } from '../src/cli/sweep/results-file';
import { analyse } from '../src/engine/analysis/analyse';
import { findMethod } from '../src/engine/compression/registry';
import { drawFigures, drawSchedules } from '../src/engine/report/figures/figures';
import type { Estimate, SweepAnalysis, SweepPoint } from '../src/protocol/analysis';
import type { SweepResults } from '../src/protocol/sweep';

const page = new URL('../docs/evidence.md', import.meta.url);
const folder = new URL('../docs/evidence/', import.meta.url);
const [begin, end] = ['<!-- evidence -->', '<!-- /evidence -->'];
/** Points of accuracy that a recommended model may lose. */
const allowedLoss = 0.005;

const percent = (fraction: number) => (100 * fraction).toFixed(1).replace(/^-0\.0$/, '0.0');

function spread({ mean, interval }: Estimate): string {
  return interval ? `${percent(mean)} (${percent(interval[0])} to ${percent(interval[1])})` : percent(mean);
}

/** A row a method and a column a rate: test accuracy, and the drop against the full table with its interval. */
function table(analysis: SweepAnalysis, setting: number): string {
  const points = analysis.points.filter((point) => point.setting === setting);
  const rates = [...new Set(points.flatMap(({ requestedRate }) => (requestedRate === null ? [] : [requestedRate])))].sort((a, b) => a - b);
  const cell = (point: SweepPoint | undefined) =>
    point ? `${percent(point.accuracy.mean)}, drop ${point.drop ? spread(point.drop) : '-'}; ${percent(point.rate)} % off` : '-';
  const line = (cells: string[]) => `| ${cells.join(' | ')} |`;
  const full = points.find(({ requestedRate }) => requestedRate === null);
  const methods = [...new Set(points.filter(({ requestedRate }) => requestedRate !== null).map(({ method }) => method))];
  return [
    full ? `Full table: ${spread(full.accuracy)} %, ${full.accuracy.seeds} seeds, ${Math.round(full.bytes / 1000)} kB.\n` : '',
    line(['test accuracy, %', ...rates.map((rate) => `${100 * rate} % asked`)]),
    line(['---', ...rates.map(() => '---')]),
    ...methods.map((method) =>
      line([
        findMethod(method).label,
        ...rates.map((rate) => cell(points.find((point) => point.method === method && point.requestedRate === rate))),
      ]),
    ),
  ].join('\n');
}

async function sectionOf(name: string, results: SweepResults): Promise<string> {
  const analysis = await analyse(results, { allowedLoss });
  // A sweep of schedules is read by what tells them apart: the figures of each alone would be many and alike.
  const manySchedules = results.specification.schedules.length > 1;
  const draw = manySchedules ? drawSchedules : drawFigures;
  const figures = draw(analysis, results.specification, { method: styleOf, schedule: scheduleStyle });
  const parts = analysis.settings.flatMap(({ task, model, schedule }, setting) => {
    const title = [task.task, model, ...(manySchedules ? [schedule.id] : [])].join(', ');
    return analysis.points.some((point) => point.setting === setting) ? [`### ${title}\n\n${table(analysis, setting)}`] : [];
  });
  figures.forEach(({ svg }, i) => {
    writeFileSync(new URL(`${name}-${i + 1}.svg`, folder), svg);
  });
  return [
    `## ${name}`,
    ...parts,
    ...figures.map(({ title, note }, i) => `![${title}. ${note}](evidence/${name}-${i + 1}.svg)`),
    '### The paper’s claims, here',
    ...analysis.verdicts.map(({ text, holds, sentence }) => `- **${holds}**: ${text} ${sentence}`),
    ...(analysis.controls === null ? [] : [analysis.controls]),
    '### Recommended',
    ...analysis.recommendations.map(({ sentence }) => `- ${sentence}`),
    analysis.caution,
    `Measured on ${results.adapters.map((adapter) => adapter.name).join(', ')}; ${Object.entries(results.versions)
      .map(([what, version]) => `${what} ${version}`)
      .join(', ')}.`,
  ].join('\n\n');
}

const files = process.argv.slice(2);
if (files.length === 0) throw new Error('Name the files of results, such as evidence.json.');
rmSync(folder, { recursive: true, force: true });
mkdirSync(folder, { recursive: true });
const sections: string[] = [];
for (const file of files) {
  const name = (file.split('/').pop() ?? file).replace(/\.json$/, '');
  sections.push(await sectionOf(name, readResultsFile('make-evidence', file)));
}
const text = readFileSync(page, 'utf8');
const [before, after] = [text.indexOf(begin), text.indexOf(end)];
if (before < 0 || after < before) throw new Error(`docs/evidence.md has no ${begin} ... ${end}.`);
writeFileSync(page, `${text.slice(0, before)}${begin}\n\n${sections.join('\n\n')}\n\n${text.slice(after)}`);
