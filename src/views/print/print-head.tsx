import { useMantineColorScheme } from '@mantine/core';
import { useEffect } from 'react';
import { flushSync } from 'react-dom';
import { useLocation } from 'wouter';
import classes from './print-head.module.css';

/** On paper only: what this is a print of, and where it can be found. Prints in the light theme, whose colours are made for white. */
export function PrintHead({ title }: { title: string }) {
  // Told when the place changes, which the address follows.
  const [place] = useLocation();
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  useEffect(() => {
    let before: typeof colorScheme | null = null;
    const onBefore = () => {
      if (document.documentElement.dataset.mantineColorScheme !== 'dark') return;
      before = colorScheme;
      flushSync(() => setColorScheme('light'));
    };
    const onAfter = () => {
      if (before) setColorScheme(before);
      before = null;
    };
    window.addEventListener('beforeprint', onBefore);
    window.addEventListener('afterprint', onAfter);
    return () => {
      window.removeEventListener('beforeprint', onBefore);
      window.removeEventListener('afterprint', onAfter);
    };
  }, [colorScheme, setColorScheme]);
  return (
    <div className={classes.head} aria-hidden="true">
      <span className={classes.title}>Lowrank Lab{title && ` · ${title}`}</span>
      <span className={classes.address}>{`${location.origin}${location.pathname}#${place}`}</span>
    </div>
  );
}
