import { useComputedColorScheme } from '@mantine/core';
import { memo } from 'react';
import { type Marker, type Scheme, type SeriesStyle, styleOf } from './palette';

export function useScheme(): Scheme {
  return useComputedColorScheme('light');
}

export function useStyles(): (method: string) => { color: string; dash: string; marker: Marker } {
  const scheme = useScheme();
  return (method) => resolve(styleOf(method), scheme);
}

function resolve(style: SeriesStyle, scheme: Scheme) {
  return { color: style[scheme], dash: style.dash, marker: style.marker };
}

/** The markers' outlines, in a box of 10 by 10. */
export const SHAPES: Record<Marker, string> = {
  circle: 'M5 1.4a3.6 3.6 0 1 0 .001 0Z',
  square: 'M1.8 1.8h6.4v6.4h-6.4Z',
  diamond: 'M5 .4 8.6 5 5 9.6 1.4 5Z',
  triangle: 'M5 1 9.2 8.6H.8Z',
  cross: 'M3.6.8h2.8v2.8h2.8v2.8H6.4v2.8H3.6V6.4H.8V3.6h2.8Z',
  star: 'M5 .3 6.2 3.6 9.7 3.7 6.9 5.9 7.9 9.3 5 7.3 2.1 9.3 3.1 5.9.3 3.7 3.8 3.6Z',
  wye: 'M3.7 9.2V5.7L.9 3.9 2.2 1.7 5 3.4 7.8 1.7 9.1 3.9 6.3 5.7V9.2Z',
};

/** The sign that stands for a series of points. */
export const MarkerSwatch = memo(function MarkerSwatch({ color, marker }: { color: string; marker: Marker }) {
  return (
    <svg width={12} height={12} viewBox="0 0 10 10" aria-hidden="true" focusable="false" style={{ flex: 'none' }}>
      <path d={SHAPES[marker]} fill={color} />
    </svg>
  );
});

interface LineSwatchProps {
  color: string;
  dash: string;
  width?: number;
  thickness?: number;
  opacity?: number;
}

/** The piece of line that stands for a series wherever its name is. */
export const LineSwatch = memo(function LineSwatch({ color, dash, width = 22, thickness = 2.5, opacity }: LineSwatchProps) {
  return (
    <svg width={width} height={10} viewBox={`0 0 ${width} 10`} aria-hidden="true" focusable="false" style={{ flex: 'none' }}>
      <line
        x1={0}
        y1={5}
        x2={width}
        y2={5}
        stroke={color}
        strokeWidth={thickness}
        strokeOpacity={opacity}
        strokeDasharray={dash || undefined}
      />
    </svg>
  );
});

export function MethodSwatch({ method, width }: { method: string; width?: number }) {
  const { color, dash } = useStyles()(method);
  return <LineSwatch color={color} dash={dash} width={width} />;
}
