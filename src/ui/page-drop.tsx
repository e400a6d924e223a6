import { type ReactNode, useEffect, useRef, useState } from 'react';
import classes from './page-drop.module.css';

export interface PageDropProps {
  /** What will be done with the files: shown over the page while they hover. */
  children: ReactNode;
  /** Why none are taken just now, with the remedy; shown instead. */
  refusal: string | null;
  /** What became of files that were taken and can't be opened yet; shown until they are. */
  waiting: string | null;
  onFiles(files: File[]): void;
}

/** Takes files that are dropped anywhere on the page, but on a zone of its own; a browser left alone would open them in the lab's place. */
export function PageDrop({ children, refusal, waiting, onFiles }: PageDropProps) {
  const [over, setOver] = useState(false);
  const latest = useRef({ refusal, onFiles });
  latest.current = { refusal, onFiles };
  useEffect(() => {
    // Every element that is entered reports it, and the one that is left behind after it.
    let depth = 0;
    const holdsFiles = (event: DragEvent) => event.dataTransfer?.types.includes('Files') ?? false;
    const set = (next: number) => {
      depth = Math.max(0, next);
      setOver(depth > 0);
    };
    const listeners = {
      dragenter: (event: DragEvent) => holdsFiles(event) && set(depth + 1),
      dragleave: (event: DragEvent) => holdsFiles(event) && set(depth - 1),
      dragover: (event: DragEvent) => {
        if (!holdsFiles(event)) return;
        // A zone below may take them all the same.
        if (event.dataTransfer && !event.defaultPrevented && latest.current.refusal !== null) event.dataTransfer.dropEffect = 'none';
        event.preventDefault();
      },
      drop: (event: DragEvent) => {
        set(0);
        // A zone has taken them already.
        if (event.defaultPrevented || !holdsFiles(event)) return;
        event.preventDefault();
        const files = [...(event.dataTransfer?.files ?? [])];
        if (files.length > 0 && latest.current.refusal === null) latest.current.onFiles(files);
      },
    };
    for (const [type, listener] of Object.entries(listeners)) window.addEventListener(type, listener as EventListener);
    return () => {
      for (const [type, listener] of Object.entries(listeners)) window.removeEventListener(type, listener as EventListener);
    };
  }, []);
  return (
    <>
      {over && (
        <div className={classes.veil} aria-hidden="true">
          <p className={classes.words}>{refusal ?? children}</p>
        </div>
      )}
      <div className={classes.waiting} role="status" hidden={over}>
        {waiting !== null && <p className={classes.words}>{waiting}</p>}
      </div>
    </>
  );
}
