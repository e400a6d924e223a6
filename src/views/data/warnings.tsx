import { formatCount } from '../../charts/format';
import type { DataWarning } from '../../protocol/data';
import { WarningNotice } from '../../ui/widgets';

/** Counted oddities of an input, with the first places where they are. */
export function Warnings({ warnings }: { warnings: readonly DataWarning[] }) {
  return warnings.map((warning) => (
    <WarningNotice key={warning.message}>
      {warning.message} <b>{formatCount(warning.count)}</b>
      {warning.firstLines.length > 0 && `, first in line ${warning.firstLines.map(formatCount).join(', ')}`}
    </WarningNotice>
  ));
}
