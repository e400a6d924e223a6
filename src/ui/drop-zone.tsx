import { FileUp } from 'lucide-react';
import { type DragEvent, type ReactNode, useId, useState } from 'react';
import classes from './drop-zone.module.css';

export interface DropZoneProps {
  label: string;
  children: ReactNode;
  disabled?: boolean;
  /** May several files be taken at once? */
  multiple?: boolean;
  /** Below the target, inside the frame: another way in. */
  footer?: ReactNode;
  onFiles(files: File[]): void;
}

/** Files by drag and drop, or by the system's own picker: the whole target is the picker's label. */
export function DropZone({ label, children, disabled = false, multiple = true, footer, onFiles }: DropZoneProps) {
  const id = useId();
  const [over, setOver] = useState(false);
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: dropping has no key; the file input inside is the same for the keyboard
    <div
      className={classes.zone}
      data-over={over || undefined}
      data-disabled={disabled || undefined}
      onDragOver={(event) => {
        event.preventDefault();
        if (!disabled) setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={(event) => {
        event.preventDefault();
        setOver(false);
        const files = filesOf(event);
        if (files.length > 0 && !disabled) onFiles(files);
      }}
    >
      <div className={classes.picker}>
        <label className={classes.target} htmlFor={id}>
          <FileUp size={18} aria-hidden="true" />
          <span>
            <b>{label}</b>
            <span className={classes.hint}>{children}</span>
          </span>
        </label>
        {/* No `accept`: what a file holds is told by its content, and pickers hide what they don't know by name. */}
        <input
          id={id}
          className={classes.input}
          type="file"
          multiple={multiple}
          disabled={disabled}
          aria-label={label}
          onChange={(event) => {
            const files = [...(event.currentTarget.files ?? [])];
            // The same file may be chosen again, once it is mended.
            event.currentTarget.value = '';
            if (files.length > 0) onFiles(files);
          }}
        />
      </div>
      {footer && <div className={classes.footer}>{footer}</div>}
    </div>
  );
}

function filesOf(event: DragEvent): File[] {
  return [...event.dataTransfer.files];
}
