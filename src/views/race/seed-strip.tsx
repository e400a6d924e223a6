import { formatPercent } from '../../charts/format';
import type { RaceRow } from '../../protocol/race';
import classes from './end-line.module.css';

interface Props {
  rows: readonly RaceRow[];
  mean: number;
  domain: readonly [number, number];
  color: string;
}

/** A dot a seed, and a stroke at their mean: how far apart chance alone throws one lane. */
export function SeedStrip({ rows, mean, domain: [from, to], color }: Props) {
  const across = (value: number) => `${((100 * (value - from)) / (to - from)).toFixed(2)}%`;
  const words = rows.map(({ seed, testAccuracy }) => `seed ${seed}: ${formatPercent(testAccuracy ?? 0)}`).join(', ');
  return (
    <svg className={classes.strip} role="img" aria-label={words}>
      <line className={classes.track} x1="0%" x2="100%" y1="13" y2="13" />
      {rows.length > 1 && <line x1={across(mean)} x2={across(mean)} y1="3" y2="23" stroke={color} strokeWidth="2" />}
      {rows.map(({ seed, testAccuracy }) => (
        <circle key={seed} cx={across(testAccuracy ?? 0)} cy="13" r="4.5" fill={color}>
          <title>
            seed {seed}: {formatPercent(testAccuracy ?? 0)}
          </title>
        </circle>
      ))}
    </svg>
  );
}
