import { isActive } from '../../store/run';
import { selectIsBusy } from '../../store/selectors';
import { useLabStore } from '../../store/store';
import { leavePresenter, togglePresenter } from '../presenter/presenter';
import { openDialog } from '../shell/dialogs';
import { rooms } from '../shell/rooms';
import { useMounted } from './mounted';
import type { Shortcut } from './shortcut';

const run = () => useLabStore.getState().run.status;

/** Those that work everywhere, in the order of the sheet. To add one for the whole page is a line here; for a part of it, `useShortcuts`. */
export const pageShortcuts: readonly Shortcut[] = [
  ...rooms.map(
    ({ path, name, key, hideable }, i): Shortcut => ({
      id: `room-${path}`,
      keys: [`g ${key}`, String(i + 1)],
      does: `Go to ${name}`,
      where: 'Rooms',
      enabled: () => !useLabStore.getState().teacher.hidden.includes(hideable),
      run: ({ navigate }) => navigate(path),
    }),
  ),
  {
    id: 'run',
    keys: ['r'],
    does: 'Run the experiment',
    where: 'Experiment',
    enabled: () => !selectIsBusy(useLabStore.getState()) && useLabStore.getState().planFailure === null,
    run: ({ session }) => session.run(),
  },
  {
    id: 'pause',
    keys: ['k'],
    does: 'Pause, and go on',
    where: 'Experiment',
    enabled: () => run() === 'running' || run() === 'paused',
    run: ({ session }) => (run() === 'paused' ? session.resume() : session.pause()),
  },
  {
    id: 'stop',
    keys: ['x'],
    does: 'Stop; what is done is kept',
    where: 'Experiment',
    enabled: () => isActive(run()) && run() !== 'stopping',
    run: ({ session }) => session.stop(),
  },
  { id: 'presenter', keys: ['p'], does: 'Presenter mode', where: 'Page', run: togglePresenter },
  {
    id: 'leave-presenter',
    keys: ['Escape'],
    does: 'Leave presenter mode',
    where: 'Page',
    enabled: () => useLabStore.getState().teacher.presenter,
    run: leavePresenter,
  },
  {
    id: 'theme',
    keys: ['m'],
    does: 'Light or dark',
    where: 'Page',
    run: ({ scheme, setScheme }) => setScheme(scheme === 'light' ? 'dark' : 'light'),
  },
  { id: 'share', keys: ['s'], does: 'Copy a link to what is set', where: 'Page', run: () => openDialog('link') },
  { id: 'help', keys: ['?'], does: 'These shortcuts', where: 'Page', run: () => openDialog('shortcuts') },
];

export function allShortcuts(): readonly Shortcut[] {
  return [...useMounted.getState().shortcuts, ...pageShortcuts];
}
