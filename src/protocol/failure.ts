/** Where in the visitor's input something is wrong. Lines and columns count from 1. */
export interface Place {
  file?: string;
  line?: number;
  column?: number;
}

/**
 * A failure as it crosses the worker's boundary. `message` is the whole sentence that the screen shows: what is wrong,
 * and where; `remedy` is what to do next.
 */
export interface LabFailure {
  /** Stable, for tests and for the screen's choice of what to offer. */
  code: FailureCode;
  message: string;
  remedy: string;
  place?: Place;
}

export type FailureCode =
  | 'bad-specification'
  | 'bad-embeddings'
  | 'bad-dataset'
  | 'no-data'
  | 'unreachable'
  | 'no-webgpu'
  | 'device-lost'
  | 'out-of-memory'
  | 'cancelled'
  | 'busy'
  | 'diverged'
  | 'unexpected';
