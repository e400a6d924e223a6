import { lazy, Suspense } from 'react';
import { type Dialog, useDialogs } from './dialogs';

/** Each is loaded when it is first opened. */
const dialogs = {
  link: lazy(() => import('../link/link-dialog')),
  teacher: lazy(() => import('../link/teacher-dialog')),
  shortcuts: lazy(() => import('../shortcuts/sheet')),
} satisfies Record<Dialog, unknown>;

export function PageDialogs() {
  const open = useDialogs((state) => state.open);
  const Shown = open && dialogs[open];
  return Shown ? (
    <Suspense>
      <Shown />
    </Suspense>
  ) : null;
}
