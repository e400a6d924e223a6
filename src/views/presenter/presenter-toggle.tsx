import { ActionIcon } from '@mantine/core';
import { Presentation } from 'lucide-react';
import { useLabStore } from '../../store/store';
import { togglePresenter } from './presenter';
import classes from './presenter-toggle.module.css';

/** In the header, pressed while the mode is on. */
export function PresenterToggle() {
  const presenter = useLabStore((state) => state.teacher.presenter);
  const words = presenter ? 'Leave presenter mode (Esc)' : 'Presenter mode: large type, few controls (P)';
  return (
    <ActionIcon
      className={classes.toggle}
      size={32}
      variant={presenter ? 'filled' : 'subtle'}
      color={presenter ? 'ink' : 'gray'}
      aria-label="Presenter mode"
      aria-pressed={presenter}
      title={words}
      onClick={togglePresenter}
    >
      <Presentation size={17} />
    </ActionIcon>
  );
}
