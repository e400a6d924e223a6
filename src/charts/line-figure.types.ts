import type { Point } from './decimate';

/** A point of a line, and within what it may lie. */
export interface LinePoint extends Point {
  low?: number;
  high?: number;
}

export interface LineSeries {
  id: string;
  label: string;
  points: readonly LinePoint[];
  color: string;
  dash: string;
  width?: number;
  opacity?: number;
  /** Few points, each of which counts: drawn as dots as well. */
  dots?: boolean;
  /** Not named in the tooltip: a raw line under its smoothed one. */
  silent?: boolean;
  /** A letter or two where the line ends. */
  endLabel?: string;
}

/** A single figure worth pointing at. */
export interface Mark {
  id: string;
  x: number;
  y: number;
  color: string;
  label?: string;
  /** `clear`: above or below, where no line is behind the words. */
  labelSide?: 'left' | 'right' | 'top' | 'clear';
}

/** A line across the plot, at an x or at a y. */
export interface Rule {
  id: string;
  x?: number;
  y?: number;
  label: string;
  color?: string;
  /** Of a line at an x, where the words stand: right of it (`insideTopLeft`) or left of it; where there is more room, if absent. */
  side?: 'insideTopLeft' | 'insideTopRight';
}

export interface LineFigureProps {
  series: readonly LineSeries[];
  marks?: readonly Mark[];
  rules?: readonly Rule[];
  xLabel: string;
  yLabel: string;
  xDomain: readonly [number, number];
  yDomain: readonly [number, number];
  /** Where the x axis has its ticks; round numbers where it is absent. */
  xTicks?: readonly number[];
  /** The x axis counts whole things: no tick lies between two of them. */
  xWhole?: boolean;
  xScale?: 'linear' | 'log';
  yScale?: 'linear' | 'log';
  formatX: (value: number) => string;
  formatY: (value: number) => string;
  /** For the axis, where a tick needs fewer digits than a figure. */
  formatYTick?: (value: number) => string;
  height?: number;
  yWidth?: number;
}
