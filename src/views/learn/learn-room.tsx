import { useState } from 'react';
import { ChartFrame } from '../../charts/chart-frame';
import { FactorRectangles } from '../../charts/factor-rectangles';
import { formatCount, formatPercent } from '../../charts/format';
import { countParameters } from '../../charts/parameters';
import { RangeField } from '../../ui/inputs';
import { Panel, RoomHead } from '../../ui/widgets';
import { Arithmetic } from '../arithmetic';
import classes from './learn-room.module.css';

const STEPS = 80;

/** V on a logarithmic slider from 10,000 to 1,000,000, in numbers of two digits. */
export function vocabularyAt(place: number): number {
  return Number((10 ** (4 + (2 * place) / STEPS)).toPrecision(2));
}

/** The counting lesson: why two thin tables are smaller than one wide one. */
export default function LearnRoom() {
  const [place, setPlace] = useState(0);
  const [dimension, setDimension] = useState(300);
  const [wanted, setRank] = useState(30);
  const vocabulary = vocabularyAt(place);
  const rank = Math.min(wanted, dimension);
  const { table, factors, rate } = countParameters(vocabulary, dimension, rank);
  // V r + r d = V d, solved for r.
  const breakEven = (vocabulary * dimension) / (vocabulary + dimension);
  return (
    <>
      <RoomHead title="Counting: one table against two thin ones">
        A word table holds d numbers for each of V words. Written as a product of two factors it holds r for each word, and r times d once
        for all of them.
      </RoomHead>
      <div className={classes.grid}>
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
        <div className={classes.side}>
          <Panel>
            <div className={classes.sliders}>
              <RangeField
                label="Words, V"
                help="Rows of the table: how many words the model knows."
                value={place}
                minimum={0}
                maximum={STEPS}
                step={1}
                text={formatCount(vocabulary)}
                onChange={setPlace}
              />
              <RangeField
                label="Dimension, d"
                help="Columns of the table: how many numbers describe a word."
                value={dimension}
                minimum={50}
                maximum={1000}
                step={10}
                text={String(dimension)}
                onChange={setDimension}
              />
              <RangeField
                label="Rank, r"
                help="Width of the thin factor: how many directions the words may differ in."
                value={rank}
                minimum={1}
                maximum={dimension}
                step={1}
                text={String(rank)}
                onChange={setRank}
              />
            </div>
          </Panel>
          <Panel>
            <Arithmetic vocabulary={vocabulary} dimension={dimension} rank={rank} />
          </Panel>
        </div>
      </div>
      <div className={classes.prose}>
        <h2>What to see here</h2>
        <ul>
          <li>
            Move V. The share that is removed hardly changes ({formatPercent(rate)}): both sides grow with V, and what is left is about r /
            d = {formatPercent(rank / dimension)}.
          </li>
          <li>
            Move r. Every direction costs V + d = {formatCount(vocabulary + dimension)} parameters. From r = {Math.ceil(breakEven)} on, the
            factors are larger than the table.
          </li>
          <li>
            B is a hairline. It is r rows high where the table has V: almost all of the cost is A, and almost all of the saving is in making
            its rows short.
          </li>
        </ul>
      </div>
    </>
  );
}
