import { VisuallyHidden } from '@mantine/core';
import type { CSSProperties } from 'react';
import { formatPercent, signless } from '../../charts/format';
import type { ReadToken } from '../../protocol/try';
import { useLabStore, write } from '../../store/store';
import { SelectField } from '../../ui/inputs';
import { FailureNotice, Panel } from '../../ui/widgets';
import { useSession } from '../session-context';
import { useAnswer } from '../use-answer';
import classes from './contributions.module.css';
import { referenceOf, useModels } from './model-names';

const DELAY_MS = 220;
/** Below this nothing is drawn: 0.00. */
const LEAST = 0.005;
/** Contributions of this size are drawn strongest, in nats: without the word, the class is a seventh as probable. */
const STRONGEST = 2;

const figure = (contribution: number) => (contribution >= LEAST ? `+${contribution.toFixed(2)}` : signless(contribution, 2));

/** Which words a model goes by: each is left out in turn. */
export function Contributions({ text }: { text: string }) {
  const { lab } = useSession();
  const models = useModels();
  const wanted = useLabStore((state) => state.tryout.model);
  const reference = referenceOf(models);
  const model = models.find(({ id }) => id === wanted) ?? models.find(({ id }) => id !== reference.id) ?? reference;
  const { value, failure, asking } = useAnswer(text, () => lab.contributions(text), DELAY_MS);
  const of = value?.models.find((one) => one.model === model.id);
  const unknown = value?.tokens.filter(({ known }) => !known).length ?? 0;
  return (
    <Panel
      title="Which words decide"
      note={
        of && value
          ? `${model.name} says “${value.classes[of.choice]}”. Below each word, how much of that class’s log-probability goes when the word is left out: + speaks for it, − against.`
          : 'Each word is left out in turn.'
      }
      aside={
        <div className={classes.choice}>
          <SelectField
            label="Model of the words"
            labelHidden
            help="Whose words are shown."
            value={model.id}
            options={models.map(({ id, name }) => ({ value: id, label: name }))}
            onChange={(id) => write.tryout({ model: id })}
          />
        </div>
      }
    >
      {failure && <FailureNotice {...failure} />}
      {!failure && of && value && (
        <div aria-busy={asking}>
          <ul className={classes.tokens} style={{ '--method': model.color } as CSSProperties}>
            {value.tokens.map((token, t) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: a word may come twice; its place is its name
              <li key={t}>
                <Word token={token} contribution={of.contributions[t]} />
              </li>
            ))}
          </ul>
          <p className={classes.legend}>
            {unknown > 0 &&
              `Dashed boxes: ${unknown} of ${value.tokens.length} ${unknown === 1 ? 'is' : 'are'} not in the experiment’s vocabulary, and read as the nearest word there (→), or as “unknown”. `}
            A click on a word shows its neighbours below.
          </p>
          <WordTable tokens={value.tokens} contributions={of.contributions} />
        </div>
      )}
      {!failure && !of && (
        <p className={classes.waiting} role="status">
          Leaving out one word after another …
        </p>
      )}
    </Panel>
  );
}

function Word({ token, contribution }: { token: ReadToken; contribution: number }) {
  const strength = Math.min(1, Math.abs(contribution) / STRONGEST);
  const side = Math.abs(contribution) < LEAST ? 'none' : contribution > 0 ? 'for' : 'against';
  const word = token.known ? token.text : token.readAs;
  const content = (
    <>
      <span className={classes.text}>
        {token.text}
        {token.readAs !== null && <span className={classes.readAs}> → {token.readAs}</span>}
        {!token.known && token.readAs === null && <VisuallyHidden> (unknown)</VisuallyHidden>}
      </span>
      <span className={classes.line} />
      <span className={classes.figure}>{figure(contribution)}</span>
    </>
  );
  const look = {
    className: classes.word,
    'data-side': side,
    'data-unknown': !token.known || undefined,
    style: { '--strength': strength } as CSSProperties,
  };
  if (word === null) return <span {...look}>{content}</span>;
  return (
    <button type="button" {...look} title={`Neighbours of “${word}”`} onClick={() => write.tryout({ word })}>
      {content}
    </button>
  );
}

/** The same in rows: for whoever can't see the drawing. */
function WordTable({ tokens, contributions }: { tokens: readonly ReadToken[]; contributions: readonly number[] }) {
  const sum = contributions.reduce((total, contribution) => total + Math.abs(contribution), 0);
  return (
    <VisuallyHidden>
      <table aria-label="Contribution of each word">
        <thead>
          <tr>
            <th scope="col">Word</th>
            <th scope="col">Read as</th>
            <th scope="col">Contribution, log-probability</th>
            <th scope="col">Share</th>
          </tr>
        </thead>
        <tbody>
          {tokens.map(({ text, known, readAs }, t) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: a word may come twice; its place is its name
            <tr key={t}>
              <th scope="row">{text}</th>
              <td>{known ? text : (readAs ?? 'unknown')}</td>
              <td>{figure(contributions[t])}</td>
              <td>{sum > 0 ? formatPercent(Math.abs(contributions[t]) / sum) : '–'}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </VisuallyHidden>
  );
}
