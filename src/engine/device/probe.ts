/**
 * The choice between two devices by measurement, for `open.ts`. Both take turns over the same work, so that whatever else the machine does
 * meanwhile hits them alike; of each the shortest time counts, since noise only adds. It ends as soon as it is clear.
 */

/** Runs so many training steps in one submit, as the training does, and waits for them once; resolves with the milliseconds. 0: the wait alone. */
export type TimeSteps = (steps: number) => Promise<number>;

/** Work that is ready to be timed on a device. */
export interface ProbedWork {
  time: TimeSteps;
  free(): void;
}

export interface StepTimes {
  webgpuStepMs: number;
  cpuStepMs: number;
}

/** A piece of work beyond the wait for it: long enough for a coarse clock (browsers round to 0.1 ms or 1 ms), short enough to take turns. */
const pieceMs = 3;
const mostSteps = 16;
/** Of the CPU backend, ahead: the browser compiles its code as it runs, on threads that a busy machine keeps waiting. */
const warmUpSteps = 8;
/** At least so many turns: one that another process interrupts takes several times as long, and three in a row were seen. */
const leastTurns = 5;
/** Faster by this factor is clear after the least number of turns. */
const clearFactor = 3;
/** Else it goes on for so long: on a machine that is busy with other work, each further turn is another chance to be left alone. */
const budgetMs = 250;
/** The training waits for its losses this often (`training/pace.ts`), and not after more steps than this (`plan/network.ts`). */
const readEveryMs = 100;
const mostStepsPerRead = 256;

/** Milliseconds of a training step on either. */
export async function compareSteps(webgpu: TimeSteps, cpu: TimeSteps, now: () => number): Promise<StepTimes> {
  await cpu(warmUpSteps);
  const startedAt = now();
  const runners = [new Runner(webgpu), new Runner(cpu)];
  for (let turn = 1; ; turn++) {
    for (const runner of runners) await runner.turn();
    const [webgpuStepMs, cpuStepMs] = runners.map(({ stepMs }) => stepMs);
    const clear = Math.max(webgpuStepMs, cpuStepMs) > clearFactor * Math.min(webgpuStepMs, cpuStepMs);
    const told = runners.every(({ isLongEnough }) => isLongEnough);
    if (turn >= leastTurns && told && (clear || now() - startedAt >= budgetMs)) {
      return { webgpuStepMs, cpuStepMs };
    }
  }
}

/** One device's turns. */
class Runner {
  /** Were the last steps enough to be told from the clock's grain and the wait? */
  isLongEnough = false;
  private waitMs = Number.POSITIVE_INFINITY;
  private workMs = Number.POSITIVE_INFINITY;
  private steps = 1;

  constructor(private readonly time: TimeSteps) {}

  async turn(): Promise<void> {
    this.waitMs = Math.min(this.waitMs, await this.time(0));
    const milliseconds = Math.max(0, (await this.time(this.steps)) - this.waitMs);
    this.isLongEnough = milliseconds >= pieceMs || this.steps === mostSteps;
    if (this.isLongEnough) this.workMs = Math.min(this.workMs, milliseconds / this.steps);
    else this.steps = Math.min(mostSteps, 2 * this.steps);
  }

  /** The work of a step, and its part of a wait that comes as often as in training: `mapAsync` alone takes up to 100 ms in some browsers. */
  get stepMs(): number {
    const stepsPerRead = Math.min(mostStepsPerRead, Math.max(1, readEveryMs / this.workMs));
    return this.workMs + this.waitMs / stepsPerRead;
  }
}
