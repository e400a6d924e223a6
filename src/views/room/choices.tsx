import { Tooltip, VisuallyHidden } from '@mantine/core';
import { Check } from 'lucide-react';
import { Fragment, type ReactNode, useId } from 'react';
import { MethodSwatch } from '../../charts/swatch';
import classes from './choices.module.css';
import { Section } from './settings';

export interface Choice {
  value: string;
  label: string;
  /** One sentence: shown on hover and focus. */
  help: string;
  /** Its swatch stands before the label. */
  method?: string;
  /** Always on. */
  fixed?: boolean;
  /** Below it. */
  note?: string | null;
}

interface ChoicesProps {
  title: string;
  help?: string;
  choices: readonly Choice[];
  chosen: readonly string[];
  /** In the order of the choices. */
  onChange(chosen: string[]): void;
  /** Beneath each other, where there are many and their names are long. */
  listed?: boolean;
  children?: ReactNode;
}

/** Any of several things: check boxes, drawn as chips or as a list. */
export function Choices({ title, help, choices, chosen, onChange, listed = false, children }: ChoicesProps) {
  const id = useId();
  const toggle = (value: string) => {
    const wanted = chosen.includes(value) ? chosen.filter((one) => one !== value) : [...chosen, value];
    onChange(choices.map((choice) => choice.value).filter((one) => wanted.includes(one)));
  };
  return (
    <Section title={title} describedBy={help && id}>
      {help && (
        <p className={classes.help} id={id}>
          {help}
        </p>
      )}
      <div className={listed ? classes.list : classes.chips}>
        {choices.map(({ value, label, help: sentence, method, fixed, note }) => (
          <Fragment key={value}>
            <Tooltip label={sentence} position="right" aria-hidden>
              <label className={classes.choice}>
                <input
                  type="checkbox"
                  checked={fixed || chosen.includes(value)}
                  disabled={fixed}
                  aria-describedby={`${id}-${value}`}
                  onChange={() => toggle(value)}
                />
                {method ? <MethodSwatch method={method} width={18} /> : <Check size={13} aria-hidden="true" />}
                <span>{label}</span>
              </label>
            </Tooltip>
            <VisuallyHidden id={`${id}-${value}`}>{sentence}</VisuallyHidden>
            {note && <p className={classes.note}>{note}</p>}
          </Fragment>
        ))}
      </div>
      {children}
    </Section>
  );
}
