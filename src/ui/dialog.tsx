import { Modal } from '@mantine/core';
import type { ReactNode } from 'react';
import classes from './dialog.module.css';

/** A window over the page: Escape closes it, and the focus goes back to where it was. */
export function Dialog({
  title,
  size = 'md',
  onClose,
  children,
}: {
  title: string;
  size?: string | number;
  onClose: () => void;
  children: ReactNode;
}) {
  return (
    <Modal
      opened
      centered
      size={size}
      onClose={onClose}
      title={title}
      closeButtonProps={{ 'aria-label': 'Close' }}
      transitionProps={{ duration: 0 }}
      classNames={{ header: classes.header, title: classes.title, content: classes.content, body: classes.body }}
    >
      {children}
    </Modal>
  );
}
