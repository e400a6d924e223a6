/** The figure of docs/performance.md: time against size on logarithmic axes, a panel a kind of work, as SVG that reads on light and on dark. */
import type { ScaleSeries } from './results';

const panelWidth = 440;
const panelHeight = 300;
const margin = { left: 62, right: 16, top: 34, bottom: 44 };
const legendLine = 17;

/** By place in a panel; told apart by dash and mark as well as by colour. Okabe, Ito 2008, of which these read on both grounds. */
const styles = [
  { colour: '#0072b2', dark: '#56b4e9', dash: '' },
  { colour: '#d55e00', dark: '#e69f00', dash: '6 3' },
  { colour: '#009e73', dark: '#2fd3a5', dash: '2 3' },
  { colour: '#cc79a7', dark: '#e79fc6', dash: '8 3 2 3' },
];

const escaped = (text: string) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');
const at = (value: number) => value.toFixed(1);

/** Powers of ten that hold all values. */
export function decades(values: readonly number[]): [number, number] {
  const low = Math.floor(Math.log10(Math.min(...values)) + 1e-9);
  const high = Math.ceil(Math.log10(Math.max(...values)) - 1e-9);
  return [low, Math.max(high, low + 1)];
}

const thousands = (value: number) => (value >= 1e6 ? `${value / 1e6}M` : value >= 1e3 ? `${value / 1e3}k` : `${value}`);

function duration(ms: number): string {
  return ms >= 1000 ? `${ms / 1000} s` : `${Number(ms.toPrecision(3))} ms`;
}

function panel(title: string, series: readonly ScaleSeries[], left: number, top: number): string {
  const [x0, x1] = decades(series.flatMap(({ points }) => points.map(({ size }) => size)));
  const [y0, y1] = decades(series.flatMap(({ points }) => points.map(({ ms }) => ms)));
  const width = panelWidth - margin.left - margin.right;
  const height = panelHeight - margin.top - margin.bottom;
  const x = (size: number) => left + margin.left + ((Math.log10(size) - x0) / (x1 - x0)) * width;
  const y = (ms: number) => top + margin.top + (1 - (Math.log10(ms) - y0) / (y1 - y0)) * height;
  const range = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, i) => 10 ** (from + i));
  const parts = [`<text class="title" x="${at(left + margin.left)}" y="${at(top + 20)}">${escaped(title)}</text>`];
  for (const size of range(x0, x1)) {
    parts.push(
      `<line class="grid" x1="${at(x(size))}" x2="${at(x(size))}" y1="${at(y(10 ** y0))}" y2="${at(y(10 ** y1))}"/>`,
      `<text class="tick" text-anchor="middle" x="${at(x(size))}" y="${at(y(10 ** y0) + 16)}">${thousands(size)}</text>`,
    );
  }
  for (const ms of range(y0, y1)) {
    parts.push(
      `<line class="grid" x1="${at(x(10 ** x0))}" x2="${at(x(10 ** x1))}" y1="${at(y(ms))}" y2="${at(y(ms))}"/>`,
      `<text class="tick" text-anchor="end" x="${at(x(10 ** x0) - 6)}" y="${at(y(ms) + 4)}">${duration(ms)}</text>`,
    );
  }
  parts.push(
    `<text class="tick" text-anchor="middle" x="${at(x(10 ** ((x0 + x1) / 2)))}" y="${at(top + panelHeight - 8)}">${escaped(series[0].axis)}</text>`,
  );
  series.forEach(({ points, label, slope }, i) => {
    const path = points.map(({ size, ms }) => `${at(x(size))},${at(y(ms))}`).join(' ');
    const { dash } = styles[i % styles.length];
    parts.push(`<polyline class="s${i % styles.length}" points="${path}"${dash === '' ? '' : ` stroke-dasharray="${dash}"`}/>`);
    for (const { size, ms } of points) parts.push(`<circle class="s${i % styles.length}" cx="${at(x(size))}" cy="${at(y(ms))}" r="3"/>`);
    const line = top + panelHeight + 12 + i * legendLine;
    parts.push(
      `<line class="s${i % styles.length}" x1="${at(left + margin.left)}" x2="${at(left + margin.left + 28)}" y1="${at(line - 4)}" y2="${at(line - 4)}"${dash === '' ? '' : ` stroke-dasharray="${dash}"`}/>`,
      `<text class="tick" x="${at(left + margin.left + 36)}" y="${at(line)}">${escaped(label)}: slope ${slope.toFixed(2)}</text>`,
    );
  });
  return parts.join('\n');
}

/** The panels of these series, two a row. */
export function scaleFigure(all: readonly ScaleSeries[]): string {
  const panels = new Map<string, ScaleSeries[]>();
  for (const series of all) panels.set(series.panel, [...(panels.get(series.panel) ?? []), series]);
  const entries = [...panels];
  let top = 0;
  const drawn: string[] = [];
  for (let row = 0; row < entries.length; row += 2) {
    const pair = entries.slice(row, row + 2);
    pair.forEach(([title, series], column) => {
      drawn.push(panel(title, series, column * panelWidth, top));
    });
    top += panelHeight + 20 + legendLine * Math.max(...pair.map(([, series]) => series.length));
  }
  const colours = (of: 'colour' | 'dark') =>
    styles.map((style, i) => `.s${i}{stroke:${style[of]}}circle.s${i}{fill:${style[of]}}`).join('');
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${2 * panelWidth} ${Math.max(1, top)}" role="img">
<title>Time against size, on logarithmic axes</title>
<style>
text{font-family:system-ui,sans-serif;font-size:12px;fill:#1f2328}
.title{font-size:14px;font-weight:600}
.grid{stroke:#d0d7de}
rect{fill:#ffffff}
polyline,line{fill:none;stroke-width:2}
.grid{stroke-width:1}
${colours('colour')}
@media (prefers-color-scheme: dark){text{fill:#e6edf3}.grid{stroke:#3d444d}rect{fill:#0d1117}${colours('dark')}}
</style>
<rect width="100%" height="100%"/>
${drawn.join('\n')}
</svg>
`;
}
