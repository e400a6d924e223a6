import { Button, Tooltip } from '@mantine/core';
import { Undo2 } from 'lucide-react';
import { memo, type ReactNode } from 'react';
import { accuracyDomain } from '../../charts/domain';
import { formatCount, formatPercent, formatPoints, formatRate } from '../../charts/format';
import { LineSwatch } from '../../charts/swatch';
import { laneLetters } from '../../protocol/lanes';
import type { RaceComparison } from '../../protocol/race';
import { type LaneResult, selectLaneResults } from '../../store/race/selectors';
import { isActive } from '../../store/run';
import { type LabState, useLabStore, write } from '../../store/store';
import { Panel } from '../../ui/widgets';
import { useLaneStyle } from '../lanes/lane-style';
import { useLive } from '../live';
import { ConclusionText } from './conclusion';
import classes from './end-line.module.css';
import { SeedStrip } from './seed-strip';

const selectResults = (state: LabState) => state.race.run.results;
const dash = <span className={classes.none}>–</span>;
/** More pairs than this are folded away. */
const PAIRS_IN_SIGHT = 3;

/** Where the lanes ended: accuracy on test with its spread over seeds, and whether a lead is more than chance. */
export const EndLine = memo(function EndLine({ withConclusion = false }: { withConclusion?: boolean }) {
  const lanes = useLive(selectLaneResults);
  const results = useLabStore(selectResults);
  const conclusion = useLabStore((state) => state.race.run.conclusion);
  const active = useLabStore((state) => isActive(state.race.run.status));
  const testCount = useLabStore((state) => state.race.run.rows[0]?.testCount);
  const changed = results?.specification.lanes.some(({ segments }) => segments.length > 1) ?? false;
  return (
    <Panel
      title="End line"
      note={
        testCount
          ? `On ${formatCount(testCount)} test sentences, read once a seed, at the checkpoint that validation chose. ±: standard deviation over the seeds.`
          : 'Accuracy on the test split, read once a seed, at the checkpoint that validation chose.'
      }
      aside={
        changed && (
          <Tooltip label="Set the lanes to what was raced: the next race makes the same changes at the same steps.">
            <Button
              size="compact-sm"
              variant="default"
              leftSection={<Undo2 size={14} />}
              disabled={active}
              onClick={() => results && write.raceSpecification({ lanes: results.specification.lanes })}
            >
              As it was raced
            </Button>
          </Tooltip>
        )
      }
    >
      {withConclusion && conclusion && (
        <div className={classes.conclusion}>
          <ConclusionText conclusion={conclusion} headline={classes.claim} />
        </div>
      )}
      {lanes.length === 0 ? (
        <p className={classes.empty}>
          Each lane has its row here, once a race was started; its accuracy, once a seed was raced to its end.
        </p>
      ) : (
        <LaneTable lanes={lanes} />
      )}
      {results && results.comparisons.length > 0 && <Pairs comparisons={results.comparisons} />}
    </Panel>
  );
});

function LaneTable({ lanes }: { lanes: readonly LaneResult[] }) {
  const styleOf = useLaneStyle();
  const accuracies = lanes.flatMap(({ rows }) => rows.map(({ testAccuracy }) => testAccuracy ?? 0));
  const domain = accuracyDomain(accuracies, 0.01);
  const known = accuracies.length > 0;
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reachable by keyboard
    <section className={classes.scroll} tabIndex={0} aria-label="End line, scrolls sideways">
      <table className={classes.table} aria-label="End line">
        <thead>
          <tr>
            <th scope="col">Lane</th>
            <th scope="col" data-numeric>
              Test accuracy<span>%</span>
            </th>
            <th scope="col" className={classes.stripHead}>
              Each seed
              <span className={classes.ends}>
                {known && (
                  <>
                    <span>{formatPercent(domain[0], 0)}</span>
                    <span>{formatPercent(domain[1], 0)}</span>
                  </>
                )}
              </span>
            </th>
            <th scope="col" data-numeric>
              Seeds<span>ended</span>
            </th>
            <th scope="col" data-numeric>
              Best step<span>mean</span>
            </th>
            <th scope="col" data-numeric>
              Rate spent<span>mean, from–to</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {lanes.map((lane) => {
            const { letter, name, color, dash: dashes } = styleOf(lane.id, lane.rate.schedule.id);
            return (
              <tr key={lane.id} data-testid={`lane-${lane.id}`}>
                <th scope="row">
                  <span className={classes.lane}>
                    <LineSwatch color={color} dash={dashes} />
                    <b style={{ color }}>{letter}</b>
                    <span>
                      {name}
                      <span className={classes.detail}>{detailOf(lane)}</span>
                    </span>
                  </span>
                </th>
                <td data-numeric>{accuracyOf(lane)}</td>
                <td>
                  {lane.test && (
                    <div className={classes.stripCell}>
                      <SeedStrip rows={lane.rows} mean={lane.test.mean} domain={domain} color={color} />
                    </div>
                  )}
                </td>
                <td data-numeric>
                  {lane.seedsFinished} of {lane.seedsWanted}
                </td>
                <td data-numeric>{lane.bestStep ? formatCount(Math.round(lane.bestStep.mean)) : dash}</td>
                <td data-numeric>
                  {lane.spent ? (
                    <>
                      {formatRate(lane.spent.mean)}
                      <span className={classes.detail}>
                        {formatRate(lane.spent.lowest)}–{formatRate(lane.spent.highest)}
                      </span>
                    </>
                  ) : (
                    dash
                  )}
                </td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </section>
  );
}

/** The peak, what was done to it, and whether it broke. */
function detailOf({ rate, changes, broken }: LaneResult): ReactNode {
  const steps = changes.filter(({ forkedFrom }) => forkedFrom === null).map(({ step }) => step);
  const fork = changes.find(({ forkedFrom }) => forkedFrom !== null);
  return (
    <>
      peak {formatRate(rate.peak)}
      {fork?.forkedFrom && `, forked from ${laneLetters[fork.forkedFrom]} at step ${fork.step}`}
      {steps.length > 0 && `, changed at step ${[...new Set(steps)].join(', ')}`}
      {broken.length > 0 && <span className={classes.broken}>{brokenWords(broken)}: its loss was no longer finite</span>}
    </>
  );
}

/** Seeds that broke at the same step are said together. */
function brokenWords(broken: LaneResult['broken']): string {
  const steps = [...new Set(broken.map(({ step }) => step))];
  return steps
    .map((step) => {
      const seeds = broken.filter((entry) => entry.step === step).map(({ seed }) => seed);
      return `broke at step ${step}, ${seeds.length > 1 ? 'seeds' : 'seed'} ${seeds.join(', ')}`;
    })
    .join('; ');
}

function accuracyOf({ test, broken }: LaneResult): ReactNode {
  if (!test) return broken.length > 0 ? <span className={classes.broken}>broken</span> : dash;
  return (
    <>
      <b>{(100 * test.mean).toFixed(1)}</b>
      {test.spread !== null && <span className={classes.spread}> ± {(100 * test.spread).toFixed(1)}</span>}
    </>
  );
}

/** Every two lanes, compared seed by seed. */
function Pairs({ comparisons }: { comparisons: readonly RaceComparison[] }) {
  return (
    <details className={classes.pairs} open={comparisons.length <= PAIRS_IN_SIGHT}>
      <summary>Lane against lane, seed by seed</summary>
      <ul>
        {comparisons.map(({ first, second, seeds, difference, interval }) => (
          <li key={`${first}-${second}`}>
            <b>
              {laneLetters[first]} − {laneLetters[second]}
            </b>
            <span>{seeds === 0 ? 'no seed in common' : formatPoints(difference)}</span>
            <span className={classes.interval}>
              {interval
                ? `95 % interval ${formatPoints(interval[0]).replace(' points', '')} to ${formatPoints(interval[1])}, ${seeds} seeds`
                : seeds === 1 && 'one seed gives no interval'}
            </span>
          </li>
        ))}
      </ul>
    </details>
  );
}
