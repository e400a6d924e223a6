import type { LabEvent } from '../../protocol/events';

/** Of which the charts are made; what else is told follows from the results, or is of the moment. */
const keptKinds = ['trial-started', 'steps', 'epoch', 'spectrum', 'before-retraining', 'method-failed'] as const;

export type KeptEvent = Extract<LabEvent, { kind: (typeof keptKinds)[number] }>;

/** Training steps whose losses and rates are kept: 16 MiB of numbers, which is a sweep's worth of training. */
export const mostKeptSteps = 2 ** 20;

/** What an experiment tells, as far as its charts are made of it: steps of a trial that come one after another are put together. */
export class RunLog {
  readonly events: KeptEvent[] = [];
  stepsLeftOut = 0;
  private steps = 0;

  /** @param mostSteps beyond these, a read of steps is left out whole; epochs still are there */
  constructor(private readonly mostSteps = mostKeptSteps) {}

  add(event: LabEvent): void {
    if (!isKept(event)) return;
    if (event.kind !== 'steps') {
      this.events.push(event);
      return;
    }
    const { losses, learningRates } = event;
    // A gap in the middle of a trial would shift its curve: what comes after the first gap is left out, too.
    if (this.stepsLeftOut > 0 || this.steps + losses.length > this.mostSteps) {
      this.stepsLeftOut += losses.length;
      return;
    }
    this.steps += losses.length;
    const last = this.events.at(-1);
    if (last?.kind === 'steps' && last.trial === event.trial && last.firstStep + last.losses.length === event.firstStep) {
      for (const loss of losses) last.losses.push(loss);
      for (const rate of learningRates) last.learningRates.push(rate);
    } else {
      // A copy: the event is handed over as it is, and must not grow.
      this.events.push({ ...event, losses: [...losses], learningRates: [...learningRates] });
    }
  }
}

function isKept(event: LabEvent): event is KeptEvent {
  return (keptKinds as readonly string[]).includes(event.kind);
}
