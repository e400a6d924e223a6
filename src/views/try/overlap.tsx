import { Button } from '@mantine/core';
import { type RefObject, useEffect, useRef, useState } from 'react';
import type { RowProgress } from '../../protocol/lab';
import { FailureNotice, Panel, ProgressBar } from '../../ui/widgets';
import { useSession } from '../session-context';
import { useAnswer } from '../use-answer';
import classes from './overlap.module.css';
import { OverlapFigures } from './overlap-figures';

/** How much of every word's neighbourhood each table has kept. It is counted when somebody looks. */
export function Overlap() {
  const { lab } = useSession();
  const place = useRef<HTMLDivElement>(null);
  const seen = useSeen(place);
  const [progress, setProgress] = useState<RowProgress | null>(null);
  const [attempt, setAttempt] = useState(0);
  const { value, failure, asking } = useAnswer(seen ? String(attempt) : null, () => lab.neighbourOverlap(setProgress));
  const stopped = failure?.code === 'cancelled';
  const done = progress ? progress.doneRows / progress.totalRows : null;
  return (
    <div ref={place}>
      {value ? (
        <OverlapFigures overlap={value} />
      ) : (
        <Panel title="What became of the vocabulary" note="The ten nearest of each word in every table, held against each other.">
          {failure && !stopped && (
            <FailureNotice {...failure} action={<Button onClick={() => setAttempt(attempt + 1)}>Try again</Button>} />
          )}
          {stopped && !asking && (
            <div className={classes.line}>
              <p>Stopped; the tables that are done are remembered.</p>
              <Button variant="default" onClick={() => setAttempt(attempt + 1)}>
                Go on
              </Button>
            </div>
          )}
          {(asking || !seen) && (
            <div className={classes.line}>
              <div className={classes.progress}>
                <ProgressBar label="Comparing neighbours" done={done} />
              </div>
              <p role="status">{done === null ? 'Comparing neighbours' : `${Math.round(100 * done)} %`}</p>
              <Button variant="default" onClick={() => void lab.stopNeighbourOverlap().catch(() => {})}>
                Stop
              </Button>
            </div>
          )}
        </Panel>
      )}
    </div>
  );
}

/** Whether an element has come into sight; a browser that can't tell says yes. */
function useSeen(place: RefObject<Element | null>): boolean {
  const [seen, setSeen] = useState(false);
  useEffect(() => {
    if (seen || !place.current) return;
    if (typeof IntersectionObserver === 'undefined') {
      setSeen(true);
      return;
    }
    const observer = new IntersectionObserver((entries) => {
      if (entries.some(({ isIntersecting }) => isIntersecting)) setSeen(true);
    });
    observer.observe(place.current);
    return () => observer.disconnect();
  }, [seen, place]);
  return seen;
}
