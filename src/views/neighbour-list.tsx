import { Check } from 'lucide-react';
import { signless } from '../charts/format';
import classes from './neighbour-list.module.css';

interface NeighbourListProps {
  neighbours: readonly { word: string; cosine: number }[];
  /** What the table that it is held against has as well: marked. */
  same: ReadonlySet<string>;
}

/** A word's neighbours, nearest first. */
export function NeighbourList({ neighbours, same }: NeighbourListProps) {
  return (
    <ol className={classes.list}>
      {neighbours.map(({ word, cosine }) => (
        <li key={word} data-same={same.has(word) || undefined} title={`cosine ${signless(cosine, 3)}`}>
          <span className={classes.mark}>{same.has(word) && <Check size={14} strokeWidth={3} aria-label="same" />}</span>
          <span className={classes.neighbour}>{word}</span>
          <span className={classes.cosine}>{signless(cosine, 2)}</span>
        </li>
      ))}
    </ol>
  );
}
