import { formatBytes, formatLatency, formatPercent, formatTimes } from '../../charts/format';
import { MethodSwatch } from '../../charts/swatch';
import type { Classification } from '../../protocol/try';
import { Panel } from '../../ui/widgets';
import classes from './answers.module.css';
import { highest, referenceOf, referenceWords, useModels } from './model-names';

const MOST_CLASSES = 8;

/** Each model's probabilities of one sentence, a row a model. */
export function Answers({ classification, sentence }: { classification: Classification; sentence: number }) {
  const models = new Map(useModels().map((model) => [model.id, model]));
  const { probabilities } = classification.sentences[sentence];
  const reference = referenceOf([...models.values()]);
  const at = classification.models.findIndex(({ id }) => id === reference?.id);
  const wanted = at < 0 ? null : highest(probabilities[at]);
  const columns = classesShown(probabilities);
  const names = classification.classes;
  const some =
    columns.length < names.length ? `; of the ${names.length} classes, the ${columns.length} that some model finds most probable` : '';
  return (
    <Panel
      title="What they say"
      note={`Probability of each class${some}. Time: the first sentence alone, from its words to the answer; the fastest of a few.`}
    >
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reachable by keyboard */}
      <section className={classes.scroll} tabIndex={0} aria-label="Probabilities, scrolls sideways">
        <table className={classes.answers} aria-label="Probabilities">
          <thead>
            <tr>
              <th scope="col">Model</th>
              {columns.map((index) => (
                <th scope="col" key={names[index]}>
                  <span className={classes.className}>{names[index]}</span>
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
            {classification.models.map(({ id, milliseconds }, m) => {
              const model = models.get(id);
              if (!model) return null;
              const choice = highest(probabilities[m]);
              return (
                <tr key={id}>
                  <th scope="row">
                    <span className={classes.model}>
                      <MethodSwatch method={model.method} />
                      <span>
                        {model.label}
                        {model.rate && <span className={classes.detail}>at {model.rate}</span>}
                        <span className={classes.narrow}>
                          {formatBytes(model.embeddingBytes)} · {formatLatency(milliseconds)}
                        </span>
                        {wanted !== null && choice !== wanted && (
                          <span className={classes.differs}>differs from {referenceWords(reference)}</span>
                        )}
                      </span>
                    </span>
                  </th>
                  {columns.map((index) => (
                    <td key={names[index]} className={classes.probability} data-chosen={index === choice || undefined}>
                      <span className={classes.value}>{formatPercent(probabilities[m][index])}</span>
                      <span className={classes.bar} aria-hidden="true">
                        <span
                          style={{
                            width: `${100 * probabilities[m][index]}%`,
                            background: index === choice ? model.color : undefined,
                          }}
                        />
                      </span>
                    </td>
                  ))}
                  <td data-numeric>
                    {formatBytes(model.embeddingBytes)}
                    {model.id !== reference.id && model.embeddingBytes < reference.embeddingBytes && (
                      <span className={classes.detail}>{formatTimes(reference.embeddingBytes / model.embeddingBytes)} smaller</span>
                    )}
                  </td>
                  <td data-numeric>{formatLatency(milliseconds)}</td>
                </tr>
              );
            })}
          </tbody>
        </table>
      </section>
    </Panel>
  );
}

/** With many classes, those that some model finds most probable, from the left: what a narrow screen cuts off is what nobody chose. */
function classesShown(probabilities: readonly (readonly number[])[]): number[] {
  const most = probabilities[0].map((_, index) => Math.max(...probabilities.map((of) => of[index])));
  const order = most.map((_, index) => index).sort((a, b) => most[b] - most[a]);
  return order.length <= MOST_CLASSES ? order.sort((a, b) => a - b) : order.slice(0, MOST_CLASSES);
}
