import { LabError } from '../../../errors';
import type { ParserThread, ParserThreads } from '../../bytes/source-file';
import { type Layout, type ParsedPiece, parsePiece } from './piece';
import type { FromThread, PieceJob } from './serve';

/** Pieces that a thread has at a time: one that it reads, and the next. */
const piecesPerThread = 2;

/** A piece that was read, and the buffer that it was in. */
export interface PieceOutcome {
  text: Uint8Array<ArrayBuffer>;
  piece: ParsedPiece;
}

interface Member {
  thread: ParserThread;
  ready: boolean;
  waiting: { resolve(outcome: PieceOutcome): void; reject(error: unknown): void }[];
}

/**
 * Threads that read pieces of text. Until one is there, and where none can be had (a single core, a page whose rules forbid workers), pieces
 * are read at once, in this thread: nobody waits for a start.
 */
export class ParserPool {
  private members: Member[] = [];
  private readonly rooms: Float32Array<ArrayBuffer>[] = [];
  private ended = false;

  /** Starts the threads. */
  start({ count, spawn }: ParserThreads): void {
    try {
      while (this.members.length < count) this.add(spawn());
    } catch {
      // Those that did start are enough.
    }
  }

  /** May another piece be given away without one having come back? */
  hasRoom(underWay: number): boolean {
    const ready = this.members.filter((member) => member.ready).length;
    return underWay < Math.max(1, ready * piecesPerThread);
  }

  /** Are there threads at work? Larger pieces are worth their while then. */
  get threaded(): boolean {
    return this.members.some(({ ready }) => ready);
  }

  /** Reads one piece; several may be under way. @throws LabError `unexpected` where a thread dies */
  async parse(text: Uint8Array<ArrayBuffer>, start: number, length: number, layout: Layout): Promise<PieceOutcome> {
    const room = this.rooms.pop() ?? null;
    const member = this.members.filter(({ ready }) => ready).sort((a, b) => a.waiting.length - b.waiting.length)[0];
    if (!member) return { text, piece: parsePiece(text, start, length, layout, room) };
    return new Promise((resolve, reject) => {
      member.waiting.push({ resolve, reject });
      const job: PieceJob = { text, start, length, layout, room };
      member.thread.post(job, room ? [text.buffer, room.buffer] : [text.buffer]);
    });
  }

  /** Takes values back that nobody needs any more, for the next piece. */
  recycle(values: Float32Array): void {
    if (values.buffer instanceof ArrayBuffer) this.rooms.push(values as Float32Array<ArrayBuffer>);
  }

  /** Ends all threads; what is under way never comes back. */
  end(): void {
    this.ended = true;
    for (const { thread } of this.members) thread.end();
    this.members = [];
  }

  private add(thread: ParserThread): void {
    const member: Member = { thread, ready: false, waiting: [] };
    thread.listen(
      (message) => this.receive(member, message as FromThread),
      (reason) => this.drop(member, reason),
    );
    this.members.push(member);
  }

  private receive(member: Member, message: FromThread): void {
    if (message.kind === 'ready') member.ready = true;
    else if (message.kind === 'parsed') member.waiting.shift()?.resolve(message);
    else this.drop(member, message.reason);
  }

  private drop(member: Member, reason: string): void {
    if (this.ended) return;
    member.thread.end();
    this.members = this.members.filter((other) => other !== member);
    for (const { reject } of member.waiting) {
      reject(new LabError('unexpected', `A thread that reads the file stopped: ${reason}.`, 'Load the file again.'));
    }
  }
}
