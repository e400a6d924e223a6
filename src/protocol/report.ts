import type { AnalysisOptions } from './analysis';
import type { SweepResults } from './sweep';

/** A figure of a report. */
export interface ReportFigure {
  title: string;
  /** What is drawn, in a line. */
  note: string;
  /** A whole SVG document that needs no style sheet. */
  svg: string;
}

/** How a method or a schedule is drawn. */
export interface SeriesLook {
  /** `#RRGGBB` on a light surface. */
  light: string;
  dark: string;
  /** SVG `stroke-dasharray`; empty for a solid line. */
  dash: string;
  marker: string;
}

export interface ReportOptions extends AnalysisOptions {
  /** Of everything that the sweep names, by id: charts' palette, which the engine doesn't know. */
  looks: Record<'methods' | 'schedules', Record<string, SeriesLook>>;
}

export interface ReportLab {
  /** A sweep as one HTML page that needs nothing beside itself: figures, tables, specification, adapters, versions, licences. */
  report(results: SweepResults, options: ReportOptions): Promise<string>;
  /** Every cell, a line each: what it is of, its row, what measured it. */
  cellsCsv(results: SweepResults): Promise<string>;
}
