import { useMemo } from 'react';
import { ChartFrame } from '../../../charts/chart-frame';
import { domainFromZero } from '../../../charts/domain';
import { LineFigure } from '../../../charts/figures';
import { formatCount, formatNumber, formatPercent } from '../../../charts/format';
import { styleOf } from '../../../charts/palette';
import { useScheme } from '../../../charts/swatch';
import type { Neighbours } from '../../../protocol/projection';
import { useLabStore, write } from '../../../store/store';
import { RangeField } from '../../../ui/inputs';
import { FailureNotice, Panel, StatTile } from '../../../ui/widgets';
import { useSession } from '../../session-context';
import { useAnswer } from '../../use-answer';
import { WordField } from '../../word-field';
import { Answered } from '../answered';
import shared from '../piece.module.css';
import { NeighbourColumns } from './neighbour-columns';
import classes from './rank.module.css';
import { askedRanks, columnRanks, curveRanks } from './ranks';

interface Spectrum {
  words: number;
  singularValues: number[];
  retainedEnergy: number[];
}

const formatRank = (value: number) => String(Math.round(value));
/** Of ten words there are no halves. */
const formatWhole = (value: number) => (Number.isInteger(value) ? String(value) : '');
const formatShare = (value: number) => formatPercent(value, 0);
const formatValue = (value: number) => formatNumber(value, 3);

/** What a word's neighbours become as the rank falls. */
export default function Rank() {
  const { lab } = useSession();
  const table = useLabStore((state) => state.data.report?.embeddings.source.id ?? null);
  const spectrum = useAnswer(table, () => lab.cloudSpectrum());
  return (
    <Answered answer={spectrum} waiting="Factorizing the loaded word vectors …">
      {(value) => <Falling spectrum={value} table={table ?? ''} />}
    </Answered>
  );
}

function Falling({ spectrum, table }: { spectrum: Spectrum; table: string }) {
  const { lab } = useSession();
  const { word, rank: wanted } = useLabStore((state) => state.learn.projection);
  const sample = useLabStore((state) => state.data.report?.embeddings.sample);
  const dimension = spectrum.singularValues.length;
  const rank = Math.max(1, Math.min(dimension, wanted));
  const cloud = useAnswer(table, () => lab.wordCloud());
  const answer = useAnswer(JSON.stringify([table, word, rank, dimension]), () => lab.neighbours(word, askedRanks(dimension, rank)));
  const suggestions = useMemo(
    () => [...new Set([...(cloud.value?.words.map((entry) => entry.word) ?? []), ...(sample ?? [])])].sort(),
    [cloud.value, sample],
  );
  const unknown = answer.value?.known === false && answer.value.word === word;
  const shown = answer.value?.known ? answer.value : null;
  const atRank = shown?.ranks.find((entry) => entry.rank === rank);

  return (
    <>
      <div className={shared.stack}>
        <Panel>
          <div className={classes.controls}>
            <WordField
              help="Any word that the loaded table has. Its neighbours are the words whose vectors point most nearly its way."
              value={word}
              suggestions={suggestions}
              problem={unknown ? `The loaded table has no word “${word}”.` : null}
              onChange={(next) => write.learn('projection', { word: next })}
            />
            <RangeField
              label="Rank, r"
              help="How many directions the words may differ in: all d of them, down to one."
              value={rank}
              minimum={1}
              maximum={dimension}
              step={1}
              text={`${formatCount(rank)} of ${formatCount(dimension)}`}
              onChange={(next) => write.learn('projection', { rank: next })}
            />
            <div className={classes.figures}>
              <StatTile
                label="Neighbours that stay"
                value={atRank ? `${atRank.overlap} of 10` : '–'}
                note={`of “${word}”, at rank ${rank}`}
              />
              <StatTile
                label="Energy that stays"
                value={formatPercent(spectrum.retainedEnergy[rank - 1])}
                note={`of ${formatCount(spectrum.words)} words`}
              />
            </div>
          </div>
        </Panel>
        {answer.failure && <FailureNotice message={answer.failure.message} remedy={answer.failure.remedy} />}
        {shown && (
          <Panel
            title={`The ten nearest words of “${shown.word}”`}
            note="By cosine, which each row ends with. A tick marks those that the table itself has among its ten nearest."
          >
            <NeighbourColumns answer={shown} columns={columnRanks(dimension, rank)} chosen={rank} dimension={dimension} />
          </Panel>
        )}
        <div className={shared.pair}>
          <OverlapChart answer={shown} rank={rank} dimension={dimension} />
          <EnergyChart spectrum={spectrum} rank={rank} />
        </div>
        <SpectrumChart spectrum={spectrum} rank={rank} />
      </div>
      <div className={shared.prose}>
        <h2>What to see here</h2>
        <ul>
          <li>
            Half of the directions hold {formatPercent(spectrum.retainedEnergy[Math.ceil(dimension / 2) - 1], 0)} of the energy. How many of
            the neighbours is that? Try several words: frequent and rare ones, names, numbers.
          </li>
          <li>
            At rank 1 there are only two directions left, forth and back: the words of one side are all equally near, and are listed by
            frequency.
          </li>
          <li>
            That is before any training. The paper's step is to retrain the two factors: the task needs far fewer directions than the
            language does.
          </li>
        </ul>
      </div>
    </>
  );
}

function OverlapChart({ answer, rank, dimension }: { answer: Neighbours | null; rank: number; dimension: number }) {
  const scheme = useScheme();
  const color = styleOf('low-rank')[scheme];
  const points = useMemo(() => {
    const drawn = new Set(curveRanks(dimension));
    return (answer?.ranks ?? []).filter((entry) => drawn.has(entry.rank)).map((entry) => ({ x: entry.rank, y: entry.overlap }));
  }, [answer, dimension]);
  const series = useMemo(
    () => [{ id: 'overlap', label: 'neighbours that stay', points, color, dash: '', dots: true, width: 2.5 }],
    [points, color],
  );
  const here = answer?.ranks.find((entry) => entry.rank === rank);
  const marks = useMemo(() => (here ? [{ id: 'here', x: here.rank, y: here.overlap, color }] : []), [here, color]);
  const xDomain = useMemo(() => [1, Math.max(2, dimension)] as const, [dimension]);
  return (
    <ChartFrame
      title="Neighbours that stay"
      note={answer ? `Of the ten nearest of “${answer.word}”, at ${points.length} ranks; the ring is your slider.` : 'Of the ten nearest.'}
      summary={answer ? points.map(({ x, y }) => `rank ${x}: ${y}`).join(', ') : 'Nothing drawn yet.'}
      table={() => ({ columns: ['rank', 'neighbours that stay'], rows: points.map(({ x, y }) => [x, y]) })}
      empty={answer ? undefined : 'Drawn for a word that the table has.'}
    >
      <LineFigure
        series={series}
        marks={marks}
        xLabel="rank"
        yLabel="of ten"
        xDomain={xDomain}
        yDomain={tenDomain}
        xWhole
        formatX={formatRank}
        formatY={formatRank}
        formatYTick={formatWhole}
      />
    </ChartFrame>
  );
}

const tenDomain = [0, 10] as const;
const shareDomain = [0, 1] as const;

function EnergyChart({ spectrum: { retainedEnergy }, rank }: { spectrum: Spectrum; rank: number }) {
  const scheme = useScheme();
  const color = styleOf('low-rank')[scheme];
  const points = useMemo(() => retainedEnergy.map((y, i) => ({ x: i + 1, y })), [retainedEnergy]);
  const series = useMemo(() => [{ id: 'energy', label: 'energy', points, color, dash: '', width: 2.5 }], [points, color]);
  const kept = retainedEnergy[rank - 1];
  const marks = useMemo(() => [{ id: 'here', x: rank, y: kept, color }], [rank, kept, color]);
  const xDomain = useMemo(() => [1, Math.max(2, points.length)] as const, [points]);
  return (
    <ChartFrame
      title="Energy that stays"
      note="Squared singular values up to the rank, over the sum of all."
      summary={`Rank ${rank} keeps ${formatPercent(kept)} of the energy.`}
      table={() => ({ columns: ['rank', 'retained energy'], rows: points.map(({ x, y }) => [x, y]) })}
    >
      <LineFigure
        series={series}
        marks={marks}
        xLabel="rank"
        yLabel="energy"
        xDomain={xDomain}
        yDomain={shareDomain}
        xWhole
        formatX={formatRank}
        formatY={formatPercent}
        formatYTick={formatShare}
      />
    </ChartFrame>
  );
}

function SpectrumChart({ spectrum: { singularValues, retainedEnergy, words }, rank }: { spectrum: Spectrum; rank: number }) {
  const scheme = useScheme();
  const color = styleOf('low-rank')[scheme];
  const points = useMemo(() => singularValues.map((y, i) => ({ x: i + 1, y })), [singularValues]);
  const series = useMemo(
    () => [
      { id: 'cut', label: 'cut off', points, color: 'var(--control)', dash: '2 3', width: 1.5 },
      { id: 'kept', label: 'kept', points: points.slice(0, rank), color, dash: '', dots: rank <= 60, width: 2.5 },
    ],
    [points, rank, color],
  );
  const rules = useMemo(
    () => [
      {
        id: 'rank',
        x: rank,
        label: `rank ${rank}: ${formatPercent(retainedEnergy[rank - 1])} of the energy`,
      },
    ],
    [rank, retainedEnergy],
  );
  const yDomain = useMemo(() => domainFromZero(singularValues), [singularValues]);
  const xDomain = useMemo(() => [1, Math.max(2, points.length)] as const, [points]);
  return (
    <ChartFrame
      title="Spectrum of the loaded table"
      note={`Singular values of its ${formatCount(words)} most frequent words, as they are, not centred.`}
      summary={`${singularValues.length} singular values, from ${formatValue(singularValues[0])} down to ${formatValue(singularValues.at(-1) ?? 0)}.`}
      table={() => ({ columns: ['rank', 'singular value'], rows: points.map(({ x, y }) => [x, y]) })}
    >
      <LineFigure
        series={series}
        rules={rules}
        xLabel="rank"
        yLabel="singular value"
        xDomain={xDomain}
        yDomain={yDomain}
        xWhole
        formatX={formatRank}
        formatY={formatValue}
      />
    </ChartFrame>
  );
}
