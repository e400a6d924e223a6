import { Button } from '@mantine/core';
import { WarningNotice } from '../ui/widgets';
import { useHidden } from './hideable';

/** Where the browser refuses a database: what is called kept lasts as long as the window. */
export function NothingOnDisk({
  onSave,
}: {
  /** Saves what is on the page; null where there is nothing to save. */ onSave: (() => void) | null;
}) {
  const noDownloads = useHidden('downloads');
  if (noDownloads) return <WarningNotice>This window keeps nothing on disk: what is kept here is gone when it is closed.</WarningNotice>;
  return (
    <WarningNotice>
      This window keeps nothing on disk: save the file before you close it.{' '}
      {onSave && (
        <Button size="xs" variant="default" onClick={onSave}>
          Save the file
        </Button>
      )}
    </WarningNotice>
  );
}
