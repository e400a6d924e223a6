import { Button } from '@mantine/core';
import { useEffect, useId, useRef, useState } from 'react';
import { toFailure } from '../../client/failure';
import type { LabFailure } from '../../protocol/failure';
import type { Classification } from '../../protocol/lab';
import { isActive } from '../../store/run';
import { useLabStore } from '../../store/store';
import { EmptyState, FailureNotice, Panel, RoomHead } from '../../ui/widgets';
import { RunExperimentButton } from '../run-button';
import { useSession } from '../session-context';
import { Answers } from './answers';
import classes from './try-room.module.css';

const LONGEST = 2000;
const DELAY_MS = 150;
const EXAMPLES = [
  'The battery is great, but the sound is a disappointment.',
  'Not bad at all: I loved every minute.',
  'The waiter was rude and the food was cold.',
];

/** A sentence of one's own, through the full model and every compressed one. */
export default function TryRoom() {
  const models = useLabStore((state) => state.models);
  const active = useLabStore((state) => isActive(state.run.status));
  return (
    <>
      <RoomHead title="Try it">One sentence, every model: what the compressed ones say beside the full one.</RoomHead>
      {models.length === 0 ? (
        <EmptyState title={active ? 'The models are still training' : 'No model has been trained yet'} action={<RunExperimentButton />}>
          {active
            ? 'They can be tried out as soon as the run has ended; stopping it keeps what is done.'
            : 'Run the experiment first. Then type a sentence here, and see what each model makes of it.'}
        </EmptyState>
      ) : (
        <Bench />
      )}
    </>
  );
}

function Bench() {
  const session = useSession();
  const models = useLabStore((state) => state.models);
  const [text, setText] = useState(EXAMPLES[0]);
  const [answer, setAnswer] = useState<Classification | null>(null);
  const [failure, setFailure] = useState<LabFailure | null>(null);
  const asked = useRef(0);
  const id = useId();

  const classify = async (sentence: string) => {
    const turn = ++asked.current;
    try {
      const classification = sentence.trim() === '' ? null : await session.lab.classify(sentence);
      // A later question has its answer already.
      if (turn !== asked.current) return;
      setAnswer(classification);
      setFailure(null);
    } catch (thrown) {
      if (turn === asked.current) setFailure(toFailure(thrown));
    }
  };

  // biome-ignore lint/correctness/useExhaustiveDependencies: asks anew when the sentence or the models change
  useEffect(() => {
    const timer = setTimeout(() => void classify(text), DELAY_MS);
    return () => clearTimeout(timer);
  }, [text, models]);

  return (
    <div className={classes.stack}>
      <Panel>
        <form
          className={classes.form}
          onSubmit={(event) => {
            event.preventDefault();
            void classify(text);
          }}
        >
          <label htmlFor={id}>Sentence</label>
          <textarea
            id={id}
            value={text}
            maxLength={LONGEST}
            rows={3}
            onChange={(event) => setText(event.currentTarget.value)}
            onKeyDown={(event) => {
              if (event.key === 'Enter' && !event.shiftKey) {
                event.preventDefault();
                void classify(text);
              }
            }}
          />
          <div className={classes.under}>
            <Button type="submit">Classify</Button>
            <span className={classes.examples}>
              Or take one:
              {EXAMPLES.map((example) => (
                <button key={example} type="button" onClick={() => setText(example)}>
                  {example}
                </button>
              ))}
            </span>
          </div>
        </form>
      </Panel>
      {failure && <FailureNotice {...failure} />}
      {answer && <Answers answer={answer} models={models} />}
    </div>
  );
}
