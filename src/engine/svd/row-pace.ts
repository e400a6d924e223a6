import type { RowProgress } from '../../protocol/lab';
import { LabError } from '../errors';

/** Longest stretch of work between two turns of the event loop, in which a stop can arrive. */
const longestStretchMs = 50;

export interface RowPaceOptions {
  /** What is being done, ready to be shown. */
  stage: string;
  totalRows: number;
  onProgress: (progress: RowProgress) => void;
  signal: AbortSignal;
  /** Milliseconds. */
  now: () => number;
}

/** Keeps a factorization answerable: every 50 ms it reports its rows and gives the event loop a turn. */
export class RowPace {
  private last: number;

  constructor(private readonly options: RowPaceOptions) {
    this.last = options.now();
  }

  /** @throws LabError `cancelled` */
  readonly onRows = (doneRows: number): void | Promise<void> => {
    if (this.options.now() - this.last >= longestStretchMs) return this.turn(doneRows);
  };

  private async turn(doneRows: number): Promise<void> {
    const { stage, totalRows, onProgress, signal, now } = this.options;
    onProgress({ stage, doneRows, totalRows });
    await new Promise((resolve) => setTimeout(resolve, 0));
    if (signal.aborted) throw new LabError('cancelled', 'The factorization was stopped.', 'Ask for it again when you like.');
    this.last = now();
  }
}
