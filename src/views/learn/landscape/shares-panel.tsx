import { formatCount, formatPercent } from '../../../charts/format';
import type { LabFailure } from '../../../protocol/failure';
import type { LandscapeShares } from '../../../protocol/landscape';
import { FailureNotice, Panel } from '../../../ui/widgets';
import classes from './landscape.module.css';
import { LaneBall } from './lane-ball';
import type { DrawnLane } from './lanes';
import { shown } from './scene';
import { sharesInWords } from './shares-words';

interface Props {
  shares: LandscapeShares | null;
  /** They are of other settings than the present ones, which are being computed. */
  stale: boolean;
  failure: LabFailure | null;
  lanes: readonly DrawnLane[];
}

/** The share of random starts that end in the deepest valley: bars with their intervals, the figures, and what they say. */
export function SharesPanel({ shares, stale, failure, lanes }: Props) {
  return (
    <Panel
      title="From 1,000 random starts"
      note="One walk may be luck. The share of starts that end in the deepest valley, the same starts for each lane; the thin line is its 95 % interval (Wilson)."
    >
      {failure && <FailureNotice {...failure} />}
      {shares && (
        <div className={classes.shares} data-stale={stale || undefined} aria-busy={stale}>
          <p className={classes.verdict} data-testid="landscape-verdict">
            {stale
              ? 'Counting anew …'
              : sharesInWords(shares, Object.fromEntries(lanes.map(({ id, letter, short }) => [id, `${letter} (${short})`])))}
          </p>
          <table className={classes.table} aria-label="Shares of the starts">
            <thead>
              <tr>
                <th scope="col">Lane</th>
                <th scope="col" className={classes.barColumn}>
                  <span className={classes.barScale} aria-hidden="true">
                    <span>0</span>
                    <span>50</span>
                    <span>100 %</span>
                  </span>
                </th>
                <th scope="col">In the deepest</th>
                <th scope="col">95 % interval</th>
                <th scope="col">Mean final height</th>
              </tr>
            </thead>
            <tbody>
              {shares.lanes.map(({ lane, deepest, interval, meanHeight }) => {
                const drawn = lanes.find(({ id }) => id === lane);
                if (!drawn) return null;
                return (
                  <tr key={lane}>
                    <th scope="row">
                      <LaneBall lane={drawn} />
                    </th>
                    <td className={classes.barColumn} aria-hidden="true">
                      <Bar share={deepest} interval={interval} color={drawn.color} />
                    </td>
                    <td className={classes.strong}>{formatPercent(deepest)}</td>
                    <td>
                      {(100 * interval[0]).toFixed(1)} to {formatPercent(interval[1])}
                    </td>
                    <td>{shown(meanHeight, 4)}</td>
                  </tr>
                );
              })}
            </tbody>
          </table>
        </div>
      )}
      {!shares && !failure && <p className={classes.verdict}>Counting {formatCount(1000)} walks a lane …</p>}
    </Panel>
  );
}

function Bar({ share, interval: [low, high], color }: { share: number; interval: [number, number]; color: string }) {
  const at = (value: number) => `${100 * value}%`;
  return (
    <div className={classes.bar}>
      <div className={classes.barFill} style={{ width: at(share), background: color }} />
      <div className={classes.whisker} style={{ left: at(low), width: at(high - low) }} />
    </div>
  );
}
