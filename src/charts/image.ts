import { saveFile } from './save';

/** What of the page's style a drawing needs to look the same outside it. */
const STYLES = [
  'fill',
  'stroke',
  'stroke-width',
  'stroke-dasharray',
  'stroke-opacity',
  'fill-opacity',
  'opacity',
  'font-size',
  'font-weight',
  'font-family',
  'text-anchor',
  'paint-order',
];

export interface ImageFrame {
  title: string;
  legend: readonly { label: string; color: string; dash: string; width?: number; opacity?: number }[];
}

const MARGIN = 16;
const HEAD = 34;
const LINE = 20;

/** A chart's drawing as one SVG document that needs no style sheet: with its title, its legend and the page's surface behind it. */
export function toSvg(source: SVGSVGElement, { title, legend }: ImageFrame): string {
  const { width, height } = source.getBoundingClientRect();
  const copy = source.cloneNode(true) as SVGSVGElement;
  inlineStyles(source, copy);
  const root = getComputedStyle(document.documentElement);
  const ink = root.getPropertyValue('--ink').trim() || '#111';
  const surface = root.getPropertyValue('--surface').trim() || '#fff';
  const font = getComputedStyle(document.body).fontFamily;
  const rows = placeLegend(legend, width);
  const legendHeight = rows.length === 0 ? 0 : (rows.at(-1)!.row + 1) * LINE + 8;
  const totalWidth = Math.ceil(width + 2 * MARGIN);
  const totalHeight = Math.ceil(height + HEAD + legendHeight + 2 * MARGIN);
  copy.setAttribute('x', String(MARGIN));
  copy.setAttribute('y', String(MARGIN + HEAD + legendHeight));
  copy.setAttribute('width', String(width));
  copy.setAttribute('height', String(height));
  const entries = rows.map(({ label, color, dash, width: thickness = 2.5, opacity = 1, x, row }) => {
    const y = MARGIN + HEAD + row * LINE;
    return (
      `<line x1="${x}" y1="${y}" x2="${x + 22}" y2="${y}" stroke="${color.startsWith('var(') ? ink : color}" stroke-width="${thickness}" stroke-opacity="${opacity}"${dash ? ` stroke-dasharray="${dash}"` : ''}/>` +
      `<text x="${x + 28}" y="${y + 4}" font-size="12" fill="${ink}">${escapeXml(label)}</text>`
    );
  });
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${totalWidth}" height="${totalHeight}" viewBox="0 0 ${totalWidth} ${totalHeight}" font-family="${escapeXml(font)}">`,
    `<rect width="100%" height="100%" fill="${surface}"/>`,
    `<text x="${MARGIN}" y="${MARGIN + 14}" font-size="15" font-weight="600" fill="${ink}">${escapeXml(title)}</text>`,
    ...entries,
    new XMLSerializer().serializeToString(copy),
    '</svg>',
  ].join('\n');
}

/** At twice the size on the screen, for slides. */
export async function savePng(name: string, svg: string): Promise<void> {
  const image = new Image();
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(svg)}`;
  await image.decode();
  const canvas = document.createElement('canvas');
  canvas.width = 2 * image.naturalWidth;
  canvas.height = 2 * image.naturalHeight;
  const context = canvas.getContext('2d');
  if (!context) return;
  context.scale(2, 2);
  context.drawImage(image, 0, 0);
  const blob = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, 'image/png'));
  if (blob) saveFile(name, blob);
}

function placeLegend(legend: ImageFrame['legend'], width: number) {
  let x = MARGIN;
  let row = 0;
  return legend.map((entry) => {
    const needed = 44 + entry.label.length * 6.6;
    if (x > MARGIN && x + needed > width + MARGIN) {
      x = MARGIN;
      row++;
    }
    const placed = { ...entry, x, row };
    x += needed;
    return placed;
  });
}

function inlineStyles(source: Element, copy: Element): void {
  const style = getComputedStyle(source);
  for (const name of STYLES) {
    const value = style.getPropertyValue(name);
    if (value) copy.setAttribute(name, value);
  }
  copy.removeAttribute('class');
  for (const [i, child] of [...source.children].entries()) {
    const twin = copy.children[i];
    if (twin) inlineStyles(child, twin);
  }
}

export function escapeXml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
}
