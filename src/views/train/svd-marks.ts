import { formatPercent } from '../../charts/format';
import type { Mark } from '../../charts/line-figure.types';

/**
 * What each method's cut table scored before it was trained on. Methods that were cut at the same time are told of in one breath, at the lowest of them: words
 * to each would lie on each other.
 */
export function svdMarks(cut: readonly Pick<Mark, 'id' | 'x' | 'y' | 'color'>[]): Mark[] {
  return cut.map((mark) => {
    const together = cut.filter(({ x }) => x === mark.x).sort((a, b) => a.y - b.y);
    const [lowest, highest] = [together[0], together[together.length - 1]];
    if (mark.id !== lowest.id) return mark;
    const [from, to] = [formatPercent(lowest.y), formatPercent(highest.y)];
    return { ...mark, label: `right after the SVD ${from === to ? from : `${from} to ${to}`}`, labelSide: 'clear' };
  });
}
