import type { AnalysisOptions } from './analysis';
import type { SweepResults } from './sweep';

/** A figure as it stands on the screen. */
export interface ReportFigure {
  title: string;
  /** What is drawn, in a line. */
  note: string;
  /** A whole SVG document that needs no style sheet. */
  svg: string;
}

export interface ReportOptions extends AnalysisOptions {
  figures: ReportFigure[];
}

export interface ReportLab {
  /** A sweep as one HTML page that needs nothing beside itself: figures, tables, specification, adapters, versions, licences. */
  report(results: SweepResults, options: ReportOptions): Promise<string>;
  /** Every cell, a line each: what it is of, its row, what measured it. */
  cellsCsv(results: SweepResults): Promise<string>;
}
