import { Button } from '@mantine/core';
import { GraduationCap } from 'lucide-react';
import { Link } from 'wouter';
import { useLabStore, write } from '../../store/store';
import { WarningNotice } from '../../ui/widgets';
import { rememberLink } from '../link/address';
import classes from './page-notices.module.css';

/** Above the room: what a link did to the page. */
export function PageNotices() {
  return (
    <div className={classes.notices}>
      <SetByTeacher />
      <NeededData />
      <Dropped />
    </div>
  );
}

/** The way out of a lesson that hides controls. */
function SetByTeacher() {
  const hides = useLabStore((state) => state.teacher.hidden.length > 0);
  if (!hides) return null;
  return (
    <div className={classes.teacher}>
      <GraduationCap size={16} aria-hidden="true" />
      <span>A lesson set by a teacher: some controls are hidden.</span>
      <button
        type="button"
        onClick={() => {
          write.teacher({ hidden: [] });
          document.querySelector('main')?.focus({ preventScroll: true });
          // A reload would hide them again.
          void import('../../store/link/link').then(({ writeLink }) => rememberLink(writeLink(useLabStore.getState()).text));
        }}
      >
        Show all controls
      </button>
    </div>
  );
}

/** The data that a link was made with, as long as they are not the loaded ones. */
function NeededData() {
  const sources = useLabStore((state) => state.link.sources);
  const report = useLabStore((state) => state.data.report);
  const loading = useLabStore((state) => state.data.loading !== null);
  if (!sources || !report || loading) return null;
  const missing = (['embeddings', 'dataset'] as const).filter((kind) => sources[kind].id !== report[kind].source.id);
  if (missing.length === 0) return null;
  const what = { embeddings: 'the word vectors', dataset: 'the sentences' };
  const needed = missing.map((kind) => `${what[kind]} “${sources[kind].name}”`).join(' and ');
  const instead = missing.map((kind) => `“${report[kind].source.name}”`).join(' and ');
  return (
    <WarningNotice>
      The link was made with {needed}, which are not loaded here; {instead} {missing.length > 1 ? 'stand' : 'stands'} in, so the figures
      will differ. <Link href="/data">Load the same files in Data</Link> to go on with them.
    </WarningNotice>
  );
}

function Dropped() {
  const problems = useLabStore((state) => state.link.problems);
  if (problems.length === 0) return null;
  return (
    <div role="status">
      <WarningNotice>
        <p>Not everything in the link could be opened:</p>
        <ul className={classes.problems}>
          {problems.map((problem) => (
            <li key={problem}>{problem}</li>
          ))}
        </ul>
        <Button size="compact-xs" variant="default" onClick={() => write.link({ problems: [] })}>
          Understood
        </Button>
      </WarningNotice>
    </div>
  );
}
