import { VisuallyHidden } from '@mantine/core';
import { useMemo } from 'react';
import { formatCount, formatPercent } from '../../charts/format';
import { MethodSwatch } from '../../charts/swatch';
import type { Disagreement, Disagreements as Found } from '../../protocol/try';
import { useLabStore, write } from '../../store/store';
import { type DataColumn, DataTable } from '../../ui/data-table';
import { SelectField } from '../../ui/inputs';
import { FailureNotice, Panel } from '../../ui/widgets';
import { useSession } from '../session-context';
import { useAnswer } from '../use-answer';
import classes from './disagreements.module.css';
import { type NamedModel, referenceOf, referenceWords, useModels } from './model-names';

/** More are not looked through one by one. */
const MOST = 300;
/** What is below the table is not to be pushed out of sight. */
const PAGE = 10;
const ANY = '';

/** The test sentences on which the models don't agree, each a click away from the field. */
export function Disagreements() {
  const { lab } = useSession();
  const models = useModels();
  const wanted = useLabStore((state) => state.tryout.differing);
  const reference = referenceOf(models);
  const model = models.find(({ id }) => id === wanted && id !== reference.id) ?? null;
  const question = { limit: MOST, model: model?.id ?? null };
  const { value, failure, asking } = useAnswer(JSON.stringify(question), () => lab.disagreements(question));
  const columns = useMemo(() => (value ? columnsOf(value, models, model) : []), [value, models, model]);
  const others = models.filter(({ id }) => id !== reference.id);
  if (others.length === 0) return null;
  return (
    <section className={classes.section} aria-label="Where they disagree" aria-busy={asking}>
      <header>
        <h2>Where they disagree</h2>
        <p>
          {value
            ? `${describe(value, model, reference)} Take one into the field above to see which words decide.`
            : !failure && 'Every model reads the test set …'}
        </p>
      </header>
      {failure && <FailureNotice {...failure} />}
      {value && (
        <DataTable<Disagreement>
          label="Test sentences on which the models disagree"
          columns={columns}
          rows={value.items}
          keyOf={({ item }) => String(item)}
          page={PAGE}
          empty={`${model ? `${model.name} agrees` : 'All models agree'} with ${referenceWords(reference)} on every test sentence.`}
          caption={value.total > value.items.length && `The ${MOST} most disputed of ${formatCount(value.total)}.`}
          tools={
            <div className={classes.filter}>
              <SelectField
                label="Who differs"
                help="Test sentences on which this model chooses another class than the full one."
                value={model?.id ?? ANY}
                options={[
                  { value: ANY, label: 'Any model' },
                  ...others.map(({ id, name }) => ({
                    value: id,
                    label: `${name}: ${value.models.find((one) => one.model === id)?.differs ?? 0}`,
                  })),
                ]}
                onChange={(id) => write.tryout({ differing: id === ANY ? null : id })}
              />
            </div>
          }
        />
      )}
      {!value && !failure && <Panel>{null}</Panel>}
    </section>
  );
}

function describe({ total, testCount }: Found, model: NamedModel | null, reference: NamedModel): string {
  const who = model ? `${model.name} differs` : 'Some model differs';
  return `${who} from ${referenceWords(reference)} on ${formatCount(total)} of ${formatCount(testCount)} test sentences (${formatPercent(testCount > 0 ? total / testCount : 0)}).`;
}

function columnsOf(
  { classes: names, reference }: Found,
  models: readonly NamedModel[],
  model: NamedModel | null,
): DataColumn<Disagreement>[] {
  const answerOf = ({ answers }: Disagreement, id: string) => answers.find((answer) => answer.model === id);
  const answerColumn = (id: string, name: string): DataColumn<Disagreement> => ({
    id,
    name,
    numeric: false,
    sort: (row) => answerOf(row, id)?.probability ?? null,
    show: (row) => {
      const answer = answerOf(row, id);
      return answer ? <Answer name={names[answer.choice]} right={answer.choice === row.label} probability={answer.probability} /> : '–';
    },
  });
  const differing = (row: Disagreement) => row.answers.filter(({ choice }) => choice !== answerOf(row, reference)?.choice);
  return [
    {
      id: 'text',
      name: 'Test sentence',
      numeric: false,
      heads: true,
      sort: ({ text }) => text,
      show: ({ text }) => (
        <button
          type="button"
          className={classes.sentence}
          title="Take it into the field"
          onClick={() => {
            write.tryout({ text: text.replaceAll(/\s+/g, ' '), sentence: 0 });
            document.querySelector('textarea')?.focus();
          }}
        >
          {text}
        </button>
      ),
    },
    {
      id: 'label',
      name: 'Right answer',
      numeric: false,
      sort: ({ label }) => names[label],
      show: ({ label }) => <span className={classes.name}>{names[label]}</span>,
    },
    answerColumn(reference, models.find(({ id }) => id === reference)?.label ?? reference),
    model
      ? answerColumn(model.id, model.name)
      : {
          id: 'differ',
          name: 'Say otherwise',
          numeric: false,
          sort: (row) => differing(row).length,
          show: (row) => <Otherwise row={row} differing={differing(row)} names={names} models={models} />,
        },
  ];
}

function Answer({ name, right, probability }: { name: string; right: boolean; probability: number }) {
  return (
    <span className={classes.answer} data-wrong={!right || undefined}>
      <span className={classes.name}>{name}</span> <span className={classes.probability}>{formatPercent(probability, 0)}</span>
      {!right && <span className={classes.wrong}>wrong</span>}
    </span>
  );
}

/** By class, the signs of the models that chose it. */
function Otherwise({
  row,
  differing,
  names,
  models,
}: {
  row: Disagreement;
  differing: readonly Disagreement['answers'][number][];
  names: readonly string[];
  models: readonly NamedModel[];
}) {
  const choices = [...new Set(differing.map(({ choice }) => choice))];
  return choices.map((choice) => (
    <span key={choice} className={classes.otherwise}>
      <span className={classes.answer} data-wrong={choice !== row.label || undefined}>
        <span className={classes.name}>{names[choice]}</span>
        {choice !== row.label && <span className={classes.wrong}>wrong</span>}
      </span>
      <span className={classes.signs}>
        {differing
          .filter((answer) => answer.choice === choice)
          .map(({ model, probability }) => {
            const named = models.find(({ id }) => id === model);
            const words = `${named?.name ?? model}, ${formatPercent(probability, 0)}`;
            return (
              <span key={model} title={words}>
                <MethodSwatch method={named?.method ?? model} width={20} />
                <VisuallyHidden>{words}; </VisuallyHidden>
              </span>
            );
          })}
      </span>
    </span>
  ));
}
