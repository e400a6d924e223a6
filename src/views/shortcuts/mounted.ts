import { useEffect } from 'react';
import { create } from 'zustand';
import type { Shortcut } from './shortcut';

/** Those of the parts of the page that are in sight. */
export const useMounted = create<{ shortcuts: readonly Shortcut[] }>()(() => ({ shortcuts: [] }));

/**
 * Adds shortcuts while the calling component is in sight. The list must be the same one from draw to draw (outside the component, or memoized);
 * a part's key goes before the page's.
 */
export function useShortcuts(shortcuts: readonly Shortcut[]): void {
  useEffect(() => {
    useMounted.setState((state) => ({ shortcuts: [...shortcuts, ...state.shortcuts] }));
    return () => useMounted.setState((state) => ({ shortcuts: state.shortcuts.filter((one) => !shortcuts.includes(one)) }));
  }, [shortcuts]);
}
