/** Ten batches a second at most, however fast the training runs. */
const intervalMs = 100;

/** Of consecutive ones of the same kind only the last is kept. */
const replaceable: ReadonlySet<string> = new Set(['progress', 'sweep-progress']);

/**
 * Gathers events and hands them over in batches, at most ten a second and one at a time: a receiver that is slow gets larger batches, not a
 * longer queue. Of consecutive progress events only the last is kept.
 */
export class EventBatcher<Event extends { kind: string }> {
  private waiting: Event[] = [];
  private timer: ReturnType<typeof setTimeout> | null = null;
  private delivery: Promise<void> = Promise.resolve();

  constructor(private readonly deliver: (events: Event[]) => void | Promise<void>) {}

  add(event: Event): void {
    const last = this.waiting.length - 1;
    if (replaceable.has(event.kind) && this.waiting[last]?.kind === event.kind) {
      this.waiting[last] = event;
    } else {
      this.waiting.push(event);
    }
    this.timer ??= setTimeout(() => this.handOver(), intervalMs);
  }

  /** Hands over what is waiting, and resolves when the receiver has had everything. */
  async flush(): Promise<void> {
    if (this.timer !== null) {
      clearTimeout(this.timer);
    }
    this.handOver();
    await this.delivery;
  }

  private handOver(): void {
    this.timer = null;
    this.delivery = this.delivery.then(async () => {
      const events = this.waiting;
      if (events.length > 0) {
        this.waiting = [];
        // A receiver that throws has lost its events; the work that they tell of goes on.
        await Promise.resolve(this.deliver(events)).catch(() => {});
      }
    });
  }
}
