import { useId } from 'react';
import { useLabStore, write } from '../../store/store';
import { Panel } from '../../ui/widgets';
import classes from './try-room.module.css';

/** As many as the lab classifies at once, of this length. */
const MOST_LINES = 50;
const LONGEST_LINE = 2000;

const EXAMPLES = [
  'The battery is great, but the sound is a disappointment.',
  'Not bad at all: I loved every minute.',
  'The waiter was rude and the food was cold.',
];

/** The sentences of a text, without empty lines. */
export function linesOf(text: string): string[] {
  return text
    .split(/\r?\n/)
    .map((line) => line.trim())
    .filter((line) => line !== '');
}

export function SentencePanel({ lines }: { lines: number }) {
  const text = useLabStore((state) => state.tryout.text);
  const id = useId();
  return (
    <Panel>
      <div className={classes.form}>
        <label htmlFor={id}>Sentences, one a line</label>
        <textarea
          id={id}
          value={text}
          maxLength={MOST_LINES * (LONGEST_LINE + 1)}
          rows={Math.min(10, Math.max(2, text.split('\n').length))}
          aria-describedby={`${id}-help`}
          onChange={(event) => write.tryout({ text: event.currentTarget.value, sentence: 0 })}
        />
        <p id={`${id}-help`} className={classes.under}>
          {lines === 0 ? 'Type or paste a sentence: it is classified as you type.' : `Classified as you type; up to ${MOST_LINES} lines.`}
          <span className={`${classes.examples} print-hides`}>
            Or take one:
            {EXAMPLES.map((example) => (
              <button key={example} type="button" onClick={() => write.tryout({ text: example, sentence: 0 })}>
                {example}
              </button>
            ))}
            <button type="button" onClick={() => write.tryout({ text: EXAMPLES.join('\n'), sentence: 0 })}>
              all three
            </button>
          </span>
        </p>
      </div>
    </Panel>
  );
}
