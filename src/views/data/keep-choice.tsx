import { type ReactNode, useId, useState } from 'react';
import { formatBytes, formatCount } from '../../charts/format';
import type { Keep } from '../../protocol/data';
import type { SourceReference } from '../../protocol/specification';
import field from '../../ui/field.module.css';
import { tableBytes } from './keep';
import classes from './keep-choice.module.css';

interface Props {
  words: { count: number; exact: boolean } | null;
  dimension: number;
  /** The loaded data set, and how many distinct words it has. */
  dataset: { source: SourceReference; types: number };
  keep: Keep;
  onChange(keep: Keep): void;
}

/** Which words of a table are kept, each choice with its size in memory before it is made. */
export function KeepChoice({ words, dimension, dataset, keep, onChange }: Props) {
  const name = useId();
  const most = words?.count ?? Number.POSITIVE_INFINITY;
  const [wanted, setWanted] = useState(keep.kind === 'most-frequent' ? keep.words : Math.min(100_000, most));
  const [draft, setDraft] = useState<string | null>(null);
  const frequent = (count: number) => onChange({ kind: 'most-frequent', words: count });
  /** As it is written on the page or off it: 100,000 or 100000. */
  const parse = (text: string) => (/^[\d,\s]*\d$/.test(text.trim()) ? Number(text.replace(/[,\s]/g, '')) : 0);
  const setWords = Math.min(dataset.types, most);
  const option = (kind: Keep['kind'], label: ReactNode, size: ReactNode, choose: () => void) => (
    <label className={classes.option} data-chosen={keep.kind === kind || undefined}>
      <input type="radio" name={name} checked={keep.kind === kind} onChange={choose} />
      <span className={classes.label}>{label}</span>
      <span className={classes.size}>{size}</span>
    </label>
  );
  return (
    <fieldset className={classes.choice}>
      <legend className={classes.legend}>
        Words to keep<span>size in memory</span>
      </legend>
      {option(
        'all',
        <>All{words && `${words.exact ? ' ' : ', about '}${formatCount(words.count)}`}</>,
        words ? formatBytes(tableBytes(words.count, dimension)) : 'as large as the file says',
        () => onChange({ kind: 'all' }),
      )}
      {option(
        'most-frequent',
        <>
          The most frequent{' '}
          <input
            className={`${field.input} ${classes.number}`}
            type="text"
            inputMode="numeric"
            autoComplete="off"
            aria-label="Number of most frequent words"
            value={draft ?? formatCount(wanted)}
            aria-invalid={draft !== null && parse(draft) < 1}
            onFocus={() => frequent(wanted)}
            onChange={(event) => {
              const text = event.currentTarget.value;
              setDraft(text);
              const count = Math.min(parse(text), most);
              if (count < 1) return;
              setWanted(count);
              frequent(count);
            }}
            onBlur={() => setDraft(null)}
          />
        </>,
        formatBytes(tableBytes(Math.min(wanted, most), dimension)),
        () => frequent(wanted),
      )}
      {option(
        'dataset',
        <>
          Those of {dataset.source.name}: at most {formatCount(setWords)}
        </>,
        `at most ${formatBytes(tableBytes(setWords, dimension))}`,
        () => onChange({ kind: 'dataset' }),
      )}
      {keep.kind === 'most-frequent' && (
        <p className={classes.note}>The first of the file are taken: files of word vectors list the most frequent words first.</p>
      )}
      {keep.kind === 'dataset' && (
        <p className={classes.note}>Load the labelled sentences first: words of a set that is loaded later are not in the table then.</p>
      )}
    </fieldset>
  );
}
