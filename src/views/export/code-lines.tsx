import { Button } from '@mantine/core';
import { Check, Copy } from 'lucide-react';
import { useEffect, useState } from 'react';
import type { ExportExample } from '../../protocol/export';
import { SegmentedControl } from '../../ui/segmented-control';
import { useCopy } from '../link/use-copy';
import classes from './export.module.css';

const runtimes: Record<ExportExample['runtime'], string> = { python: 'Python', node: 'Node', page: 'Browser' };

/** The lines that use an export, as they stand. */
export function CodeLines({ examples, several }: { examples: readonly ExportExample[]; several: boolean }) {
  const [runtime, setRuntime] = useState<string>(examples[0].runtime);
  const { copied, copy, forget } = useCopy();
  const shown = examples.find((example) => example.runtime === runtime) ?? examples[0];
  const { code, install } = shown;
  // Each ends as it does in the file, so that what is selected is the code.
  const lines = code.split(/(?<=\n)/);
  // biome-ignore lint/correctness/useExhaustiveDependencies: other lines are not on the clipboard
  useEffect(forget, [code, forget]);
  return (
    <section className={classes.code} aria-label="Lines that use it">
      <header className={classes.codeHead}>
        <SegmentedControl
          aria-label="Where the lines run"
          size="xs"
          data={examples.map((example) => ({ value: example.runtime, label: runtimes[example.runtime] }))}
          value={shown.runtime}
          onChange={setRuntime}
        />
        <Button
          size="compact-sm"
          variant="default"
          leftSection={copied === 'copied' ? <Check size={14} /> : <Copy size={14} />}
          onClick={() => void copy(code)}
        >
          {copied === 'copied' ? 'Copied' : 'Copy'}
        </Button>
      </header>
      <p className={classes.help}>
        {several ? 'In the folder of the unpacked files' : 'In the folder of the file'}
        {install && (
          <>
            , after <code>{install}</code>
          </>
        )}
        :
      </p>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by the keyboard */}
      <pre className={classes.lines} tabIndex={0}>
        <code>
          {lines.map((line, i) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: a line may repeat, and none moves
            <span key={i} className={classes.line}>
              {line}
            </span>
          ))}
        </code>
      </pre>
      <p role="status" className={classes.status}>
        {copied === 'refused' && 'The browser does not let the page write to the clipboard: select the lines and copy them by hand.'}
      </p>
    </section>
  );
}
