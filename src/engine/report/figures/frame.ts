import type { SeriesLook } from '../../../protocol/report';
import { escapeText } from '../escape';
import { dashOf, seriesCss } from './look';
import { marker } from './marker';

/** A figure's own coordinates, in pixels; where its plot lies in them. */
export const size = { width: 800, height: 420 };
export const plot = { left: 62, right: 540, top: 16, bottom: 368 };

export interface Tick {
  at: number;
  label: string;
}

export interface Frame {
  title: string;
  xLabel: string;
  yLabel: string;
  xTicks: readonly Tick[];
  yTicks: readonly Tick[];
  series: readonly { label: string; look: SeriesLook }[];
  /** Beneath the names of the series: what else is drawn. */
  notes: readonly string[];
  body: string;
}

/** Text, lines and surface of every figure, in both themes. */
const themeCss =
  'svg{font:12px system-ui,sans-serif;color:#1f2630}.ink{fill:currentColor}.surface{fill:#fff}.grid{stroke:#d5dae1}.soft{fill:#566070}' +
  '@media (prefers-color-scheme:dark){svg{color:#e6eaf0}.surface{fill:#14181d}.grid{stroke:#39424e}.soft{fill:#a7b0bc}}';

/** One whole SVG document that needs nothing beside itself: axes, grid, legend and what is drawn between. */
export function drawFrame({ title, xLabel, yLabel, xTicks, yTicks, series, notes, body }: Frame): string {
  const { left, right, top, bottom } = plot;
  const grid = [
    ...xTicks.map(
      ({ at, label }) =>
        `<line class="grid" x1="${at.toFixed(1)}" x2="${at.toFixed(1)}" y1="${top}" y2="${bottom}"/>` +
        `<text class="soft" x="${at.toFixed(1)}" y="${bottom + 17}" text-anchor="middle">${escapeText(label)}</text>`,
    ),
    ...yTicks.map(
      ({ at, label }) =>
        `<line class="grid" x1="${left}" x2="${right}" y1="${at.toFixed(1)}" y2="${at.toFixed(1)}"/>` +
        `<text class="soft" x="${left - 7}" y="${(at + 4).toFixed(1)}" text-anchor="end">${escapeText(label)}</text>`,
    ),
  ];
  const legend = series.map(({ label, look }, i) => {
    const y = top + 8 + 19 * i;
    return (
      `<g class="s${i}"><line x1="${right + 14}" x2="${right + 44}" y1="${y}" y2="${y}" stroke="currentColor" stroke-width="2"${dashOf(look)}/>` +
      `${marker(look.marker, right + 29, y)}</g><text class="ink" x="${right + 50}" y="${y + 4}">${escapeText(label)}</text>`
    );
  });
  const remarks = notes.map(
    (note, i) => `<text class="soft" x="${right + 14}" y="${top + 24 + 19 * series.length + 16 * i}">${escapeText(note)}</text>`,
  );
  return svgDocument({
    title,
    height: Math.max(size.height, top + 40 + 19 * series.length + 16 * notes.length),
    css: seriesCss(series.map(({ look }) => look)),
    body:
      `${grid.join('')}${body}${legend.join('')}${remarks.join('')}` +
      `<text class="ink" x="${(left + right) / 2}" y="${bottom + 38}" text-anchor="middle">${escapeText(xLabel)}</text>` +
      `<text class="ink" transform="translate(16 ${(top + bottom) / 2}) rotate(-90)" text-anchor="middle">${escapeText(yLabel)}</text>`,
  });
}

export function svgDocument({ title, height, css, body }: { title: string; height: number; css: string; body: string }): string {
  return (
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${size.width} ${height}" width="${size.width}" height="${height}" role="img">` +
    `<title>${escapeText(title)}</title><style>${themeCss}${css}</style>` +
    `<rect class="surface" width="${size.width}" height="${height}"/>${body}</svg>\n`
  );
}

/** A linear map of one range on another. */
export function scale(
  [fromLow, fromHigh]: readonly [number, number],
  [toLow, toHigh]: readonly [number, number],
): (value: number) => number {
  return (value) => toLow + ((value - fromLow) / (fromHigh - fromLow || 1)) * (toHigh - toLow);
}

/** The range of values, a little wider; `least` is how wide at least. */
export function around(values: readonly number[], least: number): [number, number] {
  const low = values.reduce((smallest, value) => Math.min(smallest, value), Number.POSITIVE_INFINITY);
  const high = values.reduce((largest, value) => Math.max(largest, value), Number.NEGATIVE_INFINITY);
  const missing = Math.max(0, least - (high - low)) / 2;
  const edge = 0.05 * Math.max(least, high - low);
  return [low - missing - edge, high + missing + edge];
}
