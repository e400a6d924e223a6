import { useMemo } from 'react';
import type { SweepGap } from '../../protocol/sweep';
import { Fold } from '../room/settings';
import { rateWords, useNames } from './names';
import classes from './sweep-room.module.css';

interface Named {
  method: string;
  reason: string;
  rates: (number | null)[];
}

/** A method's gaps are of every group: said once, with its rates. */
export function summarize(gaps: readonly SweepGap[]): Named[] {
  const all = new Map<string, Named>();
  for (const { method, reason, requestedRate } of gaps) {
    const key = `${method}|${reason}`;
    const known = all.get(key) ?? { method, reason, rates: [] };
    if (!known.rates.includes(requestedRate)) known.rates.push(requestedRate);
    all.set(key, known);
  }
  return [...all.values()];
}

/** Cells that there will never be, by name and with the reason. */
export function Gaps({ gaps }: { gaps: readonly SweepGap[] }) {
  const names = useNames();
  const named = useMemo(() => summarize(gaps), [gaps]);
  if (named.length === 0) return null;
  return (
    <Fold title={`${gaps.length} ${gaps.length === 1 ? 'cell' : 'cells'} left out`} quiet>
      <ul className={classes.gaps}>
        {named.map(({ method, reason, rates }) => (
          <li key={`${method}|${reason}`}>
            <b>
              {names.method(method)}
              {rates.some((rate) => rate !== null) && ` at ${rates.map(rateWords).join(', ')}`}
            </b>
            : {reason}
          </li>
        ))}
      </ul>
    </Fold>
  );
}
