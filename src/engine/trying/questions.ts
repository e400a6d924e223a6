import { LabError } from '../errors';

/** Which questions still want their answer: of each kind the last one, until whoever asks is interrupted. */
export class Questions {
  private readonly newest = new Map<string, symbol>();

  /**
   * Begins a question, in the place of the last one of its kind.
   *
   * @returns a check, which throws `cancelled` once nobody waits for the answer
   */
  ask(kind: string): () => void {
    const mine = Symbol(kind);
    this.newest.set(kind, mine);
    return () => {
      if (this.newest.get(kind) === mine) return;
      throw new LabError('cancelled', 'The question was given up before its answer was there.', 'Ask again.');
    };
  }

  /** Gives up a kind's question. */
  stop(kind: string): void {
    this.newest.delete(kind);
  }

  stopAll(): void {
    this.newest.clear();
  }
}
