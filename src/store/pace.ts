import type { LoadProgress } from '../protocol/data';

/** How fast a stage of a load goes: bytes since its first report, and the time since then. */
export interface LoadPace {
  stage: string;
  startedAtMs: number;
  startedBytes: number;
  /** Null before there is enough to tell. */
  bytesPerSecond: number | null;
}

/** Before this, a speed jumps about. */
const settledMs = 500;

/** The pace after a further report; a new stage, or one that begins again, starts anew. */
export function followPace(before: LoadPace | null, { stage, doneBytes }: LoadProgress, atMs: number): LoadPace {
  if (!before || before.stage !== stage || doneBytes < before.startedBytes) {
    return { stage, startedAtMs: atMs, startedBytes: doneBytes, bytesPerSecond: null };
  }
  const elapsedMs = atMs - before.startedAtMs;
  return { ...before, bytesPerSecond: elapsedMs < settledMs ? null : ((doneBytes - before.startedBytes) / elapsedMs) * 1000 };
}

/** Null where the size or the speed is unknown. */
export function secondsLeft({ doneBytes, totalBytes }: LoadProgress, pace: LoadPace | null): number | null {
  if (totalBytes === null || !pace?.bytesPerSecond) return null;
  return Math.max(0, totalBytes - doneBytes) / pace.bytesPerSecond;
}
