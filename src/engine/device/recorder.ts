import { type Profile, type ProfilePhase, profilePhases, type StepTiming } from '../../protocol/profile';
import type { Role } from './device';

/** Phases that only training steps have. */
const roles: readonly Role[] = ['forward', 'backward', 'update'];

/**
 * Records what the time is spent on: each moment goes to the phase that was entered last and not left, so that the phases add up to the wall
 * time by themselves. What no phase claims is idle. A phase takes a reading of the clock to enter and one to leave.
 */
export class Recorder {
  private readonly startedAt: number;
  private readonly phases: Record<ProfilePhase, number>;
  /** Entered and not left; an entry may be left before a later one, where work overlaps. */
  private readonly entered: { phase: ProfilePhase }[] = [];
  /** Of the kernel that the host runs now. */
  private running: Role | null = null;
  private current: ProfilePhase = 'idle';
  private since: number;
  private timing: StepTiming = 'waiting';
  /** What the GPU's clock says of each role. */
  private readonly onDevice: Record<Role, number> = { forward: 0, backward: 0, update: 0 };
  private stepCount = 0;
  private stepMs = 0;
  private first: { compileMs: number; ms: number; count: number } | null = null;

  /**
   * @param now milliseconds
   * @param loadMs what reading the data took before the recording began
   */
  constructor(
    private readonly now: () => number,
    private readonly loadMs = 0,
  ) {
    this.startedAt = this.since = now();
    this.phases = Object.fromEntries(profilePhases.map(({ id }) => [id, 0])) as Record<ProfilePhase, number>;
    this.phases.load = loadMs;
  }

  /** Gives the time to a phase until the function that comes back is called. */
  enter(phase: ProfilePhase): () => void {
    const entry = { phase };
    this.entered.push(entry);
    this.turn();
    return () => {
      const at = this.entered.indexOf(entry);
      if (at >= 0) this.entered.splice(at, 1);
      this.turn();
    };
  }

  /** The host begins a kernel of this role (null: of none, or it ends them). The clock is read only where the role changes. */
  kernel(role: Role | null): void {
    if (role !== this.running) {
      this.running = role;
      this.turn();
    }
  }

  /** A device says how it tells the roles of a step apart. */
  timedBy(timing: StepTiming): void {
    this.timing = timing;
  }

  /** The GPU spent that long on kernels of a role, by its own clock. */
  measured(role: Role, milliseconds: number): void {
    this.onDevice[role] += milliseconds;
  }

  /** Training steps were done, batches and the reading of their losses included. */
  steps(milliseconds: number, count: number): void {
    this.turn();
    this.first ??= { compileMs: this.phases.compile, ms: milliseconds, count };
    this.stepMs += milliseconds;
    this.stepCount += count;
  }

  /** Where the time went until now. */
  report(): Profile {
    this.turn();
    const phases = { ...this.phases };
    if (this.timing !== 'waiting') {
      this.divideSteps(phases);
    }
    return {
      wallMs: this.since - this.startedAt + this.loadMs,
      phases,
      stepTiming: this.timing,
      steps: this.stepReport(),
    };
  }

  /**
   * What the device said of its steps takes the place of waiting for them. It may have worked while the host did something else: more than
   * the waiting is not to be given away. What is left of the waiting is the reading of losses.
   */
  private divideSteps(phases: Record<ProfilePhase, number>): void {
    const total = roles.reduce((sum, role) => sum + this.onDevice[role], 0);
    const scale = total > phases.step ? phases.step / total : 1;
    for (const role of roles) {
      phases[role] += scale * this.onDevice[role];
    }
    phases.idle += Math.max(0, phases.step - scale * total);
    phases.step = 0;
  }

  private stepReport(): Profile['steps'] {
    const { first, stepCount: count } = this;
    if (first === null) {
      return { count, firstMs: null, laterMs: null };
    }
    const later = count - first.count;
    const laterMs = later > 0 ? (this.stepMs - first.ms) / later : null;
    // The first losses are read after a few steps: all but the first of them are like the later ones.
    const others = laterMs === null ? (first.ms * (first.count - 1)) / first.count : Math.min(first.ms, (first.count - 1) * laterMs);
    return { count, firstMs: first.compileMs + first.ms - others, laterMs };
  }

  /** Gives what passed to the phase that had it. */
  private turn(): void {
    const at = this.now();
    this.phases[this.current] += at - this.since;
    this.since = at;
    this.current = this.running ?? this.entered.at(-1)?.phase ?? 'idle';
  }
}

/** Gives the time of a piece of work that waits for nothing to a phase, where there is a recorder. */
export function spent<T>(recorder: Recorder | null, phase: ProfilePhase, work: () => T): T {
  const leave = recorder?.enter(phase);
  try {
    return work();
  } finally {
    leave?.();
  }
}

/** The same for work that waits. */
export async function during<T>(recorder: Recorder | null, phase: ProfilePhase, work: () => Promise<T>): Promise<T> {
  const leave = recorder?.enter(phase);
  try {
    return await work();
  } finally {
    leave?.();
  }
}
