import type { LabFailure } from '../../protocol/failure';
import type { RunCheck, SavedRun } from '../../protocol/runs';

/** What is to be opened: a kept run, or a file. */
export type RunToOpen = { kind: 'kept'; id: string; name: string } | { kind: 'file'; file: File; name: string };

/** What the screen knows of kept runs. */
export interface RunsState {
  /** Newest first; null before the browser was asked. */
  kept: readonly SavedRun[] | null;
  /** Are they there at the next visit? */
  onDisk: boolean;
  failure: LabFailure | null;
  /** What the run on the page was kept or opened as; null for one that is nowhere but on the page. `id`: where the browser keeps it. */
  shown: { name: string; id: string | null } | null;
  /** Of an opened run: what its models make of the test set now. */
  check: RunCheck | 'checking' | null;
  /** Training steps that the charts of an opened run lack. */
  stepsLeftOut: number;
  /** The name of what is being kept or opened. */
  busy: string | null;
  /** Waits for the visitor's word: the run on the page is kept nowhere, and would be gone. */
  asked: RunToOpen | null;
}

export const initialRuns: RunsState = {
  kept: null,
  onDisk: true,
  failure: null,
  shown: null,
  check: null,
  stepsLeftOut: 0,
  busy: null,
  asked: null,
};
