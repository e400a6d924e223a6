import { Button, Loader } from '@mantine/core';
import { useEffect, useMemo } from 'react';
import { ChartFrame } from '../../charts/chart-frame';
import { domainFromZero } from '../../charts/domain';
import { FactorRectangles } from '../../charts/factor-rectangles';
import { LineFigure } from '../../charts/figures';
import { formatCount, formatNumber, formatPercent } from '../../charts/format';
import type { LineSeries } from '../../charts/line-figure.types';
import { styleOf } from '../../charts/palette';
import { useScheme } from '../../charts/swatch';
import type { TableSpectrum } from '../../protocol/lab';
import { rankForRate } from '../../store/rates';
import { selectIsBusy, selectSpectrum } from '../../store/selectors';
import { spectrumKey, useLabStore } from '../../store/store';
import { FailureNotice, Panel, ProgressBar, RoomHead } from '../../ui/widgets';
import { Arithmetic } from '../arithmetic';
import { useSession } from '../session-context';
import { RateAndRank } from '../train/rate-and-rank';
import classes from './factorize-room.module.css';
import { TableChoice } from './table-choice';

const formatRank = (value: number) => String(Math.round(value));
const formatValue = (value: number) => formatNumber(value, 3);
const formatShare = (value: number) => formatPercent(value, 0);

/** The loaded table's spectrum, and what a rank keeps of it. */
export default function FactorizeRoom() {
  const session = useSession();
  const specification = useLabStore((state) => state.specification);
  const plan = useLabStore((state) => state.plan);
  const spectrum = useLabStore((state) => state.spectrum);
  const active = useLabStore(selectIsBusy);
  const loaded = useLabStore((state) => state.data.report !== null && state.data.loading === null);
  const key = specification && spectrumKey(specification, spectrum.of);
  const { stopped } = spectrum;

  // While a run holds the engine the spectrum waits; it is asked for again at its end.
  // biome-ignore lint/correctness/useExhaustiveDependencies: another key asks again
  useEffect(() => {
    if (loaded && !active && !stopped) void session.computeSpectrum();
  }, [key, loaded, active, session]);

  const rank = plan && specification ? rankForRate(plan.rateByRank, specification.rates[0]) : 1;
  // Until the answer is there, what is known is of another table.
  const isAnswered = spectrum.key === key;
  const value = isAnswered ? spectrum.value : null;
  const failure = isAnswered && spectrum.failure?.code !== 'busy' ? spectrum.failure : null;
  return (
    <>
      <RoomHead title="Factorize">
        The singular values say how much of the table each direction holds. Keeping the r largest is the closest that any table of rank r
        can come (Eckart and Young).
      </RoomHead>
      {failure && <FailureNotice {...failure} />}
      <div className={classes.grid}>
        <div className={classes.charts}>
          <TableChoice />
          {value && <Spectra spectrum={value} rank={Math.min(rank, value.singularValues.length)} />}
          {!value && !failure && <Pending waiting={active} />}
        </div>
        <div className={classes.side}>
          <Panel title="How much to keep">
            <RateAndRank />
          </Panel>
          {plan && (
            <Panel title="Parameters" note="Of this experiment’s table: its vocabulary, padding and unknown included.">
              <Arithmetic vocabulary={plan.vocabulary} dimension={plan.dimension} rank={rank} />
            </Panel>
          )}
        </div>
      </div>
      {plan && (
        <div className={classes.below}>
          <Panel title="To scale" note="Rows have one scale, columns another; areas compare as parameters do.">
            <FactorRectangles vocabulary={plan.vocabulary} dimension={plan.dimension} rank={rank} />
          </Panel>
          <Panel title="What the SVD does">
            <div className={classes.prose}>
              <p>
                Every table is a sum of directions, each with a weight: its singular value. A word is a mixture of them. The truncated SVD
                keeps the r heaviest and drops the rest; A holds each word’s mixture, B the directions themselves.
              </p>
              <p>
                What is dropped is what the words share least, not what the task needs least. That is why accuracy falls right after the
                cut, and why training A and B on brings it back: the Train room shows both.
              </p>
              {value && (
                <p className={classes.cost}>
                  {formatCount(value.rows)} × {value.dimension}, factorized in {formatNumber(value.milliseconds)} ms.
                </p>
              )}
            </div>
          </Panel>
        </div>
      )}
    </>
  );
}

function Pending({ waiting }: { waiting: boolean }) {
  const session = useSession();
  const { progress, computing, stopped } = useLabStore((state) => state.spectrum);
  return (
    <div className={classes.pending}>
      {waiting ? (
        <p>The engine is training. The spectrum is computed when the run has ended, or was stopped.</p>
      ) : stopped && computing === null ? (
        <>
          <p>
            The factorization was stopped{progress && ` after ${formatCount(progress.doneRows)} of ${formatCount(progress.totalRows)} rows`}
            .
          </p>
          <Button size="xs" variant="default" onClick={() => void session.computeSpectrum()}>
            Compute the spectrum
          </Button>
        </>
      ) : progress ? (
        <div className={classes.progress}>
          <p>
            {progress.stage}: {formatCount(progress.doneRows)} of {formatCount(progress.totalRows)}
          </p>
          <ProgressBar label="Computing the spectrum" done={progress.doneRows / Math.max(1, progress.totalRows)} />
          <Button size="xs" variant="default" onClick={session.stopSpectrum}>
            Stop
          </Button>
        </div>
      ) : (
        <>
          <Loader size="sm" color="gray" />
          <p>Computing the spectrum…</p>
        </>
      )}
    </div>
  );
}

function Spectra({ spectrum, rank }: { spectrum: TableSpectrum; rank: number }) {
  const scheme = useScheme();
  const ofTable = spectrum.of === 'table';
  const lastTrained = useLabStore(selectSpectrum);
  // A run trains the words of its experiment alone: only their spectra compare.
  const trained = ofTable ? null : lastTrained;
  const color = styleOf('low-rank')[scheme];
  const ink = styleOf('full')[scheme];
  const { singularValues, retainedEnergy, relativeError } = spectrum;
  const last = singularValues.length;
  const lines = useMemo<LineSeries[]>(() => {
    const toPoints = (values: readonly number[]) => values.map((y, i) => ({ x: i + 1, y }));
    return [
      { id: 'loaded', label: 'as loaded', points: toPoints(singularValues), color: ink, dash: '', width: 2 },
      ...(trained
        ? [{ id: 'trained', label: 'trained by the last run', points: toPoints(trained.singularValues), color, dash: '6 3', width: 2 }]
        : []),
    ];
  }, [singularValues, trained, color, ink]);
  const shares = useMemo<LineSeries[]>(
    () => [
      { id: 'energy', label: 'retained energy', points: retainedEnergy.map((y, i) => ({ x: i + 1, y })), color, dash: '', width: 2.25 },
      { id: 'error', label: 'relative error', points: relativeError.map((y, i) => ({ x: i + 1, y })), color: ink, dash: '5 3', width: 2 },
    ],
    [retainedEnergy, relativeError, color, ink],
  );
  const yDomain = useMemo(() => domainFromZero(lines.flatMap(({ points }) => points.map((point) => point.y))), [lines]);
  const energy = retainedEnergy[rank - 1];
  const error = relativeError[rank - 1];
  return (
    <>
      <ChartFrame
        title="Singular values"
        note={
          ofTable
            ? `Of all ${formatCount(spectrum.rows)} words of the loaded table.`
            : trained
              ? 'Of the table as it is loaded, and as the last run trained it.'
              : 'Of the table as it is loaded. After a run, the trained table’s are drawn beside them.'
        }
        summary={`The largest singular value is ${formatValue(singularValues[0])}, the one at rank ${rank} ${formatValue(singularValues[rank - 1])}, the last ${formatValue(singularValues[last - 1])}.`}
        legend={lines.map(({ id, label, color: stroke, dash }) => ({ id, label, color: stroke, dash }))}
        table={() => ({
          columns: ['rank', 'singular value', 'retained energy', 'relative error'],
          rows: singularValues.map((y, i) => [i + 1, y, retainedEnergy[i], relativeError[i]]),
        })}
      >
        <LineFigure
          series={lines}
          rules={[{ id: 'rank', x: rank, label: `rank ${rank}` }]}
          xLabel="rank"
          yLabel="singular value"
          xDomain={[1, Math.max(2, last)]}
          yDomain={yDomain}
          xWhole
          formatX={formatRank}
          formatY={formatValue}
          height={230}
        />
      </ChartFrame>
      <ChartFrame
        title="What a rank keeps"
        note={
          <>
            Rank {rank} keeps <b>{formatPercent(energy)}</b> of the energy; the relative error is <b>{formatPercent(error)}</b>.
          </>
        }
        summary={`Rank ${rank} keeps ${formatPercent(energy)} of the energy; the relative error is ${formatPercent(error)}.`}
        legend={shares.map(({ id, label, color: stroke, dash }) => ({ id, label, color: stroke, dash }))}
        table={() => ({
          columns: ['rank', 'retained energy', 'relative error'],
          rows: retainedEnergy.map((y, i) => [i + 1, y, relativeError[i]]),
        })}
      >
        <LineFigure
          series={shares}
          rules={[{ id: 'rank', x: rank, label: `rank ${rank}` }]}
          xLabel="rank"
          yLabel="share"
          xDomain={[1, Math.max(2, last)]}
          yDomain={[0, 1]}
          xWhole
          formatX={formatRank}
          formatY={formatPercent}
          formatYTick={formatShare}
          height={230}
        />
      </ChartFrame>
    </>
  );
}
