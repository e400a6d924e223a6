import { formatCount, formatPercent, formatTimes } from '../charts/format';
import { countParameters } from '../charts/parameters';
import classes from './arithmetic.module.css';

/** V d against V r + r d, with the numbers put in. */
export function Arithmetic({ vocabulary, dimension, rank }: { vocabulary: number; dimension: number; rank: number }) {
  const { table, factors, rate } = countParameters(vocabulary, dimension, rank);
  return (
    <dl className={classes.arithmetic}>
      <div>
        <dt>The table, V d</dt>
        <dd>
          <span>
            {formatCount(vocabulary)} × {formatCount(dimension)}
          </span>
          <b>{formatCount(table)}</b>
        </dd>
      </div>
      <div>
        <dt>The two factors, V r + r d</dt>
        <dd>
          <span>
            {formatCount(vocabulary)} × {rank} + {rank} × {formatCount(dimension)}
          </span>
          <b>{formatCount(factors)}</b>
        </dd>
      </div>
      <div data-result>
        <dt>{rate >= 0 ? 'Removed' : 'Added'}</dt>
        <dd>
          <span>{rate > 0 && `${formatTimes(1 / (1 - rate))} smaller`}</span>
          <b>{formatPercent(Math.abs(rate))}</b>
        </dd>
      </div>
    </dl>
  );
}
