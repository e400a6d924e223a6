import { type KeyboardEvent, type PointerEvent, useRef } from 'react';
import classes from './landscape.module.css';
import { coordinate, shown } from './scene';

interface Props {
  start: readonly number[];
  /** Where it is drawn, in pixels of the drawing. */
  left: number;
  top: number;
  /** Coordinates at a place of the drawing. */
  at(x: number, y: number): number[];
  onStart(start: number[]): void;
}

/** Where the balls start: dragged by mouse or finger, moved by the arrow keys (by 0.01, with Shift by 0.1). */
export function StartHandle({ start, left, top, at, onStart }: Props) {
  const grip = useRef<{ x: number; y: number } | null>(null);
  const move = (event: PointerEvent<HTMLDivElement>) => {
    const box = event.currentTarget.parentElement?.getBoundingClientRect();
    if (!grip.current || !box) return;
    onStart(at(event.clientX - box.left - grip.current.x, event.clientY - box.top - grip.current.y));
  };
  const key = (event: KeyboardEvent) => {
    const size = event.shiftKey ? 0.1 : 0.01;
    const by = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowDown: [0, -1], ArrowUp: [0, 1] }[event.key];
    if (!by || (start.length === 1 && by[0] === 0)) return;
    event.preventDefault();
    onStart(start.map((value, k) => coordinate(value + size * by[k])));
  };
  return (
    <div
      role="slider"
      tabIndex={0}
      aria-label="Start of the balls"
      aria-valuemin={-1}
      aria-valuemax={1}
      aria-valuenow={start[0]}
      aria-valuetext={start.length === 1 ? `x ${shown(start[0])}` : `x ${shown(start[0])}, y ${shown(start[1])}`}
      className={classes.handle}
      style={{ left, top }}
      onKeyDown={key}
      onPointerDown={(event) => {
        const box = event.currentTarget.parentElement?.getBoundingClientRect();
        if (!box) return;
        event.currentTarget.setPointerCapture(event.pointerId);
        grip.current = { x: event.clientX - box.left - left, y: event.clientY - box.top - top };
      }}
      onPointerMove={move}
      onPointerUp={() => {
        grip.current = null;
      }}
      onPointerCancel={() => {
        grip.current = null;
      }}
    >
      <span className={start.length === 1 ? classes.handleLine : classes.handlePlane} />
    </div>
  );
}
