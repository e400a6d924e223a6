import { UnstyledButton } from '@mantine/core';
import { ChartFrame } from '../../../charts/chart-frame';
import { FactorRectangles } from '../../../charts/factor-rectangles';
import { formatCount, formatPercent } from '../../../charts/format';
import { countParameters } from '../../../charts/parameters';
import { useLabStore, write } from '../../../store/store';
import { RangeField } from '../../../ui/inputs';
import { Panel } from '../../../ui/widgets';
import { Arithmetic } from '../../arithmetic';
import { useInLesson } from '../in-lesson';
import shared from '../piece.module.css';
import classes from './counting.module.css';

const STEPS = 80;

/** V on a logarithmic slider from 10,000 to 1,000,000, in numbers of two digits. */
export function vocabularyAt(place: number): number {
  return Number((10 ** (4 + (2 * place) / STEPS)).toPrecision(2));
}

/** The place on that slider nearest to V. */
export function placeOf(vocabulary: number): number {
  return Math.round(((Math.log10(vocabulary) - 4) * STEPS) / 2);
}

/** The counting lesson: why two thin tables are smaller than one wide one. */
export default function Counting() {
  const inLesson = useInLesson();
  const { vocabulary, dimension, rank: wanted } = useLabStore((state) => state.learn.counting);
  const rank = Math.min(wanted, dimension);
  const { table, factors, rate } = countParameters(vocabulary, dimension, rank);
  // V r + r d = V d, solved for r.
  const breakEven = (vocabulary * dimension) / (vocabulary + dimension);
  return (
    <>
      <div className={shared.grid}>
        <div className={shared.side}>
          <ChartFrame
            title="Parameters, drawn to scale"
            note="Same scale for rows, same scale for columns: the inked area is the number of parameters."
            summary={`${formatCount(table)} parameters in the table, ${formatCount(factors)} in the two factors.`}
            table={() => ({
              columns: ['what', 'rows', 'columns', 'parameters'],
              rows: [
                ['E', vocabulary, dimension, table],
                ['A', vocabulary, rank, vocabulary * rank],
                ['B', rank, dimension, rank * dimension],
              ],
            })}
          >
            <FactorRectangles vocabulary={vocabulary} dimension={dimension} rank={rank} />
          </ChartFrame>
          <Panel className={classes.sum}>
            <Arithmetic vocabulary={vocabulary} dimension={dimension} rank={rank} />
          </Panel>
        </div>
        <div className={shared.side}>
          <Panel>
            <Presets />
            <div className={classes.sliders}>
              <RangeField
                label="Words, V"
                help="Rows of the table: how many words the model knows."
                value={placeOf(vocabulary)}
                minimum={0}
                maximum={STEPS}
                step={1}
                text={formatCount(vocabulary)}
                onChange={(place) => write.learn('counting', { vocabulary: vocabularyAt(place) })}
              />
              <RangeField
                label="Dimension, d"
                help="Columns of the table: how many numbers describe a word."
                value={dimension}
                minimum={50}
                maximum={1000}
                step={10}
                text={String(dimension)}
                onChange={(next) => write.learn('counting', { dimension: next })}
              />
              <RangeField
                label="Rank, r"
                help="Width of the thin factor: how many directions the words may differ in."
                value={rank}
                minimum={1}
                maximum={dimension}
                step={1}
                text={String(rank)}
                onChange={(next) => write.learn('counting', { rank: next })}
              />
            </div>
          </Panel>
        </div>
      </div>
      {!inLesson && (
        <div className={shared.prose}>
          <h2>What to see here</h2>
          <ul>
            <li>
              Move V. The share that is removed hardly changes ({formatPercent(rate)}): both sides grow with V, and what is left is about r
              / d = {formatPercent(rank / dimension)}.
            </li>
            <li>
              Move r. Every direction costs V + d = {formatCount(vocabulary + dimension)} parameters. From r = {Math.ceil(breakEven)} on,
              the factors are larger than the table.
            </li>
            <li>
              B is a hairline. It is r rows high where the table has V: almost all of the cost is A, and almost all of the saving is in
              making its rows short.
            </li>
          </ul>
        </div>
      )}
    </>
  );
}

/** Tables to start from: the paper's, one that people download, and the one that is loaded. */
function Presets() {
  const settings = useLabStore((state) => state.learn.counting);
  const loaded = useLabStore((state) => state.data.report?.embeddings);
  const presets = [
    { label: 'The paper’s example', vocabulary: 10_000, dimension: 300, rank: 30 },
    { label: 'GloVe, 400,000 words', vocabulary: 400_000, dimension: 300, rank: 30 },
    ...(loaded
      ? [
          {
            label: 'The loaded table',
            vocabulary: loaded.words,
            dimension: loaded.dimension,
            rank: Math.max(1, Math.round(loaded.dimension / 10)),
          },
        ]
      : []),
  ];
  return (
    <fieldset className={classes.presets}>
      <legend>Start from</legend>
      {presets.map(({ label, ...table }) => (
        <UnstyledButton
          key={label}
          className={classes.preset}
          aria-pressed={table.vocabulary === settings.vocabulary && table.dimension === settings.dimension && table.rank === settings.rank}
          onClick={() => write.learn('counting', table)}
        >
          <span>{label}</span>
          <span className={classes.presetSize}>
            {formatCount(table.vocabulary)} × {formatCount(table.dimension)}, r = {table.rank}
          </span>
        </UnstyledButton>
      ))}
    </fieldset>
  );
}
