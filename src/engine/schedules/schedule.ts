import type { ParameterDescription } from '../../protocol/catalogue';

/** What a schedule is told about the run that it serves. */
export interface ScheduleContext {
  /** Highest learning rate, from the method's grid (`lr` and `ub` of the method page). */
  peak: number;
  /** T: training steps of this phase. */
  totalSteps: number;
}

/** From step t = 0, 1, 2, ... to a learning rate: pure, fixed before training. */
export type LearningRate = (step: number) => number;

/** One learning-rate schedule. To add one is to write a file like its siblings and a line in `registry.ts`. */
export interface Schedule {
  id: string;
  label: string;
  /** Where the label is long: the abbreviation that the field has for it. */
  short?: string;
  help: string;
  parameters: readonly ParameterDescription[];
  /** Binds the parameters (each present, within its bounds) to a run. */
  create(context: ScheduleContext, parameters: Readonly<Record<string, number>>): LearningRate;
}
