import { useComputedColorScheme, useMantineColorScheme } from '@mantine/core';
import { useEffect, useRef } from 'react';
import { useLocation } from 'wouter';
import { useSession } from '../session-context';
import { allShortcuts } from './registry';
import { isTaken, KeyReader, keyOf, type ShortcutContext } from './shortcut';

/** The one place that turns keys into shortcuts. */
export function ShortcutHandler() {
  const session = useSession();
  const [, navigate] = useLocation();
  const { setColorScheme } = useMantineColorScheme();
  const scheme = useComputedColorScheme('light');
  const context = useRef<ShortcutContext>(null);
  useEffect(() => {
    context.current = { session, navigate, scheme, setScheme: setColorScheme };
  }, [session, navigate, scheme, setColorScheme]);
  useEffect(() => {
    const reader = new KeyReader();
    const onKey = (event: KeyboardEvent) => {
      if (event.defaultPrevented || event.repeat || event.ctrlKey || event.metaKey || event.altKey || !context.current) return;
      // A dialog has the keys to itself; Escape closes it.
      if (isTaken(event.key, event.target) || document.querySelector('[role="dialog"][aria-modal="true"]')) return;
      const found = reader.press(keyOf(event), performance.now(), allShortcuts());
      if (found === null || found === 'pending' || found.enabled?.(context.current) === false) return;
      event.preventDefault();
      found.run(context.current);
    };
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  }, []);
  return null;
}
