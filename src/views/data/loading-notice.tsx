import { useLabStore } from '../../store/store';
import { useSession } from '../session-context';
import { TransferNotice } from './transfer-notice';

/** How far a load is. */
export function LoadingNotice() {
  const session = useSession();
  const loading = useLabStore((state) => state.data.loading);
  const hadData = useLabStore((state) => state.data.report !== null);
  if (!loading) return null;
  const { progress, name, pace } = loading;
  return (
    <TransferNotice
      label={`Loading ${name}`}
      starting={`Opening ${name}`}
      progress={progress}
      pace={pace}
      cancel="Cancel"
      onCancel={session.cancelLoad}
    >
      {hadData && 'What is loaded stays until this is whole.'}
    </TransferNotice>
  );
}
