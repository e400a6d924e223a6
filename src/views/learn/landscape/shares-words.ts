import { formatCount, formatPercent } from '../../../charts/format';
import type { LandscapeShares } from '../../../protocol/landscape';

type Share = LandscapeShares['lanes'][number] & { name: string };

const under = ({ name, deepest }: Share) => `${formatPercent(deepest)} under ${name}`;

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
  const all = `${formatCount(starts)} random starts`;
  if (rest.length === 0) return `Of ${all}, ${formatPercent(best.deepest)} end in the deepest valley under ${best.name}.`;
  const equals = [best, ...rest.filter(({ interval }) => interval[1] >= best.interval[0])];
  const fewer = listed(rest.filter(({ interval }) => interval[1] < best.interval[0]).map(under));
  if (equals.length === 1) {
    return `Of ${all}, more end in the deepest valley under ${best.name} than under any other: ${formatPercent(best.deepest)}, against ${fewer}.`;
  }
  return (
    `${listed(equals.map(({ name }) => name))} can’t be told apart: ${listed(equals.map(({ deepest }) => formatPercent(deepest)))} of ` +
    `${all} end in the deepest valley, and the 95 % intervals overlap.${fewer && ` Fewer do otherwise: ${fewer}.`}`
  );
}
