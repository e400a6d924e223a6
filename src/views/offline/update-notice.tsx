import { Button } from '@mantine/core';
import { selectIsBusy } from '../../store/selectors';
import { useLabStore } from '../../store/store';
import classes from './update-notice.module.css';
import { useUpdates } from './updates';

/** Quiet, in the corner: the page goes on as it is until it is reloaded. */
export function UpdateNotice() {
  const reload = useUpdates((state) => state.reload);
  const running = useLabStore(selectIsBusy);
  if (!reload) return null;
  return (
    <div className={classes.notice} role="status">
      <span>{running ? 'A new version is here. A reload would end the run.' : 'A new version is here.'}</span>
      <Button size="compact-sm" onClick={reload}>
        Reload
      </Button>
      <Button size="compact-sm" variant="default" onClick={() => useUpdates.setState({ reload: null })}>
        Later
      </Button>
    </div>
  );
}
