import type { LabFailure } from '../../protocol/failure';
import type { Lab } from '../../protocol/lab';

/** One verb of the lab on its way into the page: plain data. */
export interface Call {
  verb: keyof Lab;
  /** Without file and callback. */
  args: unknown[];
  /** The file that the page's input holds goes before the arguments. */
  hasFile: boolean;
  /** What the lab's callback, behind the arguments, is known by on the other side. */
  listener: number | null;
}

export type Outcome = { value: unknown } | { failure: LabFailure };
