import { ActionIcon, Menu } from '@mantine/core';
import { GraduationCap, Keyboard, Link2, Presentation, Printer, Share2 } from 'lucide-react';
import { useLabStore } from '../../store/store';
import { togglePresenter } from '../presenter/presenter';
import { openDialog } from './dialogs';

/** What can be passed on or shown of the page as it is. */
export function ShareMenu() {
  const presenter = useLabStore((state) => state.teacher.presenter);
  return (
    <Menu position="bottom-end" width={248} shadow="md">
      <Menu.Target>
        <ActionIcon size={32} aria-label="Share" title="Share: a link, a lesson, a printed sheet">
          <Share2 size={17} />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item leftSection={<Link2 size={15} />} rightSection={<kbd>s</kbd>} onClick={() => openDialog('link')}>
          Copy link
        </Menu.Item>
        <Menu.Item leftSection={<GraduationCap size={15} />} onClick={() => openDialog('teacher')}>
          For teachers
        </Menu.Item>
        <Menu.Divider />
        <Menu.Item leftSection={<Presentation size={15} />} rightSection={<kbd>p</kbd>} onClick={togglePresenter}>
          {presenter ? 'Leave presenter mode' : 'Presenter mode'}
        </Menu.Item>
        <Menu.Item leftSection={<Printer size={15} />} onClick={() => setTimeout(() => window.print())}>
          Print this room
        </Menu.Item>
        <Menu.Item leftSection={<Keyboard size={15} />} rightSection={<kbd>?</kbd>} onClick={() => openDialog('shortcuts')}>
          Keyboard shortcuts
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
