import { createContext, useContext } from 'react';
import type { EndLabel } from './end-labels';
import type { LineSeries, Mark, Rule } from './line-figure.types';

/** What moves within a line figure's axes while those stand still. */
export interface DrawnLines {
  series: readonly LineSeries[];
  marks: readonly Mark[];
  /** Drawn with the axes; for what is placed beside them. */
  rules: readonly Rule[];
  endLabels: readonly EndLabel[];
}

/** Past the chart, not through it: a live line then costs what the line costs, not what a chart does. */
export const DrawnLinesContext = createContext<DrawnLines>({ series: [], marks: [], rules: [], endLabels: [] });

export const useDrawnLines = (): DrawnLines => useContext(DrawnLinesContext);
