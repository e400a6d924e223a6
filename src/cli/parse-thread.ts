/** A worker thread of Node that reads pieces of text tables, beside the command line's own. */
import { parentPort } from 'node:worker_threads';
import { type PieceJob, serveParsing } from '../engine/data/embeddings/parallel/serve';

const serve = serveParsing((message, transfer) => parentPort?.postMessage(message, transfer));
parentPort?.on('message', (job: PieceJob) => serve(job));
