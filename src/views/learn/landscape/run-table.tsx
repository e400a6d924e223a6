import { formatRate } from '../../../charts/format';
import type { LandscapeReport } from '../../../protocol/landscape';
import classes from './landscape.module.css';
import { LaneBall } from './lane-ball';
import type { DrawnLane } from './lanes';
import { shown } from './scene';
import { type Transport, useTransportState } from './transport';

/** Each lane's figures where the time stands, and where its walk ends. */
export function RunTable({ report, lanes, transport }: { report: LandscapeReport; lanes: readonly DrawnLane[]; transport: Transport }) {
  const { step } = useTransportState(transport);
  return (
    <table className={classes.table} aria-label="This walk">
      <thead>
        <tr>
          <th scope="col">Lane</th>
          <th scope="col">Rate now</th>
          <th scope="col">Height now</th>
          <th scope="col">Height at the end</th>
          <th scope="col">Ends in</th>
        </tr>
      </thead>
      <tbody>
        {report.runs.map((run, i) => {
          const lane = lanes[i];
          if (!lane) return null;
          const rate = run.learningRates[Math.min(step, run.learningRates.length - 1)];
          return (
            <tr key={run.lane}>
              <th scope="row">
                <LaneBall lane={lane} />
              </th>
              <td>{formatRate(rate)}</td>
              <td>{shown(run.heights[Math.min(step, run.heights.length - 1)], 3)}</td>
              <td>{shown(run.heights[run.heights.length - 1], 4)}</td>
              <td>{valleyName(run.valley, report.valleys.length)}</td>
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}

export function valleyName(valley: number, count: number): string {
  return valley === 0 ? 'the deepest' : `valley ${valley + 1} of ${count}`;
}
