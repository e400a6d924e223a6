import { Button } from '@mantine/core';
import type { StorageReport } from '../../protocol/data';
import { useLabStore } from '../../store/store';
import { WarningNotice } from '../../ui/widgets';
import { useSession } from '../session-context';
import { TransferNotice } from './transfer-notice';

/** What is being written down for the next visit, and what is loaded and was not: that can be had after all. */
export function KeepingNotice({ storage: { saved } }: { storage: StorageReport }) {
  const session = useSession();
  const keeping = useLabStore((state) => state.data.keeping);
  const notKept = useLabStore((state) => state.data.notKept);
  return (
    <>
      {keeping && (
        <TransferNotice
          label={`Keeping ${keeping.name}`}
          starting={`Keeping ${keeping.name} in this browser`}
          progress={keeping.progress}
          pace={keeping.pace}
          cancel="Don’t keep"
          onCancel={session.cancelKeep}
        >
          It is loaded, and can be used meanwhile.
        </TransferNotice>
      )}
      {notKept
        .filter(({ source }) => !saved.some((entry) => entry.source.id === source.id))
        .map(({ kind, source, failure }) => (
          <WarningNotice key={source.id}>
            {failure.message} {failure.code !== 'cancelled' && `${failure.remedy} `}
            <Button size="xs" variant="default" disabled={keeping !== null} onClick={() => void session.keep(kind)}>
              Keep it
            </Button>
          </WarningNotice>
        ))}
    </>
  );
}
