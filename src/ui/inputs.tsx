import { type CSSProperties, useEffect, useState } from 'react';
import { Field } from './field';
import classes from './field.module.css';

interface Named {
  label: string;
  help: string;
}

interface RangeFieldProps extends Named {
  value: number;
  minimum: number;
  maximum: number;
  step: number;
  /** What is shown beside the label and read by a screen reader: the number with its unit. */
  text: string;
  disabled?: boolean;
  onChange(value: number): void;
}

/** A native slider: arrow keys, page keys, home and end come with it. */
export function RangeField({ label, help, value, minimum, maximum, step, text, disabled, onChange }: RangeFieldProps) {
  const span = maximum - minimum;
  const share = span > 0 ? ((Math.min(maximum, Math.max(minimum, value)) - minimum) / span) * 100 : 0;
  return (
    <Field label={label} help={help} value={text}>
      {({ id, describedBy }) => (
        <input
          id={id}
          className={classes.range}
          style={{ '--share': `${share}%` } as CSSProperties}
          type="range"
          min={minimum}
          max={maximum}
          step={step}
          value={value}
          disabled={disabled}
          aria-describedby={describedBy}
          aria-valuetext={text}
          onChange={(event) => onChange(event.currentTarget.valueAsNumber)}
        />
      )}
    </Field>
  );
}

interface NumberFieldProps extends Named {
  value: number;
  minimum: number;
  maximum: number;
  step: number;
  integer?: boolean;
  onChange(value: number): void;
}

/** Takes a number over as soon as it is one and within bounds; until then keeps what is typed, marked as wrong. */
export function NumberField({ label, help, value, minimum, maximum, step, integer = false, onChange }: NumberFieldProps) {
  const [draft, setDraft] = useState<string | null>(null);
  const valid = (text: string) => {
    const number = Number(text);
    return text.trim() !== '' && number >= minimum && number <= maximum && (!integer || Number.isInteger(number));
  };
  return (
    <Field label={label} help={help}>
      {({ id, describedBy }) => (
        <input
          id={id}
          className={classes.input}
          type="number"
          inputMode={integer ? 'numeric' : 'decimal'}
          min={minimum}
          max={maximum}
          step={integer ? step : 'any'}
          value={draft ?? value}
          aria-describedby={describedBy}
          aria-invalid={draft !== null && !valid(draft)}
          onChange={(event) => {
            const text = event.currentTarget.value;
            setDraft(text);
            if (valid(text)) onChange(Number(text));
          }}
          onBlur={() => setDraft(null)}
        />
      )}
    </Field>
  );
}

interface SelectFieldProps extends Named {
  value: string;
  options: readonly { value: string; label: string }[];
  labelHidden?: boolean;
  onChange(value: string): void;
}

export function SelectField({ label, help, value, options, labelHidden, onChange }: SelectFieldProps) {
  return (
    <Field label={label} help={help} labelHidden={labelHidden}>
      {({ id, describedBy }) => (
        <select
          id={id}
          className={classes.input}
          value={value}
          aria-describedby={describedBy}
          onChange={(event) => onChange(event.currentTarget.value)}
        >
          {options.map((option) => (
            <option key={option.value} value={option.value}>
              {option.label}
            </option>
          ))}
        </select>
      )}
    </Field>
  );
}

interface NumbersFieldProps extends Named {
  value: readonly number[];
  /** What is wrong with this list, or null. */
  check(values: readonly number[]): string | null;
  format?(value: number): string;
  onChange(values: number[]): void;
}

/** A list of numbers, as one types it: `1, 2, 3`. */
export function NumbersField({ label, help, value, check, format = String, onChange }: NumbersFieldProps) {
  const written = value.map(format).join(', ');
  const [draft, setDraft] = useState<string | null>(null);
  const [error, setError] = useState<string | null>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: a value that came from elsewhere ends the draft
  useEffect(() => setError(null), [written]);
  return (
    <Field label={label} help={help}>
      {({ id, describedBy }) => (
        <>
          <input
            id={id}
            className={classes.input}
            type="text"
            inputMode="decimal"
            autoComplete="off"
            spellCheck={false}
            value={draft ?? written}
            aria-describedby={describedBy}
            aria-invalid={error !== null}
            onChange={(event) => {
              const text = event.currentTarget.value;
              setDraft(text);
              const values = parseNumbers(text);
              const problem = values ? check(values) : 'Write numbers, with commas between them.';
              setError(problem);
              if (values && !problem) onChange(values);
            }}
            onBlur={() => {
              setDraft(null);
              setError(null);
            }}
          />
          {error && <span className={classes.error}>{error}</span>}
        </>
      )}
    </Field>
  );
}

/** Null where something is no number. */
export function parseNumbers(text: string): number[] | null {
  const parts = text.split(/[,;\s]+/).filter((part) => part !== '');
  const values = parts.map(Number);
  return parts.length > 0 && values.every(Number.isFinite) ? values : null;
}
