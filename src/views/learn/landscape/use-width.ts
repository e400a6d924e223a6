import { type RefObject, useLayoutEffect, useRef, useState } from 'react';

/** The width of an element, in whole pixels; `otherwise` before it is laid out. */
export function useWidth(otherwise: number): [RefObject<HTMLDivElement | null>, number] {
  const element = useRef<HTMLDivElement>(null);
  const [width, setWidth] = useState(otherwise);
  useLayoutEffect(() => {
    const measured = element.current;
    if (!measured || typeof ResizeObserver !== 'function') return;
    const observer = new ResizeObserver(([{ contentRect }]) => {
      if (contentRect.width > 0) setWidth(Math.floor(contentRect.width));
    });
    observer.observe(measured);
    return () => observer.disconnect();
  }, []);
  return [element, width];
}
