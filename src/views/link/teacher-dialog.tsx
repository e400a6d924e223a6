import { useMemo, useState } from 'react';
import { useLocation } from 'wouter';
import { writeLink } from '../../store/link/link';
import { useLabStore } from '../../store/store';
import { type HideableId, hideableGroups } from '../../store/teacher';
import { Dialog } from '../../ui/dialog';
import { closeDialog } from '../shell/dialogs';
import { roomAt } from '../shell/rooms';
import { addressOf } from './address';
import classes from './link.module.css';
import { LinkField } from './link-field';
import { useCopy } from './use-copy';

const places = ['Rooms', 'Train', 'Page'] as const;
const headings: Record<(typeof places)[number], string> = { Rooms: 'Hide rooms', Train: 'Hide in Train', Page: 'Hide elsewhere' };

/** Makes a link for a class: the page as it is set now, with what a teacher takes off it. Nothing changes on the teacher's own page. */
export default function TeacherDialog() {
  const [location] = useLocation();
  const now = useLabStore((state) => state.teacher);
  const [hidden, setHidden] = useState<readonly HideableId[]>(now.hidden);
  const [presenter, setPresenter] = useState(now.presenter);
  const { copied, copy, forget } = useCopy();
  const room = roomAt(location);
  const { link, names } = useMemo(() => {
    const written = writeLink({ ...useLabStore.getState(), teacher: { hidden, presenter } });
    return { link: addressOf(location, written.text), names: written.names };
  }, [location, hidden, presenter]);
  const preset = names.filter((name) => name !== 'Hidden controls' && name !== 'Presenter mode');
  return (
    <Dialog title="For teachers" size={620} onClose={closeDialog}>
      <div className={classes.stack}>
        <p>
          Set the page up as your class shall find it, then choose what they shall not see. The link opens {room ? room.name : 'this room'}
          {location !== room?.path && ', at this place of it,'} with{' '}
          {preset.length > 0 ? `what you changed: ${preset.join(', ')}` : 'everything as the page comes'}. Whoever opens it can show all
          controls again.
        </p>
        <div className={classes.groups}>
          {places.map((place) => (
            <fieldset key={place} className={classes.group}>
              <legend>{headings[place]}</legend>
              {hideableGroups
                .filter((group) => group.place === place)
                .map(({ id, label }) => {
                  // A class has to see the room that it comes into.
                  const entrance = id === room?.hideable;
                  return (
                    <label key={id} className={classes.choice} title={entrance ? 'The link opens here.' : undefined}>
                      <input
                        type="checkbox"
                        checked={!entrance && hidden.includes(id)}
                        disabled={entrance}
                        onChange={(event) => {
                          setHidden(event.currentTarget.checked ? [...hidden, id] : hidden.filter((one) => one !== id));
                          forget();
                        }}
                      />
                      {label}
                    </label>
                  );
                })}
            </fieldset>
          ))}
        </div>
        <label className={classes.choice}>
          <input
            type="checkbox"
            checked={presenter}
            onChange={(event) => {
              setPresenter(event.currentTarget.checked);
              forget();
            }}
          />
          Open in presenter mode: large type, few controls
        </label>
        <LinkField link={link} copied={copied} action="Copy lesson link" onCopy={() => void copy(link)} />
      </div>
    </Dialog>
  );
}
