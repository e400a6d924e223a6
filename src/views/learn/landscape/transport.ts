import { useEffect, useState, useSyncExternalStore } from 'react';

/** How often the page's own state follows the time while it plays: the drawing follows every frame. */
const stateEveryMs = 100;
/** Where motion is not wanted, playing shows this many still pictures in place of a film. */
const stillPictures = 12;
const stillEveryMs = 700;

/** What React draws from. */
export interface TransportState {
  /** Whole steps done. */
  step: number;
  playing: boolean;
  total: number;
  /** Steps a second. */
  speed: number;
}

type Frame = (time: number) => void;

/** The time of a walk, as a tape recorder has it. Frames are asked for only while it plays. */
export class Transport {
  /** In steps; between two whole ones the balls are in the air. */
  private time = 0;
  private state: TransportState = { step: 0, playing: false, total: 0, speed: 24 };
  private readonly frames = new Set<Frame>();
  private readonly listeners = new Set<() => void>();
  private request = 0;
  private lastFrameMs = 0;
  private lastStateMs = 0;

  constructor(private readonly stillOnly: () => boolean) {}

  readonly subscribe = (listener: () => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };
  readonly snapshot = () => this.state;

  /** Told of every frame, and at once. */
  onFrame(frame: Frame): () => void {
    this.frames.add(frame);
    frame(this.time);
    return () => this.frames.delete(frame);
  }

  setTotal(total: number): void {
    if (total === this.state.total) return;
    this.state = { ...this.state, total };
    this.seek(Math.min(this.time, total));
  }

  setSpeed(speed: number): void {
    this.publish({ speed });
  }

  seek(time: number): void {
    this.time = Math.max(0, Math.min(this.state.total, time));
    for (const frame of this.frames) frame(this.time);
    this.publish({ step: Math.floor(this.time) });
  }

  /** To a whole step, before or after. */
  step(by: number): void {
    this.pause();
    this.seek((by > 0 ? Math.floor(this.time) : Math.ceil(this.time)) + by);
  }

  play(): void {
    if (this.state.playing || this.state.total === 0) return;
    if (this.time >= this.state.total) this.seek(0);
    this.publish({ playing: true });
    this.lastFrameMs = performance.now();
    this.request = requestAnimationFrame(this.tick);
  }

  pause(): void {
    cancelAnimationFrame(this.request);
    if (this.state.playing) this.publish({ playing: false, step: Math.floor(this.time) });
  }

  private readonly tick = (nowMs: number) => {
    const elapsed = nowMs - this.lastFrameMs;
    if (this.stillOnly()) {
      if (elapsed >= stillEveryMs) {
        this.lastFrameMs = nowMs;
        this.time = Math.min(this.state.total, Math.floor(this.time) + Math.ceil(this.state.total / stillPictures));
      }
    } else {
      this.lastFrameMs = nowMs;
      // A page that was in the background does not jump ahead.
      this.time = Math.min(this.state.total, this.time + (Math.max(0, Math.min(elapsed, 250)) / 1000) * this.state.speed);
    }
    for (const frame of this.frames) frame(this.time);
    const ended = this.time >= this.state.total;
    if (ended || nowMs - this.lastStateMs >= stateEveryMs) {
      this.lastStateMs = nowMs;
      this.publish({ step: Math.floor(this.time), playing: !ended });
    }
    if (!ended && this.state.playing) this.request = requestAnimationFrame(this.tick);
  };

  private publish(patch: Partial<TransportState>): void {
    this.state = { ...this.state, ...patch };
    for (const listener of this.listeners) listener();
  }
}

function prefersStill(): boolean {
  return typeof window.matchMedia === 'function' && window.matchMedia('(prefers-reduced-motion: reduce)').matches;
}

/** A transport that ends with the component. */
export function useTransport(total: number): Transport {
  const [transport] = useState(() => new Transport(prefersStill));
  useEffect(() => transport.setTotal(total), [transport, total]);
  useEffect(() => () => transport.pause(), [transport]);
  return transport;
}

export function useTransportState(transport: Transport): TransportState {
  return useSyncExternalStore(transport.subscribe, transport.snapshot);
}
