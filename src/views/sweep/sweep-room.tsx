import { useEffect } from 'react';
import { isActive } from '../../store/run';
import { useLabStore } from '../../store/store';
import { EmptyState, FailureNotice } from '../../ui/widgets';
import { Charts, Room } from '../room/room';
import { useSession } from '../session-context';
import { useShortcuts } from '../shortcuts/mounted';
import type { Shortcut } from '../shortcuts/shortcut';
import { Builder } from './builder';
import { Comparisons } from './comparisons';
import { DropFigure } from './drop-figure';
import { KeptSweeps } from './kept-sweeps';
import { Picker } from './picker';
import { RateMatrix } from './rate-matrix';
import { Recommendation } from './recommendation';
import { ScheduleFigure } from './schedule-figure';
import { SizeFigure } from './size-figure';
import { SweepBar } from './sweep-bar';
import { SweepHead } from './sweep-head';
import { SweepTables } from './sweep-tables';
import { Verdicts } from './verdicts';

const status = () => useLabStore.getState().sweep.run.status;

const shortcuts: readonly Shortcut[] = [
  {
    id: 'sweep-pause',
    keys: ['k'],
    does: 'Pause the sweep, and go on',
    where: 'Sweep',
    enabled: () => status() === 'running' || status() === 'paused',
    run: ({ session }) => (status() === 'paused' ? session.resumeSweep() : session.pauseSweep()),
  },
  {
    id: 'sweep-stop',
    keys: ['x'],
    does: 'Stop the sweep; what is finished is kept',
    where: 'Sweep',
    enabled: () => isActive(status()) && status() !== 'stopping',
    run: ({ session }) => session.stopSweep(),
  },
];

/** Where a claim is settled: many experiments on the left, what they say together on the right. */
export default function SweepRoom() {
  const session = useSession();
  const ready = useLabStore((state) => state.lab.status === 'ready');
  useShortcuts(shortcuts);
  useEffect(() => {
    if (ready) void session.listSweeps();
  }, [session, ready]);
  return (
    <Room
      name="Sweep"
      side={
        <>
          <SweepBar />
          <KeptSweeps />
          <Builder />
        </>
      }
    >
      <SweepHead />
      <Results />
    </Room>
  );
}

function Results() {
  const hasCells = useLabStore(({ sweep }) => (sweep.run.results?.cells.length ?? 0) > 0);
  const active = useLabStore((state) => isActive(state.sweep.run.status));
  const failure = useLabStore((state) => state.sweep.analysisFailure);
  const kept = useLabStore((state) => state.sweep.kept?.length ?? 0);
  if (!hasCells) {
    return (
      <EmptyState title={active ? 'No cell has ended yet' : 'No sweep is open'}>
        {active
          ? 'Each cell appears in figures and tables as it ends: the full table of the first seed comes first.'
          : kept > 0
            ? 'Open one that is kept, or start another one: the lists begin as your experiment, widened to four seeds and six rates.'
            : 'Start one: the lists begin as your experiment, widened to four seeds and six rates. Its size and its time stand beside the button before anything runs.'}
      </EmptyState>
    );
  }
  return (
    <>
      {failure && <FailureNotice {...failure} />}
      <Verdicts />
      <Recommendation />
      <Picker />
      <SizeFigure />
      <Charts>
        <DropFigure />
        <ScheduleFigure />
      </Charts>
      <RateMatrix />
      <Comparisons />
      <SweepTables />
    </>
  );
}
