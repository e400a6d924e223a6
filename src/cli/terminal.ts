import type { ProgressLine } from './progress';

/** Where a run reports to. */
export interface Terminal {
  progress: ProgressLine;
  /** The result's own channel: stdout. */
  print(text: string): void;
}
