import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { expose } from 'comlink';
import { afterEach, describe, expect, it } from 'vitest';
import { workerLab } from './client';
import { toFailure } from './failure';
import { FakeLab } from './testing/fake-lab';

/** A worker's two ends in one thread: the same messages over a real channel. */
function fakeWorker(lab: object) {
  const { port1, port2 } = new MessageChannel();
  expose(lab, port2);
  port2.start();
  port1.start();
  const errors: ((event: { message: string; preventDefault(): void }) => void)[] = [];
  const worker = {
    postMessage: port1.postMessage.bind(port1),
    addEventListener: (type: string, listener: never) => {
      if (type === 'error') errors.push(listener);
      else port1.addEventListener(type, listener);
    },
    removeEventListener: port1.removeEventListener.bind(port1),
    terminate: () => {
      port1.close();
      port2.close();
    },
  };
  return {
    worker: worker as unknown as Worker,
    die: (message: string) => errors.forEach((listener) => listener({ message, preventDefault() {} })),
    close: worker.terminate,
  };
}

const open: (() => void)[] = [];
afterEach(() => open.splice(0).forEach((close) => close()));

function connect(lab: object) {
  const fake = fakeWorker(lab);
  open.push(fake.close);
  return { lab: workerLab(() => fake.worker), fake };
}

describe('the lab behind a worker', () => {
  it('passes calls, answers and progress through', async () => {
    const { lab } = connect(new FakeLab(0));
    const { device } = await lab.open('cpu');
    expect(device.backend).toBe('cpu');
    const seen: number[] = [];
    const report = await lab.loadBundled((progress) => seen.push(progress.doneBytes));
    expect(report.dataset.sentences).toBe(3000);
    // Progress has a channel of its own: the last report may come after the answer.
    await expect.poll(() => seen.length).toBe(8);
  });

  it('rejects with the failure as the engine threw it', async () => {
    const failure = { code: 'bad-embeddings', message: 'Line 3 is broken.', remedy: 'Mend it.' };
    const { lab } = connect({
      previewDataset: () => {
        throw failure;
      },
    });
    await expect(lab.previewDataset([new File([], 'x.csv')])).rejects.toEqual(failure);
  });

  it('lets no call wait for a worker that died', async () => {
    const { lab, fake } = connect({ trainedModels: () => new Promise(() => {}) });
    const waiting = lab.trainedModels();
    fake.die('out of memory');
    await expect(waiting).rejects.toMatchObject({ code: 'unexpected', message: expect.stringContaining('out of memory') });
  });

  it('keeps no answer that its caller let go of', async () => {
    const { lab } = connect({ trainedModels: async () => [{ id: 'full' }] });
    const answers: WeakRef<object>[] = [];
    for (let i = 0; i < 20; i++) answers.push(new WeakRef(await lab.trainedModels()));
    setFlagsFromString('--expose-gc');
    const collectGarbage = runInNewContext('gc') as () => void;
    const kept = () => {
      collectGarbage();
      return answers.filter((answer) => answer.deref()).length;
    };
    // The last one may still lie on the stack.
    await expect.poll(kept).toBeLessThanOrEqual(1);
  });
});

describe('toFailure', () => {
  it('keeps a failure and wraps everything else', () => {
    const failure = { code: 'busy', message: 'm', remedy: 'r' };
    expect(toFailure(failure)).toBe(failure);
    expect(toFailure(new Error('boom'))).toMatchObject({ code: 'unexpected', message: expect.stringContaining('boom') });
    expect(toFailure(undefined).remedy).not.toBe('');
  });
});
