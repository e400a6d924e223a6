import { useId, useState } from 'react';
import { Field } from '../ui/field';
import field from '../ui/field.module.css';

interface WordFieldProps {
  help: string;
  value: string;
  suggestions: readonly string[];
  /** What is wrong with the word, or null. */
  problem: string | null;
  onChange(word: string): void;
}

const settledMs = 250;

/** A word, with suggestions; it is taken over when the typing rests, or by Enter. */
export function WordField({ help, value, suggestions, problem, onChange }: WordFieldProps) {
  const list = useId();
  const [draft, setDraft] = useState<string | null>(null);
  const [timer, setTimer] = useState<ReturnType<typeof setTimeout>>();
  const take = (text: string) => {
    clearTimeout(timer);
    const word = text.trim();
    if (word !== '' && word !== value) onChange(word);
  };
  return (
    <Field label="Word" help={help}>
      {({ id, describedBy }) => (
        <>
          <input
            id={id}
            className={field.input}
            type="text"
            list={list}
            maxLength={200}
            autoCapitalize="none"
            autoComplete="off"
            spellCheck={false}
            value={draft ?? value}
            aria-describedby={describedBy}
            aria-invalid={problem !== null}
            onChange={(event) => {
              const text = event.currentTarget.value;
              setDraft(text);
              clearTimeout(timer);
              setTimer(setTimeout(() => take(text), settledMs));
            }}
            onKeyDown={(event) => event.key === 'Enter' && take(event.currentTarget.value)}
            onBlur={(event) => {
              take(event.currentTarget.value);
              setDraft(null);
            }}
          />
          <datalist id={list}>
            {suggestions.map((word) => (
              <option key={word} value={word} />
            ))}
          </datalist>
          {problem && (
            <span className={field.error} role="alert">
              {problem}
            </span>
          )}
        </>
      )}
    </Field>
  );
}
