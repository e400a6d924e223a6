import { useEffect, useMemo } from 'react';
import { useLocation } from 'wouter';
import type { DataReport } from '../../protocol/data';
import { writeLink } from '../../store/link/link';
import { useLabStore } from '../../store/store';
import { Dialog } from '../../ui/dialog';
import { closeDialog } from '../shell/dialogs';
import { addressOf } from './address';
import classes from './link.module.css';
import { LinkField } from './link-field';
import { useCopy } from './use-copy';

/** Copies a link to the page as it is set, and says what is in it. */
export default function LinkDialog() {
  const [location] = useLocation();
  const { copied, copy } = useCopy();
  const report = useLabStore((state) => state.data.report);
  const { link, names } = useMemo(() => {
    const written = writeLink(useLabStore.getState());
    return { link: addressOf(location, written.text), names: written.names };
  }, [location]);
  useEffect(() => void copy(link), [copy, link]);
  return (
    <Dialog title="Link to this page" onClose={closeDialog}>
      <div className={classes.stack}>
        <LinkField link={link} copied={copied} action="Copy" onCopy={() => void copy(link)} />
        <p>{heldWords(names)}</p>
        <p className={classes.small}>{dataWords(report)}</p>
      </div>
    </Dialog>
  );
}

/** What a link holds, in a sentence. */
export function heldWords(names: readonly string[]): string {
  return names.length === 0
    ? 'Everything is set as the page comes, so the link opens this room and nothing else.'
    : `It opens this room with what you changed: ${names.join(', ')}. Everything else is as the page comes.`;
}

/** What of a person's data is in a link: nothing but names. */
export function dataWords(report: DataReport | null): string {
  const own = report ? [report.embeddings.source, report.dataset.source].filter(({ id }) => !id.startsWith('bundled:')) : [];
  if (own.length === 0)
    return 'No data and no results are in the link. What it holds stands behind the #, which browsers send to no server.';
  const named = own.map(({ name }) => `“${name}”`).join(' and ');
  return `Your data are not in the link: ${named} ${own.length > 1 ? 'are' : 'is'} named in it, with a fingerprint of the content, and whoever opens it needs the same ${own.length > 1 ? 'files' : 'file'}.`;
}
