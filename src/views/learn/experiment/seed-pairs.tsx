import { memo } from 'react';
import { ChartFrame } from '../../../charts/chart-frame';
import { formatPercent, signless } from '../../../charts/format';
import { useStyles } from '../../../charts/swatch';
import { selectMethodLabel } from '../../../store/selectors';
import { groupResults, type ResultGroup } from '../../../store/statistics';
import { type LabState, useLabStore } from '../../../store/store';
import { useLive } from '../../live';
import classes from './seed-pairs.module.css';

/** Pixels, at every width of the drawing: only the axis stretches. */
const LANE = 62;
const RAIL = 46;
const FOOT = 26;
/** Share of the width on either side of the axis, so that a dot at its end is whole. */
const PAD = 0.03;
/** More accuracies than these are told by their mean, and in the figure's table. */
const MOST_TOLD = 4;

const selectRows = (state: LabState) => state.run.rows;

/** Test accuracy minus that of the full table, within one seed: a gain is positive. */
export interface Pair {
  seed: number;
  test: number;
  gain: number;
}

export function pairsOf(group: ResultGroup, full: ResultGroup | undefined): Pair[] {
  return group.rows.flatMap((row) => {
    const reference = full?.rows.find(({ seed }) => seed === row.seed);
    return reference ? [{ seed: row.seed, test: row.testAccuracy, gain: row.testAccuracy - reference.testAccuracy }] : [];
  });
}

/** An axis around zero that holds all of these, in whole points and with room for a dot. */
export function extentOf(gains: readonly number[]): number {
  return Math.max(0.02, Math.ceil(100 * Math.max(0, ...gains.map(Math.abs)) + 0.5) / 100);
}

const points = (gain: number) => `${gain > 0 ? '+' : ''}${signless(100 * gain)}`;

/** Each method against the full table, seed by seed: a dot a seed, a tick for their mean. */
export const SeedPairs = memo(function SeedPairs() {
  const rows = useLive(selectRows);
  const labelOf = useLabStore(selectMethodLabel);
  const style = useStyles();
  const groups = groupResults(rows);
  const full = groups.find(({ method }) => method === 'full');
  const lanes = groups.filter(({ method }) => method !== 'full').map((group) => ({ group, pairs: pairsOf(group, full) }));
  const extent = extentOf(lanes.flatMap(({ pairs }) => pairs.map(({ gain }) => gain)));
  const height = lanes.length * LANE + FOOT;
  const x = (gain: number) => `${100 * (0.5 + (gain / extent) * (0.5 - PAD))}%`;
  const figures = ({ drop }: ResultGroup, pairs: readonly Pair[]) => {
    const all = pairs.length <= MOST_TOLD ? `${pairs.map(({ test }) => formatPercent(test)).join(', ')}; ` : '';
    if (!drop) return '';
    return drop.spread === null
      ? `${all}${points(-drop.mean)} points`
      : `${all}mean ${points(-drop.mean)} ± ${(100 * drop.spread).toFixed(1)} points`;
  };
  const words = lanes.map(
    ({ group, pairs }) => `${labelOf(group.method)}: ${pairs.map(({ seed, gain }) => `seed ${seed} ${points(gain)}`).join(', ')}`,
  );
  return (
    <ChartFrame
      title="Against the full table, seed by seed"
      note="Test accuracy minus the full table’s of the same seed, in points. A dot a seed; the tick is their mean, ± the standard deviation over the seeds."
      summary={lanes.length === 0 ? 'Nothing drawn yet.' : `${words.join('; ')}.`}
      table={() => ({
        columns: ['method', 'seed', 'test accuracy', 'minus the full table'],
        rows: lanes.flatMap(({ group, pairs }) => pairs.map(({ seed, test, gain }) => [labelOf(group.method), seed, test, gain])),
      })}
      empty={lanes.length === 0 ? 'Each method’s dot appears here as it ends. Run the experiment.' : undefined}
    >
      <svg width="100%" height={height} className={classes.drawing} data-figure="" aria-hidden="true">
        <line x1={x(0)} x2={x(0)} y1={RAIL - 14} y2={height - FOOT + 4} className={classes.zero} />
        {lanes.map(({ group, pairs }, i) => {
          const top = i * LANE;
          const y = top + RAIL;
          const { color, dash } = style(group.method);
          return (
            <g key={group.key}>
              <line x1={0} x2={20} y1={top + 9} y2={top + 9} stroke={color} strokeWidth={2.5} strokeDasharray={dash || undefined} />
              <text x={28} y={top + 13} className={classes.name}>
                {labelOf(group.method)}
              </text>
              <text x={28} y={top + 28} className={classes.figures}>
                {figures(group, pairs)}
              </text>
              <line x1={x(-extent)} x2={x(extent)} y1={y} y2={y} className={classes.rail} />
              {group.drop && (
                <line x1={x(-group.drop.mean)} x2={x(-group.drop.mean)} y1={y - 10} y2={y + 10} stroke={color} strokeWidth={3} />
              )}
              {pairs.map(({ seed, gain }) => (
                <circle key={seed} cx={x(gain)} cy={y} r={5.5} fill={color} fillOpacity={0.55} stroke={color} />
              ))}
            </g>
          );
        })}
        <text x={0} y={height - 6} className={classes.tick}>
          {points(-extent)}
        </text>
        <text x="50%" y={height - 6} textAnchor="middle" className={classes.tick}>
          as good as the full table
        </text>
        <text x="100%" y={height - 6} textAnchor="end" className={classes.tick}>
          {points(extent)} points
        </text>
      </svg>
      {full && (
        <p className={classes.reference}>Full table, seed by seed: {full.rows.map((row) => formatPercent(row.testAccuracy)).join(', ')}</p>
      )}
    </ChartFrame>
  );
});
