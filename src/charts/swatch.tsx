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

/** The piece of line that stands for a series wherever its name is. */
export const LineSwatch = memo(function LineSwatch({ color, dash, width = 22 }: { color: string; dash: string; width?: number }) {
  return (
    <svg width={width} height={10} viewBox={`0 0 ${width} 10`} aria-hidden="true" focusable="false" style={{ flex: 'none' }}>
      <line x1={0} y1={5} x2={width} y2={5} stroke={color} strokeWidth={2.5} strokeDasharray={dash || undefined} />
    </svg>
  );
});

export function MethodSwatch({ method, width }: { method: string; width?: number }) {
  const { color, dash } = useStyles()(method);
  return <LineSwatch color={color} dash={dash} width={width} />;
}
