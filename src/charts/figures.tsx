import { lazy, Suspense } from 'react';
import type { LineFigureProps } from './line-figure.types';
import type { ScatterFigureProps } from './scatter-figure.types';

/** The charting library is a third of the page: it comes after the first paint. */
const loadLine = () => import('./line-figure').then((module) => ({ default: module.LineFigure }));
const loadScatter = () => import('./scatter-figure').then((module) => ({ default: module.ScatterFigure }));
const Lines = lazy(loadLine);
const Dots = lazy(loadScatter);

export function LineFigure(props: LineFigureProps) {
  return (
    <Suspense fallback={<div style={{ height: props.height ?? 210 }} />}>
      <Lines {...props} />
    </Suspense>
  );
}

export function ScatterFigure(props: ScatterFigureProps) {
  return (
    <Suspense fallback={<div style={{ height: props.height ?? 320 }} />}>
      <Dots {...props} />
    </Suspense>
  );
}
