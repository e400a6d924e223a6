import { formatCount, formatPercent, formatSmaller } from '../../charts/format';
import { largestUsefulRank, rankForRate, rateForRank } from '../../store/rates';
import { useLabStore, write } from '../../store/store';
import { RangeField } from '../../ui/inputs';
import classes from './controls.module.css';

const LOWEST_RATE = 0.05;
const RATE_STEP = 0.005;

/** The two sliders that are one: a rate asks for the largest rank that reaches it, a rank asks for the rate that it reaches. */
export function RateAndRank() {
  const rates = useLabStore((state) => state.specification?.rates);
  const rateByRank = useLabStore((state) => state.plan?.rateByRank);
  const rate = rates?.[0] ?? 0.9;
  const ready = rates !== undefined && rateByRank !== undefined && rateByRank.length > 0;
  const rank = ready ? rankForRate(rateByRank, rate) : 1;
  const reached = ready ? rateByRank[rank - 1] : rate;
  const highest = ready ? Math.floor(rateByRank[0] / RATE_STEP + 1e-9) * RATE_STEP : 0.99;
  const setRate = (value: number) => {
    const first = Number(value.toFixed(4));
    write.specification({ rates: [first, ...(rates ?? []).slice(1).filter((other) => other !== first)] });
  };
  return (
    <div className={classes.group}>
      <RangeField
        label="Compression rate"
        help="The share of the embedding’s bytes that is removed; every method gets the largest setting whose factors or codes reach it. Scales and reference values come on top, and count."
        text={formatPercent(rate)}
        value={rate}
        minimum={LOWEST_RATE}
        maximum={Number(highest.toFixed(4))}
        step={RATE_STEP}
        disabled={!ready}
        onChange={setRate}
      />
      <RangeField
        label="Rank"
        help="How many directions the two factors keep: fewer make the table smaller, and lose more of it."
        text={ready ? `${formatCount(rank)} of ${formatCount(rateByRank.length)}` : '–'}
        value={rank}
        minimum={1}
        maximum={ready ? largestUsefulRank(rateByRank) : 1}
        step={1}
        disabled={!ready}
        onChange={(value) => ready && setRate(rateForRank(rateByRank, value))}
      />
      {ready && (
        <p className={classes.reading}>
          Rank {formatCount(rank)} {reached < 0 ? 'adds' : 'reaches'} <b>{formatPercent(Math.abs(reached))}</b>:{' '}
          <b>{formatSmaller(1 / Math.max(1e-9, 1 - reached))}</b>.
        </p>
      )}
    </div>
  );
}
