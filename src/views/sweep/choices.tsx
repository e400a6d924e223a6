import { Tooltip, VisuallyHidden } from '@mantine/core';
import { Check } from 'lucide-react';
import { type ReactNode, useId } from 'react';
import { MethodSwatch } from '../../charts/swatch';
import classes from './choices.module.css';

export interface Choice {
  value: string;
  label: string;
  /** One sentence: shown on hover and focus. */
  help: string;
  /** Its swatch stands before the label. */
  method?: string;
  /** Always on. */
  fixed?: boolean;
}

interface ChoicesProps {
  title: string;
  help: string;
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
    <fieldset className={classes.section} aria-describedby={id}>
      <legend>{title}</legend>
      <p className={classes.help} id={id}>
        {help}
      </p>
      <div className={listed ? classes.list : classes.chips}>
        {choices.map((choice) => (
          <Tooltip key={choice.value} label={choice.help} position="right" aria-hidden>
            <label className={classes.choice}>
              <input
                type="checkbox"
                checked={choice.fixed || chosen.includes(choice.value)}
                disabled={choice.fixed}
                aria-describedby={`${id}-${choice.value}`}
                onChange={() => toggle(choice.value)}
              />
              {choice.method ? <MethodSwatch method={choice.method} width={18} /> : <Check size={13} aria-hidden="true" />}
              <span>{choice.label}</span>
            </label>
          </Tooltip>
        ))}
      </div>
      {choices.map(({ value, help: sentence }) => (
        <VisuallyHidden key={value} id={`${id}-${value}`}>
          {sentence}
        </VisuallyHidden>
      ))}
      {children}
    </fieldset>
  );
}
