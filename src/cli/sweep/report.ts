import { writeFileSync } from 'node:fs';
import { scheduleStyle, styleOf } from '../../charts/palette';
import { analyse } from '../../engine/analysis/analyse';
import { drawFigures } from '../../engine/report/figures/figures';
import { licencesOf } from '../../engine/report/licences';
import { renderReport } from '../../engine/report/report';
import type { Licence } from '../../engine/report/sections';
import type { AnalysisOptions } from '../../protocol/analysis';
import type { ReportFigure } from '../../protocol/report';
import type { SweepResults } from '../../protocol/sweep';
import { checkOutput, outputPath } from '../files';
import { fetchBundled } from '../node-lab';
import type { ReportFileOptions } from '../options';
import type { Terminal } from '../terminal';
import { readResultsFile } from './results-file';

/** In the page's own colours, which are data and no screen. */
const looks = { method: styleOf, schedule: scheduleStyle };

/** A sweep as one self-contained HTML page, its figures drawn without a browser. */
export async function sweepReport(results: SweepResults, options: AnalysisOptions, licences: readonly Licence[]): Promise<string> {
  const analysis = await analyse(results, options);
  return renderReport(results, analysis, drawFigures(analysis, results.specification, looks), licences);
}

/**
 * Writes the report of a file of results.
 *
 * @throws LabError `bad-specification` where the file can't be used, or the report can't be written
 */
export async function runReport({ file, out, allowedLoss }: ReportFileOptions, { progress }: Terminal): Promise<void> {
  checkOutput(out);
  const results = readResultsFile('report', file);
  const licences = await licencesOf(results.specification, [], fetchBundled);
  writeFileSync(outputPath(out), await sweepReport(results, { allowedLoss }, licences));
  progress.say(`${results.cells.length} cells. Written to ${out}`);
}

/** The same figures by themselves, each a whole SVG document. */
export async function sweepFigures(results: SweepResults, options: AnalysisOptions): Promise<ReportFigure[]> {
  return drawFigures(await analyse(results, options), results.specification, looks);
}
