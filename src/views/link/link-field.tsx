import { Button } from '@mantine/core';
import { Check, Copy } from 'lucide-react';
import { formatCount } from '../../charts/format';
import classes from './link.module.css';
import type { Copied } from './use-copy';

/** A link to read and to copy, and whether it is on the clipboard. */
export function LinkField({ link, copied, onCopy, action }: { link: string; copied: Copied; onCopy: () => void; action: string }) {
  return (
    <div className={classes.field}>
      <div className={classes.row}>
        <input readOnly aria-label="Link" value={link} onFocus={(event) => event.currentTarget.select()} />
        <Button data-autofocus leftSection={copied === 'copied' ? <Check size={15} /> : <Copy size={15} />} onClick={onCopy}>
          {action}
        </Button>
      </div>
      <p role="status" className={classes.small}>
        {copied === 'copied'
          ? `Copied: ${formatCount(link.length)} characters.`
          : copied === 'refused'
            ? 'The browser does not let the page write to the clipboard: select the link and copy it by hand.'
            : `${formatCount(link.length)} characters.`}
      </p>
    </div>
  );
}
