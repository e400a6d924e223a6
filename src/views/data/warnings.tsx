import { formatCount } from '../../charts/format';
import type { DataWarning } from '../../protocol/data';
import { WarningNotice } from '../../ui/widgets';

/** How often, and where first; nothing for what is said of a whole file. */
function placesOf({ count, firstLines, unit }: DataWarning): string {
  if (firstLines.length === 0) return count > 1 ? `${formatCount(count)} times.` : '';
  const places = `${unit ?? 'line'}${firstLines.length > 1 ? 's' : ''} ${firstLines.map(formatCount).join(', ')}`;
  return count > firstLines.length ? `${formatCount(count)} times, first in ${places}.` : `In ${places}.`;
}

/** Counted oddities of an input, with the first places where they are. */
export function Warnings({ warnings }: { warnings: readonly DataWarning[] }) {
  return warnings.map((warning) => (
    <WarningNotice key={warning.message}>
      {warning.message} {placesOf(warning)}
    </WarningNotice>
  ));
}
