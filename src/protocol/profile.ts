/** What a moment of an experiment is spent on, in the order in which the phases are listed. Exactly one at a time: together they are the wall time. */
export const profilePhases = [
  { id: 'load', label: 'Load', help: 'Reading the table and the sentences, and splitting them.' },
  { id: 'compile', label: 'Compile', help: 'Making pipelines, buffers and the plans of steps.' },
  { id: 'upload', label: 'Upload', help: 'Making batches, and writing them and the tables to the device.' },
  { id: 'forward', label: 'Forward', help: 'Training steps: from the word vectors to the loss.' },
  { id: 'backward', label: 'Backward', help: 'Training steps: gradients that go down through the layers.' },
  {
    id: 'update',
    label: 'Update',
    help: 'Training steps: the optimizer, and the gradients of weights where one kernel sums and applies them.',
  },
  { id: 'step', label: 'Training steps, not split', help: 'Waiting for whole steps, whose parts this device does not tell apart.' },
  { id: 'factorize', label: 'Factorize', help: 'Singular-value decompositions.' },
  { id: 'quantize', label: 'Quantize', help: 'Choosing levels, and putting weights onto them.' },
  { id: 'evaluate', label: 'Evaluate', help: 'Validation after each epoch, and the test at the end.' },
  { id: 'idle', label: 'Idle and the rest', help: 'Pauses, reading results back, and turns of the event loop.' },
] as const satisfies readonly { id: string; label: string; help: string }[];

export type ProfilePhase = (typeof profilePhases)[number]['id'];

/**
 * How forward, backward and update were told apart: each kernel timed as the host ran it (CPU backend), the GPU's own timestamps, or not
 * at all: the host's waiting for whole steps.
 */
export type StepTiming = 'kernels' | 'timestamps' | 'waiting';

/** Where the time of an experiment went. */
export interface Profile {
  /** From the start of the run to its end, and the reading of its data before that. */
  wallMs: number;
  /** Milliseconds; they add up to `wallMs`. */
  phases: Record<ProfilePhase, number>;
  stepTiming: StepTiming;
  /** Training steps as the host waited for them, batches and reading of losses included, pauses left out. */
  steps: {
    count: number;
    /** The first step, with all that was compiled before it; null before there was one. */
    firstMs: number | null;
    /** Mean of the later steps, over all methods; null where there was none. */
    laterMs: number | null;
  };
}
