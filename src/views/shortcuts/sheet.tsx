import { Fragment } from 'react';
import { useLabStore } from '../../store/store';
import { Dialog } from '../../ui/dialog';
import { closeDialog } from '../shell/dialogs';
import { rooms } from '../shell/rooms';
import { useMounted } from './mounted';
import { pageShortcuts } from './registry';
import classes from './sheet.module.css';
import type { Shortcut } from './shortcut';

/** The shortcuts that there are now, drawn from the registry. */
export default function ShortcutSheet() {
  const mounted = useMounted((state) => state.shortcuts);
  const hidden = useLabStore((state) => state.teacher.hidden);
  const gone = rooms.filter(({ hideable }) => hidden.includes(hideable)).map(({ path }) => `room-${path}`);
  const shown = [...mounted, ...pageShortcuts].filter(({ id }) => !gone.includes(id));
  const places = [...new Set(shown.map(({ where }) => where))];
  return (
    <Dialog title="Keyboard shortcuts" size={640} onClose={closeDialog}>
      <p className={classes.note}>They rest while you type in a field. Every control can also be reached by Tab.</p>
      <div className={classes.places}>
        {places.map((place) => (
          <section key={place} className={classes.place}>
            <h3>{place}</h3>
            <dl>
              {shown
                .filter(({ where }) => where === place)
                .map((shortcut) => (
                  <div key={shortcut.id}>
                    <dt>{shortcut.does}</dt>
                    <dd>
                      <Keys shortcut={shortcut} />
                    </dd>
                  </div>
                ))}
            </dl>
          </section>
        ))}
      </div>
    </Dialog>
  );
}

function Keys({ shortcut: { keys } }: { shortcut: Shortcut }) {
  return keys.map((pair, i) => (
    <Fragment key={pair}>
      {i > 0 && <span className={classes.or}>or</span>}
      {(pair === ' ' ? [pair] : pair.split(' ')).map((key) => (
        <kbd key={key}>{names[key] ?? key}</kbd>
      ))}
    </Fragment>
  ));
}

const names: Readonly<Record<string, string>> = {
  Escape: 'Esc',
  ' ': 'Space',
  ArrowLeft: '←',
  ArrowRight: '→',
  ArrowUp: '↑',
  ArrowDown: '↓',
};
