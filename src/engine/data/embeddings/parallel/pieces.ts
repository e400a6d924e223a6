const newline = 10;

/** Cuts a stream of bytes into pieces of whole lines, in buffers that are used again. */
export class LinePieces {
  private readonly free: Uint8Array<ArrayBuffer>[] = [];
  private buffer = new Uint8Array(0);
  private filled = 0;
  /** A line that is longer than a piece: looked through again only when there is twice as much of it. */
  private longer = 0;

  /** @param longestLine bytes; a longer one gives `tooLong` */
  constructor(private readonly longestLine: number) {}

  /** Takes bytes of `chunk` from `at` on, until there is a piece of about `pieceBytes`. @returns where it stopped */
  take(chunk: Uint8Array, at: number, pieceBytes: number): number {
    const wanted = Math.min(chunk.length - at, Math.max(1, Math.max(pieceBytes, this.longer) - this.filled));
    this.reserve(this.filled + wanted + 1, pieceBytes);
    this.buffer.set(chunk.subarray(at, at + wanted), this.filled);
    this.filled += wanted;
    return at + wanted;
  }

  /** Is it time to `cut`? */
  isFull(pieceBytes: number): boolean {
    return this.filled >= Math.max(pieceBytes, this.longer);
  }

  /** Is what is left after a cut one line, without an end in sight? */
  get tooLong(): boolean {
    return this.filled > this.longestLine;
  }

  /** What is there and not yet cut. */
  get rest(): Uint8Array {
    return this.buffer.subarray(0, this.filled);
  }

  /** The whole lines that are there; null where there is none. The buffer is the caller's, until it is given back to `recycle`. */
  cut(pieceBytes: number): { text: Uint8Array<ArrayBuffer>; length: number } | null {
    const length = this.rest.lastIndexOf(newline) + 1;
    this.longer = length === 0 ? Math.min(2 * this.filled, this.longestLine + 1) : 0;
    if (length === 0) return null;
    const text = this.buffer;
    const left = this.filled - length;
    this.buffer = this.next(Math.max(pieceBytes, left) + 1);
    this.buffer.set(text.subarray(length, this.filled));
    this.filled = left;
    return { text, length };
  }

  /** The last line, which may lack its end; it gets one. Null where there is none. */
  last(): { text: Uint8Array<ArrayBuffer>; length: number; bytes: number } | null {
    if (this.filled === 0) return null;
    const bytes = this.filled;
    this.reserve(bytes + 1, bytes + 1);
    this.buffer[bytes] = newline;
    this.filled = 0;
    return { text: this.buffer, length: bytes + 1, bytes };
  }

  recycle(text: Uint8Array<ArrayBuffer>): void {
    this.free.push(text);
  }

  private reserve(bytes: number, atLeast: number): void {
    if (this.buffer.length >= bytes) return;
    const larger = this.next(Math.max(bytes, atLeast + 1, this.filled > 0 ? 2 * this.buffer.length : 0));
    larger.set(this.rest);
    this.buffer = larger;
  }

  private next(bytes: number): Uint8Array<ArrayBuffer> {
    const found = this.free.pop();
    return found && found.length >= bytes ? found : new Uint8Array(bytes);
  }
}
