import { useMemo } from 'react';
import { formatPercent } from '../../charts/format';
import type { Classification } from '../../protocol/try';
import { write } from '../../store/store';
import { Panel } from '../../ui/widgets';
import { highest, referenceOf, referenceWords, useModels } from './model-names';
import classes from './sentence-list.module.css';

/** Many sentences, a line each: what the reference says, and how many of the others differ. One of them is looked at below. */
export function SentenceList({
  lines,
  classification,
  chosen,
}: {
  lines: readonly string[];
  classification: Classification;
  chosen: number;
}) {
  const models = useModels();
  const { classes: names, sentences } = classification;
  const at = Math.max(
    0,
    classification.models.findIndex(({ id }) => id === referenceOf(models)?.id),
  );
  const rows = useMemo(
    () =>
      sentences.map(({ probabilities }, s) => {
        const choice = highest(probabilities[at]);
        return {
          text: lines[s],
          choice,
          probability: probabilities[at][choice],
          differ: probabilities.filter((of) => highest(of) !== choice).length,
        };
      }),
    [lines, sentences, at],
  );
  return (
    <Panel
      title={`${sentences.length} sentences`}
      note={`What ${referenceWords(models[at])} says of each, and how many of the other ${models.length - 1} differ. Choose one to look at it below.`}
    >
      <ul className={classes.list}>
        {rows.map((row, s) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a sentence may come twice; its place is its name
          <li key={s}>
            <button type="button" aria-pressed={s === chosen} onClick={() => write.tryout({ sentence: s })}>
              <span className={classes.text}>{row.text}</span>
              <span className={classes.choice}>
                {names[row.choice]} <b>{formatPercent(row.probability)}</b>
              </span>
              <span className={classes.differ} data-some={row.differ > 0 || undefined}>
                {row.differ === 0 ? 'all agree' : `${row.differ} differ${row.differ === 1 ? 's' : ''}`}
              </span>
            </button>
          </li>
        ))}
      </ul>
    </Panel>
  );
}
