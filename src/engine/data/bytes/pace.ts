import { LabError } from '../../errors';
import type { ReadOptions } from './source-file';

/** Milliseconds between two reports of progress, and so the longest that a cancel waits. */
const beatMs = 100;

/**
 * Keeps long work answerable: every 100 ms it reports progress and gives the event loop a turn, in which a cancel can arrive. A stream's own
 * `await` is no turn: chunks that are there already come as microtasks.
 */
export class Pace {
  private readonly now: () => number;
  private readonly totalBytes: number | null;
  private last: number;
  private done = 0;

  /** @param stage what is being done, ready to be shown; `totalBytes` is null, or `unknownSize`, where the size is unknown */
  constructor(
    private readonly stage: string,
    totalBytes: number | null,
    private readonly options: ReadOptions,
  ) {
    this.now = options.now ?? (() => performance.now());
    this.totalBytes = totalBytes !== null && Number.isFinite(totalBytes) ? totalBytes : null;
    this.last = this.now();
  }

  /** Throws `cancelled` where that was asked for. */
  check(): void {
    if (this.options.signal?.aborted) {
      throw new LabError('cancelled', 'The load was cancelled.', 'What was loaded before is still there; load again when you like.');
    }
  }

  /** Is it time for a `beat`? Cheap enough for an inner loop. */
  due(): boolean {
    return this.now() - this.last >= beatMs;
  }

  /**
   * Reports progress and gives the event loop a turn.
   * @throws LabError `cancelled`
   */
  async beat(doneBytes: number): Promise<void> {
    this.report(doneBytes);
    await new Promise((resolve) => setTimeout(resolve, 0));
    this.check();
    this.last = this.now();
  }

  /** Reports progress, whatever the clock says: for the end. Bytes that nobody has counted (`unknownSize`) are no progress. */
  report(doneBytes: number): void {
    if (Number.isFinite(doneBytes)) this.done = doneBytes;
    this.options.onProgress?.({ stage: this.stage, doneBytes: this.done, totalBytes: this.totalBytes });
  }
}
