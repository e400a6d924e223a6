import { maxStepsPerSubmit } from '../plan/network';

/** Losses are read about this often, so that charts move and a stop is heard; how often changes no number. */
const readTargetMs = 100;
/** Work handed to the device at once. */
const submitTargetMs = 40;

/** How many steps fit into a submit and between two reads, as measured; it starts low and changes no number. */
export class Pace {
  stepsPerSubmit = 1;
  stepsPerRead = 2;

  /** @param milliseconds that `steps` steps took until their losses were read */
  measured(milliseconds: number, steps: number): void {
    const stepMs = Math.max(milliseconds / steps, 0.01);
    this.stepsPerSubmit = Math.max(1, Math.min(maxStepsPerSubmit, Math.floor(submitTargetMs / stepMs)));
    this.stepsPerRead = Math.max(1, Math.floor(readTargetMs / stepMs));
  }
}
