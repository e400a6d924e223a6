import type { SweepResults } from '../../protocol/sweep';
import { writeResultsFile } from './results-file';

/** Cells that are finished sooner after one another are written together: the whole file is written each time, and thousands of cells would take its square. */
export const betweenWritesMs = 2000;
/** A write that took long is waited out so many times over: at most a tenth of the time goes into writing. */
const restPerWrite = 9;

/**
 * Keeps a file up to date with results that grow: the first are written at once, later ones within seconds. Each write puts a whole file in the
 * place of the last one, so that whatever ends the process, a whole file is left; a `kill -9` loses the cells of the last seconds, nothing else
 * loses any.
 */
export class ResultsWriter {
  /** Whether there is a file. */
  written = false;
  private timer: ReturnType<typeof setTimeout> | null = null;
  private isStale = false;
  private nextMs = Number.NEGATIVE_INFINITY;

  /**
   * @param results what there is now
   * @param failed hears why a write failed, each time; what it left unwritten is tried again with the next write, the last one included
   */
  constructor(
    private readonly path: string,
    private readonly results: () => SweepResults,
    private readonly failed: (error: unknown) => void,
  ) {
    // A second Ctrl-C ends the process at once, and so does what nobody catches.
    process.on('exit', this.flush);
  }

  /** Something was added. */
  changed(): void {
    this.isStale = true;
    const waitMs = this.nextMs - Date.now();
    if (waitMs <= 0) this.flush();
    else this.timer ??= setTimeout(this.flush, waitMs);
  }

  /** Writes what is not written yet, for the last time. */
  close(): void {
    this.flush();
    process.off('exit', this.flush);
  }

  private readonly flush = (): void => {
    if (this.timer) clearTimeout(this.timer);
    this.timer = null;
    if (!this.isStale) return;
    const beganMs = Date.now();
    try {
      writeResultsFile(this.path, this.results());
      this.isStale = false;
      this.written = true;
    } catch (error) {
      this.failed(error);
    }
    const endedMs = Date.now();
    this.nextMs = endedMs + Math.max(betweenWritesMs, restPerWrite * (endedMs - beganMs));
  };
}
