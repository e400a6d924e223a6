import { Check } from 'lucide-react';
import type { Neighbours } from '../../../protocol/projection';
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
            <ol className={classes.list}>
              {entry.neighbours.map(({ word, cosine }) => (
                <li key={word} data-same={own.has(word) || undefined} title={`cosine ${cosine.toFixed(3)}`}>
                  <span className={classes.mark}>{own.has(word) && <Check size={14} strokeWidth={3} aria-label="same" />}</span>
                  <span className={classes.neighbour}>{word}</span>
                  <span className={classes.cosine}>{cosine.toFixed(2)}</span>
                </li>
              ))}
            </ol>
          </section>
        );
      })}
    </div>
  );
}
