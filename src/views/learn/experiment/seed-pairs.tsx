import { memo } from 'react';
import { ChartFrame } from '../../../charts/chart-frame';
import { formatPercent, signless } from '../../../charts/format';
import { MethodSwatch, useStyles } from '../../../charts/swatch';
import { selectMethodLabel } from '../../../store/selectors';
import { groupResults, type ResultGroup } from '../../../store/statistics';
import { type LabState, useLabStore } from '../../../store/store';
import { useLive } from '../../live';
import classes from './seed-pairs.module.css';

const WIDTH = 560;
const LANE = 34;
const TOP = 8;
const FOOT = 34;
const PAD = 14;

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
  const height = TOP + lanes.length * LANE + FOOT;
  const x = (gain: number) => WIDTH / 2 + (gain / extent) * (WIDTH / 2 - PAD);
  const spread = ({ drop }: ResultGroup) => {
    if (!drop) return '';
    return drop.spread === null ? `${points(-drop.mean)} points` : `mean ${points(-drop.mean)} ± ${(100 * drop.spread).toFixed(1)} points`;
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
      {/* Names stand outside the drawing: on a narrow screen it shrinks, and they must not. */}
      <div className={classes.lanes}>
        <ul className={classes.names} style={{ paddingTop: TOP }}>
          {lanes.map(({ group, pairs }) => (
            <li key={group.key} style={{ height: LANE }}>
              <MethodSwatch method={group.method} />
              <span>
                {labelOf(group.method)}
                <span className={classes.figures}>
                  {pairs.map(({ test }) => formatPercent(test)).join(', ')}
                  {spread(group) && `; ${spread(group)}`}
                </span>
              </span>
            </li>
          ))}
        </ul>
        <svg viewBox={`0 0 ${WIDTH} ${height}`} className={classes.drawing} data-figure="" aria-hidden="true">
          <line x1={x(0)} x2={x(0)} y1={0} y2={height - FOOT + 6} className={classes.zero} />
          {lanes.map(({ group, pairs }, i) => {
            const y = TOP + i * LANE + LANE / 2;
            const { color } = style(group.method);
            return (
              <g key={group.key}>
                <line x1={PAD} x2={WIDTH - PAD} y1={y} y2={y} className={classes.rail} />
                {group.drop && (
                  <line x1={x(-group.drop.mean)} x2={x(-group.drop.mean)} y1={y - 11} y2={y + 11} stroke={color} strokeWidth={3} />
                )}
                {pairs.map(({ seed, gain }) => (
                  <circle key={seed} cx={x(gain)} cy={y} r={5.5} fill={color} fillOpacity={0.55} stroke={color} />
                ))}
              </g>
            );
          })}
          <text x={PAD} y={height - 10} className={classes.tick}>
            {points(-extent)}
          </text>
          <text x={x(0)} y={height - 10} textAnchor="middle" className={classes.tick}>
            as good as the full table
          </text>
          <text x={WIDTH - PAD} y={height - 10} textAnchor="end" className={classes.tick}>
            {points(extent)} points
          </text>
        </svg>
      </div>
      {full && (
        <p className={classes.reference}>Full table, seed by seed: {full.rows.map((row) => formatPercent(row.testAccuracy)).join(', ')}</p>
      )}
    </ChartFrame>
  );
});
