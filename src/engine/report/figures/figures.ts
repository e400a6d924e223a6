import type { SweepAnalysis } from '../../../protocol/analysis';
import type { ReportFigure } from '../../../protocol/report';
import type { SweepSpecification } from '../../../protocol/sweep';
import { groupBy } from '../../analysis/group-by';
import { methodName } from '../../analysis/names';
import { settingName, taskAndModelName } from '../../analysis/settings';
import { paperMethod } from '../../compression/registry';
import { accuracyAgainstBytes, pointsOf } from './accuracy-bytes';
import { dropByRate } from './drop-rate';
import type { LookOf } from './look';
import { methodRateMatrix } from './method-rate';
import { scheduleFigure } from './schedules';

/** How each kind of series is drawn: charts' palette. */
export interface FigureLooks {
  method: LookOf;
  schedule: LookOf;
}

/** Of more settings a page of figures is read by nobody: the tables have them all. */
export const mostSettingsDrawn = 24;

const named = (title: string, name: string) => (name ? `${title}: ${name}` : title);

/** Every figure of an analysis, without a browser: three a setting, and one a task and network where there are schedules to compare. */
export function drawFigures(analysis: SweepAnalysis, specification: SweepSpecification, looks: FigureLooks): ReportFigure[] {
  return [...drawSettings(analysis, specification, looks), ...drawSchedules(analysis, specification, looks)];
}

function drawSettings(analysis: SweepAnalysis, specification: SweepSpecification, looks: FigureLooks): ReportFigure[] {
  const figures = analysis.settings.slice(0, mostSettingsDrawn).flatMap((setting, index) => {
    const points = pointsOf(analysis, index);
    if (points.length === 0) return [];
    const name = settingName(setting, specification);
    const titles = ['Accuracy against bytes', 'Drop at each rate', 'Drop by method and rate'].map((title) => named(title, name));
    return [
      {
        title: titles[0],
        note: 'Test accuracy against the embedding’s bytes; means over seeds, with 95 % bands.',
        svg: accuracyAgainstBytes(points, titles[0], looks.method),
      },
      {
        title: titles[1],
        note: 'Test accuracy of the full table less the method’s, seed by seed; losses go down.',
        svg: dropByRate(points, titles[1], looks.method),
      },
      { title: titles[2], note: 'Mean drop in points: orange for a loss, blue for a gain.', svg: methodRateMatrix(points, titles[2]) },
    ];
  });
  return drawn(figures);
}

/** Schedules against each other under the paper's method, a figure a task and network; none where there is one schedule. */
export function drawSchedules(analysis: SweepAnalysis, specification: SweepSpecification, looks: FigureLooks): ReportFigure[] {
  const groups = groupBy([...analysis.settings.keys()], (index) => {
    const { task, model } = analysis.settings[index];
    return JSON.stringify([task.dataset.id, task.task, model]);
  });
  const figures = [...groups.values()].slice(0, mostSettingsDrawn).map((settings) => {
    const title = named(`Schedules under ${methodName(paperMethod.id)}`, taskAndModelName(analysis.settings[settings[0]], specification));
    return {
      title,
      note: 'Test accuracy under each schedule; means over seeds, with 95 % intervals.',
      svg: scheduleFigure(analysis, settings, paperMethod.id, title, looks.schedule),
    };
  });
  return drawn(figures);
}

/** Without those that there is nothing to draw for. */
function drawn(figures: readonly (Omit<ReportFigure, 'svg'> & { svg: string | null })[]): ReportFigure[] {
  return figures.flatMap(({ svg, ...rest }) => (svg === null ? [] : [{ ...rest, svg }]));
}
