import type { LineFigureProps } from './line-figure.types';
import type { ScatterFigureProps } from './scatter-figure.types';
import { useInTurn } from './turns';

/** The charting library is a third of the page: it comes after the first paint. */
const loadLine = () => import('./line-figure').then((module) => module.LineFigure);
const loadScatter = () => import('./scatter-figure').then((module) => module.ScatterFigure);

export function LineFigure(props: LineFigureProps) {
  const Lines = useInTurn<LineFigureProps>(loadLine);
  return Lines ? <Lines {...props} /> : <div style={{ height: props.height ?? 210 }} />;
}

export function ScatterFigure(props: ScatterFigureProps) {
  const Dots = useInTurn<ScatterFigureProps>(loadScatter);
  return Dots ? <Dots {...props} /> : <div style={{ height: props.height ?? 320 }} />;
}
