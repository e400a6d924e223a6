import { Button } from '@mantine/core';
import { Check, Clipboard, FileJson, FileSpreadsheet } from 'lucide-react';
import { lazy, Suspense, useState } from 'react';
import { formatCount, formatPercent } from '../../charts/format';
import { saveFile } from '../../charts/save';
import { resultsToCsv, resultsToJson } from '../../store/export';
import { isActive } from '../../store/run';
import { selectResultGroups } from '../../store/selectors';
import { useLabStore } from '../../store/store';
import { EmptyState, RoomHead } from '../../ui/widgets';
import { useHidden } from '../hideable';
import { RunExperimentButton } from '../run-button';
import { KeptRuns } from '../runs/kept-runs';
import { ProfilePanel } from '../train/profile-panel';
import classes from './compare-room.module.css';
import { ResultsTable } from './results-table';
import { SizeChart } from './size-chart';

/** Of use once a run has ended. */
const ExportPanel = lazy(() => import('../export/export-panel'));

/** What the run measured on the test split, method by method. */
export default function CompareRoom() {
  const groups = useLabStore(selectResultGroups);
  const conclusion = useLabStore((state) => state.run.conclusion);
  const active = useLabStore((state) => isActive(state.run.status));
  const seeds = useLabStore((state) => state.run.specification?.seeds.length ?? 1);
  const first = groups[0];
  const testCount = first?.rows[0]?.testCount;
  const noDownloads = useHidden('downloads');
  return (
    <>
      <RoomHead title="Compare" aside={groups.length > 0 && !noDownloads && <Exports />}>
        {testCount
          ? `Same split, seed, network and budget for every method; each chose its learning rate on validation. Accuracies are on ${formatCount(testCount)} test sentences, read once, at the end; always saying the most frequent class scores ${formatPercent(first.majority)} there.`
          : 'Same split, seed, network and budget for every method; the test split is read once, at the end.'}
      </RoomHead>
      {groups.length === 0 ? (
        <EmptyState title={active ? 'No method has ended yet' : 'Nothing to compare yet'} action={<RunExperimentButton />}>
          {active
            ? 'Each method’s row appears here as it ends.'
            : 'Run the ready experiment: in about a minute every method has its row here, with its size, its accuracy and what it lost.'}
        </EmptyState>
      ) : (
        <div className={classes.stack}>
          {conclusion && (
            <section className={classes.conclusion} aria-label="Conclusion">
              <p className={classes.claim}>{conclusion.claim}</p>
              <p>{conclusion.caution}</p>
            </section>
          )}
          {active && <p className={classes.running}>The run goes on; rows appear as methods end.</p>}
          <ResultsTable groups={groups} withSpread={seeds > 1} />
          <SizeChart groups={groups} />
          <Suspense>
            <ExportPanel />
          </Suspense>
          <ProfilePanel />
        </div>
      )}
      <div className={classes.below}>
        <KeptRuns />
      </div>
    </>
  );
}

function Exports() {
  const run = useLabStore((state) => state.run);
  const [copied, setCopied] = useState(false);
  const specification = run.results?.specification ?? run.specification;
  return (
    <>
      <Button
        variant="default"
        leftSection={<FileJson size={15} />}
        disabled={!run.results}
        onClick={() => run.results && saveFile('results.json', resultsToJson(run.results), 'application/json')}
      >
        JSON
      </Button>
      <Button
        variant="default"
        leftSection={<FileSpreadsheet size={15} />}
        onClick={() => saveFile('results.csv', resultsToCsv(run.rows), 'text/csv;charset=utf-8')}
      >
        CSV
      </Button>
      <Button
        variant="default"
        leftSection={copied ? <Check size={15} /> : <Clipboard size={15} />}
        onClick={async () => {
          try {
            await navigator.clipboard.writeText(JSON.stringify(specification, null, 2));
            setCopied(true);
            setTimeout(() => setCopied(false), 2000);
          } catch {
            // No permission, or no secure context: the file does as well.
            saveFile('specification.json', JSON.stringify(specification, null, 2), 'application/json');
          }
        }}
      >
        {copied ? 'Copied' : 'Copy specification'}
      </Button>
    </>
  );
}
