import { Tooltip, VisuallyHidden } from '@mantine/core';
import { type ReactNode, useId } from 'react';
import classes from './field.module.css';

export interface FieldProps {
  label: string;
  /** One sentence: shown on hover and focus, and read with the control. */
  help: string;
  /** Beside the label: what the control is set to. */
  value?: ReactNode;
  /** The name is for a screen reader only: what is around the control says it to the eye. */
  labelHidden?: boolean;
  children: (ids: { id: string; describedBy: string }) => ReactNode;
}

/** A control with its name and its one sentence. */
export function Field({ label, help, value, labelHidden = false, children }: FieldProps) {
  const id = useId();
  const describedBy = `${id}-help`;
  return (
    <Tooltip label={help} position="right" aria-hidden>
      <div className={classes.field}>
        {labelHidden ? (
          <VisuallyHidden>
            <label htmlFor={id}>{label}</label>
          </VisuallyHidden>
        ) : (
          <div className={classes.head}>
            <label className={classes.label} htmlFor={id}>
              {label}
            </label>
            {value !== undefined && <span className={classes.value}>{value}</span>}
          </div>
        )}
        {children({ id, describedBy })}
        <VisuallyHidden id={describedBy}>{help}</VisuallyHidden>
      </div>
    </Tooltip>
  );
}
