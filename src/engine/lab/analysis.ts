import type { AnalysisLab, AnalysisOptions } from '../../protocol/analysis';
import type { ReportLab } from '../../protocol/report';
import type { SweepResults } from '../../protocol/sweep';
import { analyse as analyseResults } from '../analysis/analyse';
import { cellsCsv } from '../report/csv';
import { drawFigures } from '../report/figures/figures';
import { licencesOf } from '../report/licences';
import { renderReport } from '../report/report';
import { readSweepResults } from '../sweep/results';
import type { LoadedData } from './data';
import type { LabEnvironment } from './environment';

/** A turn for whatever waits in the worker: another verb, or the run that goes on. */
const letOthersWork = () => new Promise<void>((resolve) => setTimeout(resolve));

/** What a sweep's results say, on the screen and on paper. */
export function analysisVerbs({ fetchBundled }: Pick<LabEnvironment, 'fetchBundled'>, data: LoadedData): AnalysisLab & ReportLab {
  const analyse = async (results: SweepResults, options: AnalysisOptions) =>
    analyseResults(readSweepResults(results), options, letOthersWork);

  return {
    analyse,

    async report(results, { looks, ...options }) {
      const analysis = await analyse(results, options);
      const drawn = drawFigures(analysis, results.specification, {
        method: (id) => looks.methods[id],
        schedule: (id) => looks.schedules[id],
      });
      const { loaded } = data;
      const sources = loaded ? [loaded.vectors, loaded.dataset] : [];
      return renderReport(results, analysis, drawn, await licencesOf(results.specification, sources, fetchBundled));
    },

    cellsCsv: async (results) => cellsCsv(readSweepResults(results)),
  };
}
