import type { SweepPoint } from '../../../protocol/analysis';
import { methodLabel } from '../../analysis/names';
import { percent, signed } from '../../analysis/wording';
import { escapeText } from '../escape';
import { size, svgDocument } from './frame';

/** A drop of this much has the full colour. */
const darkest = 0.1;

const left = 190;
const top = 40;
const row = 26;

/** Losses orange, gains blue: told apart by any eye, and the figure stands in every field. */
const css = '.loss{fill:#d55e00}.gain{fill:#0072b2}@media (prefers-color-scheme:dark){.loss{fill:#e8803a}.gain{fill:#4fb0f5}}';

/**
 * Mean drop of test accuracy, in points, of each method (rows) at each wanted rate (columns); a dash where there is none.
 *
 * @param points of one setting
 * @returns null where no point has a drop
 */
export function methodRateMatrix(points: readonly SweepPoint[], title: string): string | null {
  const dropped = points.filter(({ requestedRate, drop }) => requestedRate !== null && drop);
  if (dropped.length === 0) {
    return null;
  }
  const methods = [...new Set(dropped.map(({ method }) => method))];
  const rates = [...new Set(dropped.map(({ requestedRate }) => requestedRate!))].sort((a, b) => a - b);
  const width = (size.width - left - 16) / rates.length;
  const found = new Map(dropped.map((point) => [`${point.method}@${point.requestedRate}`, point.drop!.mean]));
  const heads = rates.map(
    (rate, j) =>
      `<text class="soft" x="${(left + width * (j + 0.5)).toFixed(1)}" y="${top - 10}" text-anchor="middle">${percent(rate)}</text>`,
  );
  const rows = methods.map((method, i) => {
    const y = top + row * i;
    const fields = rates.map((rate, j) => {
      const drop = found.get(`${method}@${rate}`);
      const x = left + width * j;
      const share = drop === undefined ? 0 : 0.55 * Math.min(1, Math.abs(drop) / darkest);
      const field = `<rect class="${drop !== undefined && drop < 0 ? 'gain' : 'loss'}" x="${x.toFixed(1)}" y="${y}" width="${(width - 2).toFixed(1)}" height="${row - 2}" rx="3" fill-opacity="${share.toFixed(3)}"/>`;
      return `${field}<text class="ink" x="${(x + width / 2).toFixed(1)}" y="${y + 16}" text-anchor="middle">${drop === undefined ? '–' : signed(drop)}</text>`;
    });
    return `<text class="ink" x="${left - 10}" y="${y + 16}" text-anchor="end">${escapeText(methodLabel(method))}</text>${fields.join('')}`;
  });
  return svgDocument({ title, height: top + row * methods.length + 14, css, body: `${heads.join('')}${rows.join('')}` });
}
