import type { LoadProgress } from '../protocol/data';
import type { LabEvent } from '../protocol/events';
import type { RaceEvent, RaceRow } from '../protocol/race';
import type { ResultRow } from '../protocol/results';

/** Between two lines where the output is no terminal, such as a log. */
const quietMs = 10_000;

export function time(seconds: number): string {
  if (seconds < 9.95) return `${seconds.toFixed(1)} s`;
  const whole = Math.round(seconds);
  if (whole >= 3600) return `${Math.floor(whole / 3600)} h ${Math.floor((whole % 3600) / 60)} min`;
  return whole < 60 ? `${whole} s` : `${Math.floor(whole / 60)} min ${whole % 60} s`;
}

/** Says on stderr what goes on: one line that is written over on a terminal, a line now and then elsewhere. */
export class ProgressLine {
  private lastMs = Number.NEGATIVE_INFINITY;
  private shown = false;

  constructor(
    private readonly write: (text: string) => void,
    private readonly terminal: boolean,
    private readonly now: () => number,
  ) {}

  load({ stage, doneBytes, totalBytes }: LoadProgress): void {
    this.update(totalBytes ? `${stage}: ${Math.floor((100 * doneBytes) / totalBytes)} %` : `${stage}: ${(doneBytes / 1e6).toFixed(1)} MB`);
  }

  /** The run's progress and each result as it comes. */
  events(events: readonly (LabEvent | RaceEvent)[]): void {
    for (const event of events) {
      if (event.kind === 'result') this.say(resultLine(event.row));
      if (event.kind === 'row') this.say(laneLine(event.row));
      if (event.kind === 'broken') this.say(`lane ${event.lane}, seed ${event.seed}: broke at step ${event.step}`);
    }
    const progress = events.findLast((event) => event.kind === 'progress');
    if (progress?.kind === 'progress') this.work(progress.label, progress.done, progress.secondsLeft);
  }

  /** How far work of any kind is: a share of it, and the time left where that is known. */
  work(label: string, done: number, secondsLeft: number | null): void {
    const left = secondsLeft === null ? '' : `, ${time(secondsLeft)} left`;
    this.update(`${(100 * done).toFixed(0).padStart(3)} %  ${label}${left}`);
  }

  /** A line that stays. */
  say(text: string): void {
    this.clear();
    this.write(`${text}\n`);
  }

  /** Takes the line that is written over away. */
  clear(): void {
    if (this.shown) this.write('\r\x1b[K');
    this.shown = false;
  }

  private update(text: string): void {
    if (this.terminal) {
      this.write(`\r\x1b[K${text}`);
      this.shown = true;
    } else if (this.now() - this.lastMs >= quietMs) {
      this.lastMs = this.now();
      this.write(`${text}\n`);
    }
  }
}

export function resultLine({ method, requestedRate, seed, testAccuracy, macroF1, seconds }: ResultRow): string {
  const rate = requestedRate === null ? '' : ` at ${100 * requestedRate} %`;
  return `${method}${rate}, seed ${seed}: test accuracy ${(100 * testAccuracy).toFixed(1)} %, macro-F1 ${(100 * macroF1).toFixed(1)} %, ${time(seconds)}`;
}

function laneLine({ lane, seed, testAccuracy, bestStep }: RaceRow): string {
  const found =
    testAccuracy === null
      ? 'broke before it was evaluated'
      : `test accuracy ${(100 * testAccuracy).toFixed(1)} %, best at step ${bestStep}`;
  return `lane ${lane}, seed ${seed}: ${found}`;
}
