import type { Neighbours } from '../../../protocol/projection';
import { NeighbourList } from '../../neighbour-list';
import classes from './neighbour-columns.module.css';

/** The nearest words, a column a rank: those that the table itself has among its ten nearest are marked. */
export function NeighbourColumns({
  answer,
  columns,
  chosen,
  dimension,
}: {
  answer: Neighbours;
  columns: readonly number[];
  chosen: number;
  dimension: number;
}) {
  const byRank = new Map(answer.ranks.map((entry) => [entry.rank, entry]));
  const own = new Set(byRank.get(dimension)?.neighbours.map(({ word }) => word));
  return (
    <div className={classes.columns}>
      {columns.map((rank) => {
        const entry = byRank.get(rank);
        if (!entry) return null;
        const whole = rank === dimension;
        return (
          <section
            key={rank}
            className={classes.column}
            data-chosen={rank === chosen || undefined}
            aria-label={`Neighbours at rank ${rank}`}
          >
            <header className={classes.head}>
              <h3>{whole ? `rank ${rank} = d` : `rank ${rank}`}</h3>
              <p>{whole ? 'the table itself' : rank === chosen ? 'your slider' : ''}</p>
            </header>
            <p className={classes.overlap}>
              <b>{entry.overlap}</b> of {own.size} the same
            </p>
            <NeighbourList neighbours={entry.neighbours} same={own} />
          </section>
        );
      })}
    </div>
  );
}
