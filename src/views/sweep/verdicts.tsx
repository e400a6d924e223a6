import { Check, CircleDashed, Scale, X } from 'lucide-react';
import type { Verdict } from '../../protocol/analysis';
import { useLabStore } from '../../store/store';
import { selectAnalysis } from '../../store/sweep/selectors';
import classes from './verdicts.module.css';

const SIGNS = { holds: Check, fails: X, undecided: Scale, untested: CircleDashed } as const;
const WORDS: Record<Verdict['holds'], string> = { holds: 'Holds', fails: 'Fails', undecided: 'Undecided', untested: 'Untested' };
const MEANING: Record<Verdict['holds'], string> = {
  holds: 'The interval over the seeds lies where the claim says.',
  fails: 'The interval over the seeds lies where the claim says it does not.',
  undecided: 'The seeds allow for both: more of them may decide it.',
  untested: 'This sweep has not run what the claim is about.',
};

/** The paper's three claims, each with what this data says to it. */
export function Verdicts() {
  const analysis = useLabStore(selectAnalysis);
  if (!analysis) return null;
  return (
    <section aria-label="Verdicts">
      <ul className={classes.verdicts}>
        {analysis.verdicts.map(({ claim, text, holds, sentence }) => {
          const Sign = SIGNS[holds];
          return (
            <li key={claim} data-holds={holds}>
              <p className={classes.word} title={MEANING[holds]}>
                <Sign size={17} strokeWidth={2.4} aria-hidden="true" />
                {WORDS[holds]}
              </p>
              <p className={classes.claim}>
                <span>The paper:</span> {text}
              </p>
              <p className={classes.sentence}>{sentence}</p>
            </li>
          );
        })}
      </ul>
      {analysis.controls !== null && <p className={classes.caution}>{analysis.controls}</p>}
      <p className={classes.caution}>{analysis.caution}</p>
    </section>
  );
}
