import { Tooltip, VisuallyHidden } from '@mantine/core';
import { memo, useId } from 'react';
import { formatRate } from '../../charts/format';
import type { Catalogue } from '../../protocol/catalogue';
import type { ExperimentSpecification } from '../../protocol/specification';
import { useLabStore, write } from '../../store/store';
import type { HideableId } from '../../store/teacher';
import { NumberField, NumbersField, RangeField, SelectField } from '../../ui/inputs';
import { SegmentedControl } from '../../ui/segmented-control';
import { Hideable } from '../hideable';
import { Choices } from '../room/choices';
import { ScheduleParameters, ScheduleSelect } from '../room/schedule-fields';
import { Fold, Pairs, Section } from '../room/settings';
import classes from './controls.module.css';
import { RateAndRank } from './rate-and-rank';
import { SchedulePreview } from './schedule-preview';
import { SeedsField } from './seeds-field';

interface Props {
  specification: ExperimentSpecification;
  catalogue: Catalogue;
}

/** What stands under `All settings`. */
const folded: readonly HideableId[] = ['task', 'methods', 'training', 'schedule', 'advanced'];

/** Everything that decides the next run. */
export const Controls = memo(function Controls() {
  const specification = useLabStore((state) => state.specification);
  const catalogue = useLabStore((state) => state.lab.catalogue);
  const foldsNothing = useLabStore((state) => folded.every((id) => state.teacher.hidden.includes(id)));
  if (!specification || !catalogue) return <div className={classes.pending} />;
  const props = { specification, catalogue };
  return (
    <div className={classes.controls}>
      <Hideable id="size">
        <Section title="Size">
          <RateAndRank />
        </Section>
      </Hideable>
      {foldsNothing ? null : (
        <Fold title="All settings" openWhereWide className={classes.rest}>
          <Hideable id="task">
            <Task specification={specification} />
          </Hideable>
          <Hideable id="methods">
            <Methods {...props} />
          </Hideable>
          <Hideable id="training">
            <Section title="Training">
              <Training {...props} />
            </Section>
          </Hideable>
          <Hideable id="schedule">
            <Section title="Learning-rate schedule">
              <Schedule {...props} />
            </Section>
          </Hideable>
          <Hideable id="advanced">
            <Fold title="Advanced">
              <Advanced {...props} />
            </Fold>
          </Hideable>
        </Fold>
      )}
    </div>
  );
});

function Task({ specification }: { specification: ExperimentSpecification }) {
  const tasks = useLabStore((state) => state.data.report?.dataset.tasks);
  const help = 'Which label of the sentences the classifier learns to tell.';
  const id = useId();
  if (!tasks || tasks.length < 2) return null;
  return (
    <Section title="Task">
      <Tooltip label={help} position="right">
        <div>
          <SegmentedControl
            fullWidth
            aria-label="Task"
            aria-describedby={id}
            data={tasks.map((task) => ({ value: task.id, label: task.label }))}
            value={specification.task}
            onChange={(task) => write.specification({ task })}
          />
          <VisuallyHidden id={id}>{help}</VisuallyHidden>
        </div>
      </Tooltip>
    </Section>
  );
}

function Methods({ specification, catalogue }: Props) {
  const planned = useLabStore((state) => state.plan?.methods);
  return (
    <Choices
      title="Methods"
      listed
      choices={catalogue.methods.map(({ id, label, help }) => ({
        value: id,
        label,
        help,
        method: id,
        fixed: id === 'full',
        note: specification.methods.includes(id) ? planned?.find(({ method }) => method === id)?.unreachable : null,
      }))}
      chosen={specification.methods}
      onChange={(methods) => write.specification({ methods })}
    />
  );
}

function Training({ specification, catalogue }: Props) {
  return (
    <Pairs>
      <NumberField
        label="Epochs"
        help="Each method’s whole budget: how often it sees every training sentence, all phases together."
        integer
        value={specification.epochs}
        minimum={1}
        maximum={200}
        step={1}
        onChange={(epochs) => write.specification({ epochs })}
      />
      <NumberField
        label="Batch size"
        help="How many sentences a training step looks at."
        integer
        value={specification.batchSize}
        minimum={1}
        maximum={1024}
        step={1}
        onChange={(batchSize) => write.specification({ batchSize })}
      />
      <SelectField
        label="Optimizer"
        help={catalogue.optimizers.find((optimizer) => optimizer.id === specification.optimizer)?.help ?? 'How a gradient becomes a step.'}
        value={specification.optimizer}
        options={catalogue.optimizers.map(({ id, label }) => ({ value: id, label }))}
        // A grid of rates belongs to its optimizer: SGD's rates would break Adam.
        onChange={(optimizer) => write.specification({ optimizer, learningRates: {} })}
      />
      <SeedsField />
    </Pairs>
  );
}

function Schedule({ specification, catalogue: { schedules } }: Props) {
  const preview = useLabStore((state) => state.plan?.schedulePreview);
  const fields = {
    schedules,
    schedule: specification.schedule,
    onChange: (schedule: ExperimentSpecification['schedule']) => write.specification({ schedule }),
  };
  return (
    <div className={classes.group}>
      <ScheduleSelect {...fields} />
      {preview && <SchedulePreview {...preview} />}
      <ScheduleParameters {...fields} />
    </div>
  );
}

function checkRates(values: readonly number[]): string | null {
  if (values.some((value) => !(value > 0 && value < 1000))) return 'Learning rates are positive.';
  return values.length > 12 ? 'At most twelve rates.' : null;
}

function checkFurther(values: readonly number[]): string | null {
  return values.some((value) => !(value > 0 && value < 100)) ? 'Percentages between 0 and 100.' : null;
}

function Advanced({ specification, catalogue }: Props) {
  const trained = catalogue.methods.filter(
    (method) => method.trained && (method.id === 'full' || specification.methods.includes(method.id)),
  );
  return (
    <div className={classes.group}>
      {catalogue.models.length > 1 && (
        <SelectField
          label="Network"
          help={catalogue.models.find((model) => model.id === specification.model)?.help ?? 'What reads the embeddings.'}
          value={specification.model}
          options={catalogue.models.map(({ id, label }) => ({ value: id, label }))}
          onChange={(model) => write.specification({ model })}
        />
      )}
      <NumberField
        label="Hidden units"
        help="Width of the layer between the embedding and the classes."
        integer
        value={specification.hidden}
        minimum={1}
        maximum={1024}
        step={1}
        onChange={(hidden) => write.specification({ hidden })}
      />
      <RangeField
        label="Dropout"
        help="Share of the hidden units that each training step leaves out, against learning by heart."
        text={`${Math.round(100 * specification.dropout)} %`}
        value={specification.dropout}
        minimum={0}
        maximum={0.9}
        step={0.05}
        onChange={(dropout) => write.specification({ dropout: Number(dropout.toFixed(2)) })}
      />
      <RangeField
        label="Word dropout"
        help="Share of a sentence’s words that each training step leaves out."
        text={`${Math.round(100 * specification.wordDropout)} %`}
        value={specification.wordDropout}
        minimum={0}
        maximum={0.9}
        step={0.05}
        onChange={(wordDropout) => write.specification({ wordDropout: Number(wordDropout.toFixed(2)) })}
      />
      <NumbersField
        label="All rates, in %"
        help="Several rates in one experiment, as in 50, 90: every method runs once at each; the slider moves the first."
        value={specification.rates.map((rate) => Number((100 * rate).toFixed(2)))}
        check={checkFurther}
        onChange={(values) => write.specification({ rates: [...new Set(values.map((value) => Number((value / 100).toFixed(4))))] })}
      />
      <p className={classes.subhead}>Learning rates to try</p>
      {trained.map((method) => (
        <NumbersField
          key={`${method.id}-${specification.optimizer}`}
          label={method.label}
          help="Peak rates, each of them trained with the whole budget; validation chooses."
          value={specification.learningRates[method.id] ?? method.learningRates[specification.optimizer] ?? []}
          format={formatRate}
          check={checkRates}
          onChange={(values) => write.specification({ learningRates: { ...specification.learningRates, [method.id]: values } })}
        />
      ))}
    </div>
  );
}
