import { Button } from '@mantine/core';
import { useId, useState } from 'react';
import field from '../../ui/field.module.css';
import classes from './address-field.module.css';

/** A file at an address. Nothing is fetched by typing: the visitor is asked for the host first. */
export function AddressField({ disabled, onAddress }: { disabled: boolean; onAddress(address: string): void }) {
  const id = useId();
  const [address, setAddress] = useState('');
  return (
    <form
      className={classes.row}
      onSubmit={(event) => {
        event.preventDefault();
        if (address.trim() !== '') onAddress(address);
      }}
    >
      <label className={classes.label} htmlFor={id}>
        From an address
      </label>
      <input
        id={id}
        className={field.input}
        type="text"
        inputMode="url"
        autoComplete="off"
        spellCheck={false}
        placeholder="https://"
        value={address}
        disabled={disabled}
        onChange={(event) => setAddress(event.currentTarget.value)}
      />
      <Button type="submit" variant="default" size="xs" h={32} disabled={disabled || address.trim() === ''}>
        Open
      </Button>
    </form>
  );
}
