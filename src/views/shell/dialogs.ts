import { create } from 'zustand';

export type Dialog = 'link' | 'teacher' | 'shortcuts';

/** Which of the page's own dialogs is open: one at a time. */
export const useDialogs = create<{ open: Dialog | null }>()(() => ({ open: null }));

export function openDialog(dialog: Dialog): void {
  useDialogs.setState({ open: dialog });
}

export function closeDialog(): void {
  useDialogs.setState({ open: null });
}
