import { Button, Popover } from '@mantine/core';
import { Check, Link2 } from 'lucide-react';
import { useState } from 'react';
import { addressOf } from './addresses';
import classes from './player.module.css';

const SHOWN_MS = 2000;

/** A lesson is a link: to this step, or to the whole lesson from its start. */
export function CopyLink({ path, children }: { path: string; children: string }) {
  const [state, setState] = useState<'idle' | 'copied' | 'shown'>('idle');
  const address = addressOf(path);
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(address);
      setState('copied');
      setTimeout(() => setState('idle'), SHOWN_MS);
    } catch {
      // No permission, or no secure context: the address is shown to be copied by hand.
      setState(state === 'shown' ? 'idle' : 'shown');
    }
  };
  return (
    <Popover opened={state === 'shown'} onClose={() => setState('idle')} position="bottom-start" withArrow>
      <Popover.Target>
        <Button
          className={classes.quiet}
          variant="subtle"
          color="gray"
          size="xs"
          leftSection={state === 'copied' ? <Check size={14} /> : <Link2 size={14} />}
          onClick={() => void copy()}
        >
          {state === 'copied' ? 'Copied' : children}
        </Button>
      </Popover.Target>
      <Popover.Dropdown>
        <input
          className={classes.address}
          readOnly
          aria-label="Address"
          value={address}
          onFocus={(event) => event.currentTarget.select()}
        />
      </Popover.Dropdown>
    </Popover>
  );
}
