import type { Marker } from './palette';

export interface ScatterPoint {
  x: number;
  y: number;
  /** Half the length of the error bar; null for none. */
  spread: number | null;
  label: string;
}

export interface ScatterSeries {
  id: string;
  label: string;
  color: string;
  dash: string;
  marker: Marker;
  points: readonly ScatterPoint[];
}

export interface ScatterFigureProps {
  series: readonly ScatterSeries[];
  xLabel: string;
  yLabel: string;
  xDomain: readonly [number, number];
  yDomain: readonly [number, number];
  formatX: (value: number) => string;
  formatY: (value: number) => string;
  height?: number;
}
