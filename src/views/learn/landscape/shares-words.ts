import { formatCount, formatPercent } from '../../../charts/format';
import type { LandscapeShares } from '../../../protocol/landscape';

type Share = LandscapeShares['lanes'][number] & { name: string };

const figure = ({ name, deepest }: Share) => `${name} (${formatPercent(deepest)})`;

function listed(items: readonly string[]): string {
  return items.length < 2 ? items.join('') : `${items.slice(0, -1).join(', ')} and ${items.at(-1)}`;
}

/**
 * What the shares say, in plain words. Two lanes are told apart only where their 95 % intervals do not overlap: a rule that is rather too
 * strict than too lax, as the lanes have the same starts.
 *
 * @param names of the lanes, by their letter.
 */
export function sharesInWords({ starts, lanes }: LandscapeShares, names: Readonly<Record<string, string>>): string {
  const ranked = lanes.map((lane): Share => ({ ...lane, name: names[lane.lane] ?? lane.lane })).sort((a, b) => b.deepest - a.deepest);
  const [best, ...rest] = ranked;
  if (!best) return '';
  const from = `Of ${formatCount(starts)} random starts`;
  if (rest.length === 0) return `${from}, ${formatPercent(best.deepest)} end in the deepest valley under ${best.name}.`;
  const level = rest.filter(({ interval }) => interval[1] >= best.interval[0]);
  const below = rest.filter(({ interval }) => interval[1] < best.interval[0]);
  const less = below.length > 0 ? ` Clearly fewer do under ${listed(below.map(figure))}.` : '';
  if (level.length === 0) return `${from}, most end in the deepest valley under ${figure(best)}.${less}`;
  return (
    `${from}, ${figure(best)} and ${listed(level.map(figure))} bring as many to the deepest valley as can be told: ` +
    `their 95 % intervals overlap.${less}`
  );
}
