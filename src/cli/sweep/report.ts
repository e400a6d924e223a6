import { scheduleStyle, styleOf } from '../../charts/palette';
import { analyse } from '../../engine/analysis/analyse';
import { drawFigures } from '../../engine/report/figures/figures';
import { renderReport } from '../../engine/report/report';
import type { Licence } from '../../engine/report/sections';
import type { AnalysisOptions } from '../../protocol/analysis';
import type { ReportFigure } from '../../protocol/report';
import type { SweepResults } from '../../protocol/sweep';

/** In the page's own colours, which are data and no screen. */
const looks = { method: styleOf, schedule: scheduleStyle };

/** A sweep as one self-contained HTML page, its figures drawn without a browser. */
export async function sweepReport(results: SweepResults, options: AnalysisOptions, licences: readonly Licence[]): Promise<string> {
  const analysis = await analyse(results, options);
  return renderReport(results, analysis, drawFigures(analysis, results.specification, looks), licences);
}

/** The same figures by themselves, each a whole SVG document. */
export async function sweepFigures(results: SweepResults, options: AnalysisOptions): Promise<ReportFigure[]> {
  return drawFigures(await analyse(results, options), results.specification, looks);
}
