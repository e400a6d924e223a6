import { FileUp } from 'lucide-react';
import { type ReactNode, useId, useState } from 'react';
import classes from './drop-zone.module.css';

export interface DropZoneProps {
  label: string;
  children: ReactNode;
  accept: string;
  disabled?: boolean;
  onFile(file: File): void;
}

/** A file by drag and drop, or by the system's own picker: the whole zone is the picker's label. */
export function DropZone({ label, children, accept, disabled = false, onFile }: DropZoneProps) {
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
        const file = event.dataTransfer.files[0];
        if (file && !disabled) onFile(file);
      }}
    >
      <label className={classes.target} htmlFor={id}>
        <FileUp size={18} aria-hidden="true" />
        <span>
          <b>{label}</b>
          <span className={classes.hint}>{children}</span>
        </span>
      </label>
      <input
        id={id}
        className={classes.input}
        type="file"
        accept={accept}
        disabled={disabled}
        aria-label={label}
        onChange={(event) => {
          const file = event.currentTarget.files?.[0];
          // The same file may be chosen again, once it is mended.
          event.currentTarget.value = '';
          if (file) onFile(file);
        }}
      />
    </div>
  );
}
