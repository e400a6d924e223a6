/** The page's half of the lab in a browser: the same worker as the page's, driven from the command line. */
import { proxy, type Remote, wrap } from 'comlink';
import type { LabFailure } from '../../protocol/failure';
import type { Lab } from '../../protocol/lab';
import type { Call, Outcome } from './call';

const worker = new Worker(new URL('../../engine/worker.ts', import.meta.url), { type: 'module' });
/** A worker that dies answers no call any more. */
const lost = new Promise<never>((_, reject) => {
  worker.addEventListener('error', ({ message }) => {
    reject({
      code: 'unexpected',
      message: `The lab's engine stopped: ${message}.`,
      remedy: 'Try again with --backend cpu.',
    } satisfies LabFailure);
  });
});
lost.catch(() => {});
const lab: Remote<Lab> = wrap<Lab>(worker);
const input = document.querySelector('input') as HTMLInputElement;

/** Put there by the command line. */
type TellListener = (listener: number, value: unknown) => Promise<void>;

async function callLab({ verb, args, inputs, listener }: Call): Promise<Outcome> {
  const { tellListener } = globalThis as unknown as { tellListener: TellListener };
  const files = [...(input.files ?? [])];
  const given = [...(inputs ? [inputs.map((address) => address ?? files.shift())] : []), ...args];
  if (listener !== null) {
    const { id, at } = listener;
    given.splice(
      at,
      0,
      proxy((value: unknown) => tellListener(id, value)),
    );
  }
  const call = lab[verb] as unknown as (...given: unknown[]) => Promise<unknown>;
  try {
    return { value: await Promise.race([call(...given), lost]) };
  } catch (failure) {
    return { failure: failure as LabFailure };
  }
}

Object.assign(globalThis, { callLab });
