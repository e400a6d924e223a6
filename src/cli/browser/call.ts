import type { LabFailure } from '../../protocol/failure';
import type { Lab } from '../../protocol/lab';

/** One verb of the lab on its way into the page: plain data. */
export interface Call {
  verb: keyof Lab;
  /** Without inputs and callback. */
  args: unknown[];
  /** What the lab reads, which goes before the arguments; a null stands for the next file that the page's input holds. */
  inputs: ({ address: string } | null)[] | null;
  /** What the lab's callback is known by on the other side, and its place among all arguments, inputs included. */
  listener: { id: number; at: number } | null;
}

export type Outcome = { value: unknown } | { failure: LabFailure };
