import { type Layout, type ParsedPiece, parsePiece } from './piece';

/** A piece of text on its way to a thread: buffers go and come back by transfer, so that none is ever copied or thrown away. */
export interface PieceJob {
  text: Uint8Array<ArrayBuffer>;
  start: number;
  length: number;
  layout: Layout;
  room: Float32Array<ArrayBuffer> | null;
}

export type FromThread =
  | { kind: 'ready' }
  | { kind: 'parsed'; text: Uint8Array<ArrayBuffer>; piece: ParsedPiece }
  | { kind: 'failed'; reason: string };

/** A thread's end of the work: answers each job, in order. */
export function serveParsing(post: (message: FromThread, transfer: ArrayBuffer[]) => void): (job: PieceJob) => void {
  post({ kind: 'ready' }, []);
  return ({ text, start, length, layout, room }) => {
    try {
      const piece = parsePiece(text, start, length, layout, room);
      post({ kind: 'parsed', text, piece }, [text.buffer, piece.values.buffer as ArrayBuffer, piece.lineOf.buffer as ArrayBuffer]);
    } catch (error) {
      post({ kind: 'failed', reason: error instanceof Error ? error.message : String(error) }, []);
    }
  };
}
