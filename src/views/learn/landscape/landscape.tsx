import { useEffect, useMemo, useState } from 'react';
import { ChartFrame } from '../../../charts/chart-frame';
import { domainFromZero } from '../../../charts/domain';
import { formatRate } from '../../../charts/format';
import type { LandscapeReport, LandscapeRun, SurfaceDescription } from '../../../protocol/landscape';
import { useLabStore, write } from '../../../store/store';
import { FailureNotice, Panel } from '../../../ui/widgets';
import { useSession } from '../../session-context';
import { useAnswer } from '../../use-answer';
import classes from './landscape.module.css';
import { useDrawnLanes } from './lanes';
import { LanesPanel } from './lanes-panel';
import { Profile } from './profile';
import { Relief } from './relief';
import { RunTable, valleyName } from './run-table';
import { shown } from './scene';
import { SharesPanel } from './shares-panel';
import { SurfaceControls } from './surface-controls';
import { useTransport } from './transport';
import { TransportBar } from './transport-bar';
import { WalkFigure } from './walk-figure';

/** The shares are counted when the settings have stood this long. */
const sharesDelayMs = 400;

const ratesOf = (run: LandscapeRun) => run.learningRates;
const heightsOf = (run: LandscapeRun) => run.heights;
const rateDomain = (values: readonly number[][]) => domainFromZero(values.flat());
const height = (value: number) => shown(value);

/** Half units around all heights. */
function heightDomain(values: readonly number[][]): [number, number] {
  let low = Number.POSITIVE_INFINITY;
  let high = Number.NEGATIVE_INFINITY;
  for (const value of values.flat()) {
    low = Math.min(low, value);
    high = Math.max(high, value);
  }
  return low > high ? [0, 1] : [Math.floor(2 * low) / 2, Math.ceil(2 * high) / 2];
}

const setStart = (start: number[]) => write.learn('landscape', { start });

/** Balls on a rugged surface, each under a schedule of its own: why cycles, why annealing. */
export default function Landscape() {
  const { lab } = useSession();
  const specification = useLabStore((state) => state.learn.landscape);
  const schedules = useLabStore((state) => state.lab.catalogue?.schedules);
  const { lanes, steps, start } = specification;
  const [surfaces, setSurfaces] = useState<SurfaceDescription[]>([]);
  useEffect(() => {
    let wanted = true;
    lab.landscapeSurfaces().then(
      (known) => wanted && setSurfaces(known),
      // The failure of the walk, which is asked for at the same time, says what is wrong.
      () => {},
    );
    return () => {
      wanted = false;
    };
  }, [lab]);

  const walked = useAnswer(JSON.stringify(specification), async () => ({
    question: specification,
    report: await lab.landscape(specification),
  }));
  // The shares have starts of their own: to drag the start is no reason to count anew.
  const shares = useAnswer(JSON.stringify({ ...specification, start: null }), () => lab.landscapeShares(specification), sharesDelayMs);

  const transport = useTransport(steps);
  const drawn = useDrawnLanes(lanes);
  const report = walked.value?.report ?? null;
  // While the answer is under way, lanes and surface are those that it will be for: what is drawn is of one specification.
  const answered = walked.value?.question ?? null;
  const shownLanes = useDrawnLanes(answered?.lanes ?? lanes);
  const summary = useMemo(
    () =>
      report
        ? summaryOf(
            report,
            shownLanes.map(({ label }) => label),
          )
        : '',
    [report, shownLanes],
  );
  return (
    <div className={classes.piece} data-dimensions={specification.dimensions}>
      {walked.failure && <FailureNotice {...walked.failure} />}
      <div className={classes.stage}>
        <ChartFrame
          title="The surface"
          note={
            answered?.dimensions === 2
              ? 'From above: darker is deeper, lines are of equal height. Drag the start, the dashed ring.'
              : 'The higher, the larger the loss. Below, a strip a lane: where its ball was, time running down. Drag the start.'
          }
          summary={summary}
          legend={shownLanes}
          table={() =>
            tableOf(
              report,
              shownLanes.map(({ label }) => label),
            )
          }
        >
          {report && answered ? (
            answered.dimensions === 1 ? (
              <Profile report={report} lanes={shownLanes} transport={transport} start={start.slice(0, 1)} onStart={setStart} />
            ) : (
              <Relief
                report={report}
                surfaceKey={`${answered.surface} ${answered.seed}`}
                lanes={shownLanes}
                transport={transport}
                start={start.length === 2 ? start : answered.start}
                onStart={setStart}
              />
            )
          ) : (
            <div className={classes.pending} />
          )}
          <TransportBar transport={transport} />
        </ChartFrame>
        <div className={classes.beside}>
          <WalkFigure
            title="Learning rate"
            note="As it is spent, at each step."
            yLabel="learning rate"
            runs={report?.runs ?? []}
            lanes={shownLanes}
            transport={transport}
            values={ratesOf}
            domain={rateDomain}
            format={formatRate}
          />
          <WalkFigure
            title="Height of the ball"
            note="What training would call the loss."
            yLabel="height"
            runs={report?.runs ?? []}
            lanes={shownLanes}
            transport={transport}
            values={heightsOf}
            domain={heightDomain}
            format={height}
          />
          {report && (
            <Panel title="This walk">
              <div className={classes.scroll}>
                <RunTable report={report} lanes={shownLanes} transport={transport} />
              </div>
            </Panel>
          )}
        </div>
      </div>
      <div className={classes.below}>
        <SharesPanel shares={shares.value} stale={shares.asking} failure={shares.failure} lanes={drawn} />
        <SurfaceControls specification={specification} surfaces={surfaces} />
      </div>
      {schedules && <LanesPanel lanes={lanes} drawn={drawn} schedules={schedules} />}
    </div>
  );
}

function summaryOf({ runs, valleys, gridSize: _ }: LandscapeReport, labels: readonly string[]): string {
  const ends = runs.map(
    ({ heights, valley }, i) =>
      `${labels[i]} ends at height ${shown(heights[heights.length - 1])} in ${valley === 0 ? 'the deepest valley' : valleyName(valley, valleys.length)}`,
  );
  return `A surface with ${valleys.length} valleys, the deepest ${shown(valleys[0]?.height ?? 0)} high. ${ends.join('; ')}.`;
}

function tableOf(report: LandscapeReport | null, labels: readonly string[]) {
  const dimensions = report ? report.valleys[0].position.length : 1;
  return {
    columns: ['Lane', 'Step', ...['x', 'y'].slice(0, dimensions), 'Height'],
    rows: (report?.runs ?? []).flatMap(({ positions, heights }, i) =>
      heights.map((value, step) => [labels[i], step, ...positions.slice(step * dimensions, (step + 1) * dimensions), value]),
    ),
  };
}
