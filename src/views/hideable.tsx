import type { ReactNode } from 'react';
import { useLabStore } from '../store/store';
import type { HideableId } from '../store/teacher';

/** Whether a teacher took this off the page. */
export function useHidden(id: HideableId): boolean {
  return useLabStore((state) => state.teacher.hidden.includes(id));
}

/** What a teacher can take off the page: not drawn, so that no key reaches it either. */
export function Hideable({ id, children }: { id: HideableId; children: ReactNode }) {
  return useHidden(id) ? null : children;
}
