import { formatCount } from '../../charts/format';
import type { DatasetReport } from '../../protocol/data';
import classes from './data-room.module.css';

/** Tokens a sentence. */
export function LengthHistogram({ histogram: { binWidth, counts } }: { histogram: DatasetReport['lengthHistogram'] }) {
  const highest = Math.max(1, ...counts);
  const mode = counts.indexOf(highest);
  const range = (from: number) => (binWidth === 1 ? formatCount(from) : `${formatCount(from)} to ${formatCount(from + binWidth - 1)}`);
  const summary = `The most common length is ${range(mode * binWidth)} tokens; the longest is below ${formatCount(counts.length * binWidth)}.`;
  const bins = counts.map((count, i) => ({ count, from: i * binWidth }));
  return (
    <div>
      <h3 className={classes.subhead}>
        Length<span className={classes.aside}>tokens a sentence</span>
      </h3>
      <div className={classes.histogram} role="img" aria-label={summary}>
        {bins.map(({ count, from }) => (
          <span
            key={from}
            className={classes.bin}
            style={{ height: `${(100 * count) / highest}%` }}
            title={`${range(from)} tokens: ${formatCount(count)}`}
          />
        ))}
      </div>
      <div className={classes.histogramAxis} aria-hidden="true">
        <span>0</span>
        <span>{formatCount(Math.round((counts.length * binWidth) / 2))}</span>
        <span>{formatCount(counts.length * binWidth)} tokens</span>
      </div>
    </div>
  );
}
