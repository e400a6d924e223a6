import { VisuallyHidden } from '@mantine/core';
import { Fragment } from 'react';
import { formatBytes, formatNumber, formatPercent } from '../../charts/format';
import { MethodSwatch, useStyles } from '../../charts/swatch';
import type { Classification, TrainedModel } from '../../protocol/lab';
import { selectMethodLabel } from '../../store/selectors';
import { useLabStore } from '../../store/store';
import { Panel } from '../../ui/widgets';
import classes from './try-room.module.css';

const MOST_CLASSES = 8;

/** Words as the models see them, and each model's probabilities. */
export function Answers({ answer, models }: { answer: Classification; models: readonly TrainedModel[] }) {
  const labelOf = useLabStore(selectMethodLabel);
  const styleOf = useStyles();
  const byId = new Map(models.map((model) => [model.id, model]));
  const reference = best(answer.models.find((model) => model.id === 'full')?.probabilities);
  const unknown = answer.tokens.filter((token) => !token.known).length;
  const columns = classesShown(answer);
  return (
    <>
      <Panel
        title="What the models read"
        note={
          unknown === 0
            ? 'Every word is in the experiment’s vocabulary.'
            : `${unknown} of ${answer.tokens.length} are not in the experiment’s vocabulary: each is read as its nearest neighbour there, or as “unknown”.`
        }
      >
        <p className={classes.tokens}>
          {answer.tokens.map((token, i) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: a word may come twice; its place is its name
            <Fragment key={i}>
              <span className={classes.token} data-unknown={(!token.known && token.readAs === null) || undefined}>
                {token.text}
                {token.readAs !== null && <span className={classes.readAs}> → {token.readAs}</span>}
                {!token.known && token.readAs === null && <VisuallyHidden> (unknown)</VisuallyHidden>}
              </span>{' '}
            </Fragment>
          ))}
        </p>
      </Panel>
      <Panel
        title="What they say"
        note={`Probability of each class${columns.length < answer.classes.length ? `; of the ${answer.classes.length} classes, the ${columns.length} that some model finds most probable` : ''}.`}
      >
        <div className={classes.scroll}>
          <table className={classes.answers} aria-label="Probabilities">
            <thead>
              <tr>
                <th scope="col">Model</th>
                {columns.map((index) => (
                  <th scope="col" key={answer.classes[index]}>
                    <span className={classes.className}>{answer.classes[index]}</span>
                  </th>
                ))}
                <th scope="col" data-numeric>
                  Embedding
                </th>
                <th scope="col" data-numeric>
                  Time
                </th>
              </tr>
            </thead>
            <tbody>
              {answer.models.map((result) => {
                const model = byId.get(result.id);
                const method = model?.method ?? result.id.split('@')[0];
                const choice = best(result.probabilities);
                const { color } = styleOf(method);
                return (
                  <tr key={result.id}>
                    <th scope="row">
                      <span className={classes.model}>
                        <MethodSwatch method={method} />
                        <span>
                          {labelOf(method)}
                          {model?.requestedRate != null && <span className={classes.detail}>at {formatPercent(model.requestedRate)}</span>}
                          {reference !== null && choice !== reference && (
                            <span className={classes.differs}>differs from the full table</span>
                          )}
                        </span>
                      </span>
                    </th>
                    {columns.map((index) => (
                      <td key={answer.classes[index]} className={classes.probability} data-chosen={index === choice || undefined}>
                        <span className={classes.value}>{formatPercent(result.probabilities[index])}</span>
                        <span className={classes.bar} aria-hidden="true">
                          <span
                            style={{ width: `${100 * result.probabilities[index]}%`, background: index === choice ? color : undefined }}
                          />
                        </span>
                      </td>
                    ))}
                    <td data-numeric>{model ? formatBytes(model.embeddingBytes) : '–'}</td>
                    <td data-numeric>{formatNumber(result.milliseconds, 2)} ms</td>
                  </tr>
                );
              })}
            </tbody>
          </table>
        </div>
      </Panel>
    </>
  );
}

function best(probabilities: readonly number[] | undefined): number | null {
  if (!probabilities || probabilities.length === 0) return null;
  return probabilities.indexOf(Math.max(...probabilities));
}

/** With many classes, those that some model finds most probable. */
function classesShown(answer: Classification): number[] {
  const highest = answer.classes.map((_, index) => Math.max(...answer.models.map((model) => model.probabilities[index] ?? 0)));
  const order = highest.map((_, index) => index).sort((a, b) => highest[b] - highest[a]);
  return order.slice(0, MOST_CLASSES).sort((a, b) => a - b);
}
