import type { ScheduleDescription } from '../../protocol/catalogue';
import type { ScheduleSpecification } from '../../protocol/specification';
import { NumberField, SelectField } from '../../ui/inputs';
import { Pairs } from './settings';

interface Props {
  schedules: readonly ScheduleDescription[];
  schedule: ScheduleSpecification;
  onChange(schedule: ScheduleSpecification): void;
}

/** Which schedule; its shape begins with the defaults. */
export function ScheduleSelect({ schedules, schedule, onChange, labelHidden }: Props & { labelHidden?: boolean }) {
  return (
    <SelectField
      label="Schedule"
      labelHidden={labelHidden}
      help={schedules.find(({ id }) => id === schedule.id)?.help ?? 'How the learning rate moves from the first step to the last.'}
      value={schedule.id}
      options={schedules.map(({ id, label }) => ({ value: id, label }))}
      onChange={(id) => onChange({ id, parameters: {} })}
    />
  );
}

/** The schedule's shape. */
export function ScheduleParameters({ schedules, schedule, onChange }: Props) {
  const { id, parameters } = schedule;
  return (
    <Pairs>
      {schedules
        .find((one) => one.id === id)
        ?.parameters.map((parameter) => (
          <NumberField
            key={`${id}-${parameter.name}`}
            {...parameter}
            value={parameters[parameter.name] ?? parameter.default}
            onChange={(value) => onChange({ id, parameters: { ...parameters, [parameter.name]: value } })}
          />
        ))}
    </Pairs>
  );
}
