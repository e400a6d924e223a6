/** A browser's worker that reads pieces of text tables, beside the engine's own. */
import { type PieceJob, serveParsing } from './serve';

const scope = self as unknown as DedicatedWorkerGlobalScope;
const serve = serveParsing((message, transfer) => scope.postMessage(message, transfer));
scope.addEventListener('message', ({ data }: MessageEvent<PieceJob>) => serve(data));
