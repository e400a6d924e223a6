import { Button } from '@mantine/core';
import { ProgressBar } from '../../ui/widgets';
import classes from './data-room.module.css';

/** While a file's head is read, or an address answers. */
export function LookingNotice({ name, onCancel }: { name: string; onCancel(): void }) {
  return (
    <div className={classes.loading}>
      <div className={classes.loadingWords}>
        <span className={classes.name}>Looking into {name}</span>
        <Button size="xs" variant="default" onClick={onCancel}>
          Cancel
        </Button>
      </div>
      <ProgressBar label={`Looking into ${name}`} done={null} />
    </div>
  );
}
