import { Button } from '@mantine/core';
import { useLabStore } from '../../store/store';
import { Dialog } from '../../ui/dialog';
import { useSession } from '../session-context';
import { KeepRun } from './keep-run';
import classes from './runs.module.css';

/** Before a run that is kept nowhere gives way to another one. */
export function OpenQuestion() {
  const session = useSession();
  const asked = useLabStore((state) => state.runs.asked);
  const isKept = useLabStore((state) => state.runs.shown !== null);
  if (!asked) return null;
  const answer = (yes: boolean) => void session.answerOpenRun(yes);
  return (
    <Dialog title={`Open “${asked.name}”?`} size={560} onClose={() => answer(false)}>
      <div className={classes.panel}>
        <p>{isKept ? 'The run on the page is kept.' : 'The run on the page is kept nowhere: its models would be gone.'}</p>
        <KeepRun />
        <div className={classes.tools}>
          <Button data-autofocus variant={isKept ? 'filled' : 'default'} onClick={() => answer(true)}>
            {isKept ? 'Open' : 'Open without keeping'}
          </Button>
          <Button variant="default" onClick={() => answer(false)}>
            Cancel
          </Button>
        </div>
      </div>
    </Dialog>
  );
}
