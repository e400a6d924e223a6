import { useEffect, useMemo } from 'react';
import type { SavedRun } from '../../protocol/runs';
import { writeExperimentLink } from '../../store/link/link';
import { Dialog } from '../../ui/dialog';
import { Aside } from '../../ui/kept-list';
import { addressOf } from '../link/address';
import { LinkField } from '../link/link-field';
import { useCopy } from '../link/use-copy';
import classes from './runs.module.css';

/** A link that opens the Train room set as a run was: to run it again, there or elsewhere. */
export default function RunLink({ run, onClose }: { run: SavedRun; onClose: () => void }) {
  const { copied, copy } = useCopy();
  const { specification, name } = run;
  const link = useMemo(() => (specification ? addressOf('/train', writeExperimentLink(specification).text) : ''), [specification]);
  useEffect(() => void copy(link), [copy, link]);
  const own = specification && [specification.embeddings, specification.dataset].filter(({ id }) => !id.startsWith('bundled:'));
  return (
    <Dialog title={`Link to the experiment of “${name}”`} onClose={onClose}>
      <div className={classes.panel}>
        <LinkField link={link} copied={copied} action="Copy" onCopy={() => void copy(link)} />
        <p>
          It opens the Train room set as this run was: the same backend computes the same numbers from it. Results and models are not in it.
        </p>
        {own && own.length > 0 && (
          <Aside>
            Whoever opens it needs the same data: {own.map((source) => `“${source.name}”`).join(' and ')}, named in it with a fingerprint.
          </Aside>
        )}
      </div>
    </Dialog>
  );
}
