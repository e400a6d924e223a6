import { Button } from '@mantine/core';
import { RotateCcw } from 'lucide-react';
import { Link } from 'wouter';
import { formatRate } from '../../charts/format';
import type { Catalogue } from '../../protocol/catalogue';
import type { SweepSpecification } from '../../protocol/sweep';
import { isActive } from '../../store/run';
import { useLabStore, write } from '../../store/store';
import { selectSweepSpecification } from '../../store/sweep/selectors';
import { DEFAULT_RATES } from '../../store/sweep/specification';
import { initialSweepSettings, type SweepSettings } from '../../store/sweep/sweep';
import { NumberField, NumbersField } from '../../ui/inputs';
import { Choices } from '../room/choices';
import { checkSeeds } from '../room/seeds';
import { Fields, Fold, Hint, Pairs } from '../room/settings';
import { rateWords, useNames } from './names';
import classes from './sweep-room.module.css';

/** Beside the default ones, within reach of a click. */
const FURTHER_RATES: readonly number[] = [0.8, 0.98, 0.995];
const MOST_RATES = 20;

const set = (patch: Partial<SweepSettings>) => write.sweepSettings(patch);

/** What is combined with what. */
export function Builder() {
  const specification = useLabStore(selectSweepSpecification);
  const catalogue = useLabStore((state) => state.lab.catalogue);
  const active = useLabStore((state) => isActive(state.sweep.run.status));
  const own = useLabStore(({ sweep }) => Object.values(sweep.settings).some((value) => value !== null));
  if (!specification || !catalogue) return <div className={classes.pendingBuilder} />;
  return (
    <Fold title="What is swept" openWhereWide className={classes.builder}>
      <Fields name="What is swept" disabled={active}>
        <Lists specification={specification} catalogue={catalogue} />
        <Pairs>
          <NumbersField
            label="Seeds"
            help="Every combination is run once with each: a seed fixes split, first weights, batch order and dropout. Four show an interval; eight a small difference."
            value={specification.seeds}
            check={checkSeeds}
            onChange={(seeds) => set({ seeds })}
          />
          <NumberField
            label="Epochs"
            help="Each method’s whole budget: how often it sees every training sentence, all phases together."
            integer
            value={specification.epochs}
            minimum={1}
            maximum={200}
            step={1}
            onChange={(epochs) => set({ epochs })}
          />
        </Pairs>
        <Grids specification={specification} catalogue={catalogue} />
        <Hint>
          Network width, dropout, optimizer, batch size and split are <Link href="/train">the experiment’s</Link>.
        </Hint>
        {own && (
          <Button
            size="compact-sm"
            variant="default"
            leftSection={<RotateCcw size={13} />}
            onClick={() => write.sweepSettings(initialSweepSettings)}
          >
            Widen the experiment anew
          </Button>
        )}
      </Fields>
    </Fold>
  );
}

interface Props {
  specification: SweepSpecification;
  catalogue: Catalogue;
}

function Lists({ specification, catalogue }: Props) {
  const tasks = useLabStore((state) => state.data.report?.dataset.tasks);
  const names = useNames();
  const rates = [...new Set([...DEFAULT_RATES, ...FURTHER_RATES, ...specification.rates])].sort((a, b) => a - b);
  // The experiment's own shape of a schedule stands beside the others' default shapes.
  const shapeOf = (id: string) => specification.schedules.find((schedule) => schedule.id === id) ?? { id, parameters: {} };
  return (
    <>
      {tasks && tasks.length > 1 && (
        <Choices
          title="Tasks"
          help="Which labels of the sentences are learnt, each by networks of its own."
          choices={tasks.map(({ id, label, classes: all }) => ({ value: id, label, help: `${all.length} classes to tell apart.` }))}
          chosen={specification.tasks.map(({ task }) => task)}
          onChange={(chosen) => set({ tasks: chosen })}
        />
      )}
      <Choices
        title="Methods"
        help="Each runs at every rate; the full table once."
        listed
        choices={catalogue.methods.map(({ id, label, help }) => ({ value: id, label, help, method: id, fixed: id === 'full' }))}
        chosen={specification.methods}
        onChange={(methods) => set({ methods })}
      />
      <Choices
        title="Rates"
        help="The share of the embedding’s bytes that is to go."
        choices={rates.map((rate) => ({ value: String(rate), label: rateWords(rate), help: `Keep ${rateWords(1 - rate)} of the bytes.` }))}
        chosen={specification.rates.map(String)}
        onChange={(chosen) => set({ rates: chosen.map(Number) })}
      >
        <div className={classes.belowChips}>
          <NumbersField
            label="All rates, in %"
            help="The same list to write in: any rate between 0 and 100 %."
            value={specification.rates.map((rate) => Number((100 * rate).toFixed(2)))}
            check={checkRates}
            onChange={(values) => set({ rates: [...new Set(values.map((value) => Number((value / 100).toFixed(4))))] })}
          />
        </div>
      </Choices>
      <Choices
        title="Networks"
        help="What reads the embeddings."
        choices={catalogue.models.map(({ id, label, help }) => ({ value: id, label, help }))}
        chosen={specification.models}
        onChange={(models) => set({ models })}
      />
      <Choices
        title="Schedules"
        help="How the learning rate moves; several are set against each other."
        choices={catalogue.schedules.map(({ id, help }) => ({ value: id, label: names.schedule(shapeOf(id)), help }))}
        chosen={specification.schedules.map(({ id }) => id)}
        onChange={(chosen) => set({ schedules: chosen.map(shapeOf) })}
      />
    </>
  );
}

function checkRates(values: readonly number[]): string | null {
  if (values.some((value) => !(value > 0 && value < 100))) return 'Percentages between 0 and 100.';
  return values.length > MOST_RATES ? `At most ${MOST_RATES} rates.` : null;
}

function checkGrid(values: readonly number[]): string | null {
  if (values.some((value) => !(value > 0 && value <= 10))) return 'Learning rates between 0 and 10.';
  return values.length > 12 ? 'At most twelve rates.' : null;
}

/** Each method's own peaks, of which validation chooses. */
function Grids({ specification, catalogue }: Props) {
  const trained = catalogue.methods.filter(({ id, trained: trains }) => trains && specification.methods.includes(id));
  return (
    <Fold title="Learning rates to try" quiet>
      <div className={classes.grids}>
        {trained.map(({ id, label, learningRates }) => (
          <NumbersField
            key={`${id}-${specification.optimizer}`}
            label={label}
            help="Peak rates, each of them trained with the whole budget; validation chooses. Methods need different ones."
            value={specification.learningRates[id] ?? learningRates[specification.optimizer] ?? []}
            format={formatRate}
            check={checkGrid}
            onChange={(values) => set({ learningRates: { ...specification.learningRates, [id]: values } })}
          />
        ))}
      </div>
    </Fold>
  );
}
