import { Worker } from 'node:worker_threads';

/**
 * Ends the process when a mutation does not come to an end, and says which one it was. A reader that never returns blocks the test's own time limit too: 100,000
 * mutations once went on for an hour like that, as if they were many. So a thread of its own looks.
 */
export class Watch {
  private readonly mutation = new Int32Array(new SharedArrayBuffer(4));
  private readonly thread: Worker;

  /**
   * @param what of the message: `seed 3`
   * @param limitMs that none takes; the thread is that late at most
   */
  constructor(what: string, limitMs = 60_000) {
    this.thread = new Worker(
      `const { mutation, what, limitMs } = require('node:worker_threads').workerData;
      let last = -1;
      setInterval(() => {
        if (mutation[0] === last) {
          require('node:fs').writeSync(2, what + ', mutation ' + last + ' (only: ' + last + ') does not come to an end\\n');
          process.kill(process.pid, 'SIGKILL');
        }
        last = mutation[0];
      }, limitMs);`,
      { eval: true, execArgv: [], workerData: { mutation: this.mutation, what, limitMs } },
    );
    this.thread.unref();
  }

  /** The n-th begins. */
  at(n: number): void {
    this.mutation[0] = n;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.thread.terminate();
  }
}
