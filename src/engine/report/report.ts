import type { SweepAnalysis } from '../../protocol/analysis';
import type { ReportFigure } from '../../protocol/report';
import type { SweepResults } from '../../protocol/sweep';
import { modelName } from '../analysis/names';
import { taskAndModelName } from '../analysis/settings';
import { count } from '../analysis/wording';
import { cellsCsv } from './csv';
import { escapeText } from './escape';
import { mostSettingsDrawn } from './figures/figures';
import { comparisonTable, figures, gapList, type Licence, pointTable, provenance, recommendations, verdicts } from './sections';
import { specificationScript } from './specification-script';
import { reportCss } from './style';

/** What the columns of p hold. */
const testsNote =
  'p (t): over seeds. p (McNemar): exact test over the test items that only one of the two got right. Holm: corrected for all comparisons of the sweep, each test by itself.';

/** Nothing is fetched and no script runs, whatever stands in the page. */
const policy = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'";

/**
 * A sweep as one HTML page that needs nothing beside itself: it opens offline, in light and in dark, sorts its tables without a script, prints, and
 * carries the sweep's specification (`readSpecification`). All text is escaped: names can come from a visitor's file.
 */
export function renderReport(
  results: SweepResults,
  analysis: SweepAnalysis,
  drawn: readonly ReportFigure[],
  licences: readonly Licence[] = [],
): string {
  const { specification, cells } = results;
  const [first] = analysis.settings;
  const about =
    specification.tasks.length === 1 && first
      ? `${first.task.dataset.name}, ${first.task.task}`
      : count(specification.tasks.length, 'task');
  const scope = [
    taskAndModelName(first, { ...specification, tasks: [] }) || specification.models.map(modelName).join(', '),
    count(specification.methods.length, 'method'),
    count(specification.rates.length, 'rate'),
    count(specification.schedules.length, 'schedule'),
    count(specification.seeds.length, 'seed'),
    `${cells.length} finished cells`,
  ].join(' · ');
  const section = (title: string, ...parts: string[]) => {
    const body = parts.join('');
    return body ? `<section><h2>${title}</h2>${body}</section>` : '';
  };
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="generator" content="Lowrank Lab ${escapeText(results.versions['lowrank-lab'] ?? '')}">
<title>Sweep: ${escapeText(about)}</title>
<style>${reportCss}</style>
</head>
<body>
<main>
<h1>What a sweep of ${escapeText(about)} says</h1>
<p class="soft">${escapeText(scope)}</p>
<p>${escapeText(analysis.caution)}</p>
${section('The paper’s claims', verdicts(analysis))}
${section('Recommended', recommendations(analysis))}
${section('Figures', figures(drawn), undrawn(analysis))}
${section('Each method at each rate', pointTable(analysis, results), gapList(results))}
${analysis.methods.length > 0 ? section('Methods against each other', comparisonTable('methods', `Paired at the same rate. ${testsNote}`, analysis.methods)) : ''}
${analysis.schedules.length > 0 ? section('Schedules against each other', comparisonTable('schedules', `Paired, all else the same. ${testsNote}`, analysis.schedules)) : ''}
${section('How to make it again', provenance(results, licences), `<details><summary>The sweep’s specification</summary><pre>${escapeText(JSON.stringify(specification, null, 2))}</pre></details>`, `<details><summary>Every cell, as CSV (${cells.length})</summary><pre>${escapeText(cellsCsv(results))}</pre></details>`)}
</main>
${specificationScript(specification)}
</body>
</html>
`;
}

function undrawn({ settings }: SweepAnalysis): string {
  return settings.length > mostSettingsDrawn
    ? `<p>Figures are of the first ${mostSettingsDrawn} of ${settings.length} settings; the tables have them all.</p>`
    : '';
}
