import { type CSSProperties, useMemo } from 'react';
import { MethodSwatch } from '../../charts/swatch';
import type { ReadToken } from '../../protocol/try';
import { useLabStore, write } from '../../store/store';
import { FailureNotice, Panel } from '../../ui/widgets';
import { NeighbourList } from '../neighbour-list';
import { useSession } from '../session-context';
import { useAnswer } from '../use-answer';
import { WordField } from '../word-field';
import { type NamedModel, referenceOf, referenceWords, useModels } from './model-names';
import classes from './neighbours.module.css';

/** A word's nearest in every table: what training and compression made of its meaning. */
export function Neighbours({ tokens }: { tokens: readonly ReadToken[] }) {
  const { lab } = useSession();
  const models = useModels();
  const wanted = useLabStore((state) => state.tryout.word);
  const known = useMemo(
    () => [...new Set(tokens.flatMap(({ text, known, readAs }) => (known ? [text] : readAs ? [readAs] : [])))],
    [tokens],
  );
  // The longest word of a sentence is seldom a particle.
  const word = wanted ?? known.reduce((longest, text) => (text.length > longest.length ? text : longest), '');
  const { value, failure, asking } = useAnswer(word === '' ? null : word, () => lab.tableNeighbours(word));
  const reference = referenceOf(models);
  const allOthers = value?.allOthers ?? false;
  const ofReference = allOthers ? [] : value?.tables.find(({ table }) => table === reference.id)?.neighbours;
  const same = new Set(ofReference?.map((neighbour) => neighbour.word));
  const unknown = failure?.code === 'bad-dataset';
  return (
    <Panel
      title="What became of a word"
      note={
        allOthers
          ? 'By cosine, in the pretrained table and in each model’s. There are so few others that each list holds them all: only their order can differ.'
          : `Its ten nearest by cosine, in the pretrained table and in each model’s: ticked are those that ${referenceWords(reference)} has too.`
      }
      aside={
        <div className={classes.field}>
          <WordField
            help="A word of the data set. Its neighbours are the words whose vectors point most nearly its way."
            value={word}
            suggestions={known}
            problem={unknown ? failure.message : null}
            onChange={(next) => write.tryout({ word: next })}
          />
        </div>
      }
    >
      {failure && !unknown && <FailureNotice {...failure} />}
      {value && (
        <div className={classes.columns} style={{ '--columns': columnsFor(value.tables.length) } as CSSProperties} aria-busy={asking}>
          {value.tables.map(({ table, neighbours }) => {
            const model = models.find(({ id }) => id === table);
            return (
              <section key={table} className={classes.column} aria-label={`Neighbours of “${value.word}”, ${model?.name ?? 'pretrained'}`}>
                <Head model={model} />
                <p className={classes.shared}>
                  {table === reference.id ? (
                    'the reference'
                  ) : neighbours.length === 0 ? (
                    'no neighbours'
                  ) : allOthers ? (
                    'all the others'
                  ) : same.size === 0 ? (
                    'the reference has none'
                  ) : (
                    <>
                      <b>{neighbours.filter((neighbour) => same.has(neighbour.word)).length}</b> of {same.size} the same
                    </>
                  )}
                </p>
                {neighbours.length > 0 ? (
                  <NeighbourList neighbours={neighbours} same={same} />
                ) : (
                  <p className={classes.none}>
                    {model
                      ? 'Its row has become zero: it points nowhere.'
                      : 'The pretrained table does not have the word: its row was drawn at random.'}
                  </p>
                )}
              </section>
            );
          })}
        </div>
      )}
      {!value && !failure && (
        <p className={classes.none}>{word === '' ? 'Type a word of the data set.' : 'Looking for its neighbours …'}</p>
      )}
    </Panel>
  );
}

/** Rows of equally many where there is room for six beside each other. */
function columnsFor(tables: number): number {
  return Math.ceil(tables / Math.ceil(tables / 6));
}

function Head({ model }: { model: NamedModel | undefined }) {
  return (
    <header className={classes.head}>
      {model ? <MethodSwatch method={model.method} /> : <span className={classes.before} aria-hidden="true" />}
      <h3>{model?.label ?? 'Pretrained'}</h3>
      <p>{model ? model.rate && `at ${model.rate}` : 'before training'}</p>
    </header>
  );
}
