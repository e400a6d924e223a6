import { Button, Tooltip } from '@mantine/core';
import { Check, Gauge } from 'lucide-react';
import { useState } from 'react';
import { ChartFrame } from '../../charts/chart-frame';
import type { Point } from '../../charts/decimate';
import { roundUp } from '../../charts/domain';
import { LineFigure } from '../../charts/figures';
import { formatNumber, formatRate } from '../../charts/format';
import type { LineSeries, Rule } from '../../charts/line-figure.types';
import { laneLetters } from '../../protocol/lanes';
import type { RangeTestResult } from '../../protocol/race';
import { isActive } from '../../store/run';
import { type LabState, useLabStore, write } from '../../store/store';
import { NumberField, SelectField } from '../../ui/inputs';
import { FailureNotice, Panel } from '../../ui/widgets';
import { useSession } from '../session-context';

import classes from './range-test.module.css';

const formatLoss = (value: number) => formatNumber(value, 3);
const ALL = 'all';
const NO_LANES: readonly { id: string }[] = [];

/** Why it can't be run now, in a sentence; null where it can. */
function whyNot({ lab, data, race, run }: LabState): string | null {
  if (lab.status !== 'ready' || !data.report || !race.specification) return 'Waits for the data.';
  if (isActive(run.status)) return 'An experiment is running: the range test waits for its end.';
  const { status } = race.run;
  if (isActive(status) && status !== 'paused') return 'Pause the race to test the weights that a lane has now.';
  return null;
}

/** The range test: which rates teach, and which break, found by one short run. */
export function RangeTestPanel() {
  const session = useSession();
  const { from, to, steps, lane, running, result, failure } = useLabStore((state) => state.race.rangeTest);
  const paused = useLabStore((state) => state.race.run.status === 'paused');
  const lanes = useLabStore((state) => (state.race.run.status === 'paused' ? state.race.run.lanes : NO_LANES));
  const reason = useLabStore(whyNot);
  const wrong = from < to ? null : 'The lower end has to be below the upper end.';
  return (
    <Panel
      title="Range test"
      note="One short run in which the rate rises from step to step, by the same factor each time. Weights and optimizer are put back afterwards, to the last bit."
    >
      <div className={classes.grid}>
        <div className={classes.controls}>
          <div className={classes.fields}>
            <NumberField
              label="From rate"
              help="The rate of the first step: low enough that it hardly teaches."
              value={from}
              minimum={1e-8}
              maximum={100}
              step={1e-5}
              onChange={(value) => write.raceRangeTest({ from: value })}
            />
            <NumberField
              label="To rate"
              help="The rate of the last step: high enough that training breaks."
              value={to}
              minimum={1e-8}
              maximum={100}
              step={1}
              onChange={(value) => write.raceRangeTest({ to: value })}
            />
            <NumberField
              label="Steps"
              help="How many rates are tried, one training step each, 20 to 1,000."
              integer
              value={steps}
              minimum={20}
              maximum={1000}
              step={1}
              onChange={(value) => write.raceRangeTest({ steps: value })}
            />
          </div>
          {paused && (
            <SelectField
              label="Weights of"
              help="The lane whose weights and optimizer are tested, as they are at this step."
              value={lane ?? lanes[0]?.id ?? ''}
              options={lanes.map(({ id }) => ({ value: id, label: `lane ${laneLetters[id]}, as they are now` }))}
              onChange={(value) => write.raceRangeTest({ lane: value })}
            />
          )}
          <Button
            variant="default"
            leftSection={<Gauge size={15} />}
            loading={running}
            disabled={reason !== null || wrong !== null}
            onClick={() => void session.runRangeTest()}
          >
            Run range test
          </Button>
          <p className={classes.hint}>
            {wrong ??
              reason ??
              (paused ? 'The race stays paused, and goes on from where it is.' : 'From the weights that the race begins with.')}
          </p>
          {failure && <FailureNotice {...failure} />}
        </div>
        <Curve result={result} />
      </div>
    </Panel>
  );
}

function Curve({ result }: { result: RangeTestResult | null }) {
  const tested = useLabStore((state) => state.race.rangeTest.tested);
  if (!result || result.learningRates.length === 0) {
    return (
      <div className={classes.curve}>
        <p className={classes.empty}>
          {result
            ? result.reason
            : 'Draws the loss over the rate, and reads two bounds off it: where it begins to fall, and where it soon rises.'}
        </p>
      </div>
    );
  }
  const { learningRates, losses, smoothedLosses, proposal, dropped, reason } = result;
  const points = (values: readonly number[]): Point[] => learningRates.map((x, i) => ({ x, y: values[i] }));
  const series: LineSeries[] = [
    { id: 'raw', label: 'each step', points: points(losses), color: 'var(--ink)', dash: '', width: 1, opacity: 0.25, silent: true },
    { id: 'smoothed', label: 'smoothed', points: points(smoothedLosses), color: 'var(--ink)', dash: '', width: 2.25 },
  ];
  const rules: Rule[] = proposal
    ? [
        { id: 'lower', x: proposal.lower, label: `lb ${formatRate(proposal.lower)}`, color: 'var(--ink)', side: 'insideTopRight' },
        { id: 'upper', x: proposal.upper, label: `ub ${formatRate(proposal.upper)}`, color: 'var(--ink)', side: 'insideTopLeft' },
      ]
    : [];
  // The climb at the end would flatten the valley, which is the message.
  const ceiling = roundUp(1.7 * smoothedLosses[0]);
  const highest = Math.min(ceiling, roundUp(Math.max(...smoothedLosses)));
  return (
    <div className={classes.curve}>
      <ChartFrame
        title="Loss over learning rate"
        note={`${tested ? `Tested: ${tested}. ` : ''}Each step faint; above it the same, smoothed.${dropped > 0 ? ` ${dropped} steps with a loss that was not finite are left out.` : ''}`}
        summary={`Training loss by learning rate. ${proposal ? `Proposed: lb ${formatRate(proposal.lower)}, ub ${formatRate(proposal.upper)}.` : 'No bounds proposed.'} ${reason}`}
        table={() => ({
          columns: ['learning rate', 'loss (nats)', 'smoothed loss (nats)'],
          rows: learningRates.map((rate, i) => [rate, losses[i], smoothedLosses[i]]),
        })}
      >
        <LineFigure
          series={series}
          rules={rules}
          xLabel="learning rate"
          yLabel="cross-entropy, nats"
          xDomain={[learningRates[0], learningRates[learningRates.length - 1]]}
          yDomain={[0, highest]}
          xScale="log"
          formatX={formatRate}
          formatY={formatLoss}
          height={230}
        />
      </ChartFrame>
      <p className={classes.reason}>{reason}</p>
      {proposal && <TakeBounds proposal={proposal} />}
    </div>
  );
}

/** The proposed bounds, for one lane or all of them, by a click. */
function TakeBounds({ proposal }: { proposal: { lower: number; upper: number } }) {
  const session = useSession();
  const lanes = useLabStore((state) => state.race.specification?.lanes) ?? [];
  const [chosen, setChosen] = useState(ALL);
  const [taken, setTaken] = useState<string | null>(null);
  const lane = lanes.some(({ id }) => id === chosen) ? chosen : ALL;
  const words = `peak ${formatRate(proposal.upper)}, floor ${formatRate(proposal.lower)}`;
  return (
    <div className={classes.take}>
      <SelectField
        label="For"
        labelHidden
        help="Whose controls are set to the bounds."
        value={lane}
        options={[{ value: ALL, label: 'all lanes' }, ...lanes.map(({ id }) => ({ value: id, label: `lane ${laneLetters[id]}` }))]}
        onChange={(value) => {
          setChosen(value);
          setTaken(null);
        }}
      />
      <Tooltip label="The peak becomes ub; where the schedule has a floor, it becomes lb.">
        <Button
          leftSection={taken === lane ? <Check size={15} /> : undefined}
          onClick={() => {
            session.takeBounds(lane === ALL ? null : lane);
            setTaken(lane);
          }}
        >
          Use these bounds
        </Button>
      </Tooltip>
      <span className={classes.hint} role="status">
        {taken === lane ? `Set: ${words}` : words}
      </span>
    </div>
  );
}
