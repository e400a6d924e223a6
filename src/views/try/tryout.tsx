import { useLabStore } from '../../store/store';
import { FailureNotice } from '../../ui/widgets';
import { useSession } from '../session-context';
import { useAnswer } from '../use-answer';
import { Answers } from './answers';
import { Contributions } from './contributions';
import { Disagreements } from './disagreements';
import { Neighbours } from './neighbours';
import { Overlap } from './overlap';
import { SentenceList } from './sentence-list';
import { linesOf, SentencePanel } from './sentence-panel';
import classes from './try-room.module.css';

const DELAY_MS = 120;

/** The models of the last run, at hand. */
export function Tryout() {
  const { lab } = useSession();
  const { text, sentence: wanted } = useLabStore((state) => state.tryout);
  const lines = linesOf(text);
  const answer = useAnswer(
    lines.length > 0 ? JSON.stringify(lines) : null,
    async () => ({ lines, classification: await lab.classify(lines) }),
    DELAY_MS,
  );
  // Nothing is said of a sentence that was taken out of the field.
  const answered = lines.length > 0 ? answer.value : null;
  const chosen = Math.min(wanted, (answered?.lines.length ?? 1) - 1);
  return (
    <>
      <SentencePanel lines={lines.length} />
      {answer.failure && <FailureNotice {...answer.failure} />}
      {answered && (
        <div className={classes.stack} aria-busy={answer.asking}>
          {answered.lines.length > 1 && <SentenceList {...answered} chosen={chosen} />}
          <Answers classification={answered.classification} sentence={chosen} />
        </div>
      )}
      {lines.length > 0 && <Contributions text={lines[Math.min(wanted, lines.length - 1)]} />}
      <Disagreements />
      <Neighbours tokens={answered?.classification.sentences[chosen].tokens ?? []} />
      <Overlap />
    </>
  );
}
