import { chunksOf } from '../bytes/chunks';
import type { Pace } from '../bytes/pace';
import type { SourceFile } from '../bytes/source-file';
import type { Warnings } from '../problems';
import { decodeWindows1252 } from './windows-1252';

/** Bytes from the first that is no ASCII on, by which UTF-8 is told from the rest. */
const windowBytes = 64 * 1024;

export const fallbackWarning =
  'The file is not UTF-8: it was read as Windows-1252. Where letters are wrong, save it as UTF-8 and load it again.';

/**
 * The text of a file as it comes, with every line's end (LF, CRLF, CR) as LF. By its byte order mark UTF-8 or UTF-16; without one UTF-8; and
 * where that doesn't fit, Windows-1252, with a warning. Bytes that are wrong in a file that is UTF-8 elsewhere become U+FFFD.
 *
 * @throws LabError `cancelled`; `unreachable` where reading fails
 */
export async function* textOf(
  file: SourceFile,
  pace: Pace,
  { bytes: onBytes, warnings }: { bytes(bytes: Uint8Array): void; warnings: Warnings },
): AsyncGenerator<string> {
  const decoding = new Decoding((line) => warnings.add(fallbackWarning, line));
  let heldBack = '';
  let done = 0;
  for await (const chunk of chunksOf(file.stream(), file.name, pace)) {
    onBytes(chunk);
    done += chunk.length;
    const decoded = heldBack + decoding.push(chunk);
    // A carriage return at the end may be half of a line's end.
    heldBack = decoded.endsWith('\r') ? '\r' : '';
    const text = decoded.slice(0, decoded.length - heldBack.length).replace(/\r\n?/g, '\n');
    if (text !== '') yield text;
    if (pace.due()) await pace.beat(done);
  }
  const text = (heldBack + decoding.end()).replace(/\r\n?/g, '\n');
  if (text !== '') yield text;
}

type Decode = (bytes: Uint8Array, more: boolean) => string;

function decoderOf(encoding: string): Decode {
  const decoder = new TextDecoder(encoding);
  return (bytes, more) => decoder.decode(bytes, { stream: more });
}

/** The encoding of a head with a byte order mark. */
export function markedEncoding(head: Uint8Array): 'utf-8' | 'utf-16le' | 'utf-16be' | null {
  if (head[0] === 0xff && head[1] === 0xfe) return 'utf-16le';
  if (head[0] === 0xfe && head[1] === 0xff) return 'utf-16be';
  return head[0] === 0xef && head[1] === 0xbb && head[2] === 0xbf ? 'utf-8' : null;
}

/** Decodes bytes whose encoding shows only on the way: what it says doesn't depend on how they are cut into chunks. */
class Decoding {
  private decode: Decode | null = null;
  /** Not decoded yet: the head, for its mark; from the first byte that is no ASCII on, the window. */
  private held = new Uint8Array();
  private marked = false;
  /** The line of the first byte that is no ASCII. */
  private line = 1;

  constructor(private readonly onFallback: (line: number) => void) {}

  push(chunk: Uint8Array): string {
    if (this.decode) return this.decode(chunk, true);
    const held = join(this.held, chunk);
    this.held = new Uint8Array();
    return this.take(held, false);
  }

  end(): string {
    if (this.decode) return this.decode(new Uint8Array(), false);
    return this.take(this.held, true);
  }

  private take(bytes: Uint8Array, last: boolean): string {
    if (!this.marked) {
      if (bytes.length < 3 && !last) return this.hold(bytes);
      this.marked = true;
      const encoding = markedEncoding(bytes);
      if (encoding) {
        this.decode = decoderOf(encoding);
        return this.decode(bytes, !last);
      }
    }
    let ascii = 0;
    for (; ascii < bytes.length && bytes[ascii] < 0x80; ascii++) if (bytes[ascii] === 0x0a) this.line++;
    const text = new TextDecoder().decode(bytes.subarray(0, ascii));
    const rest = bytes.subarray(ascii);
    if (rest.length === 0) return text;
    if (rest.length < windowBytes && !last) {
      this.hold(rest);
      return text;
    }
    if (looksLikeUtf8(rest.subarray(0, windowBytes))) {
      this.decode = decoderOf('utf-8');
    } else {
      this.decode = decodeWindows1252;
      this.onFallback(this.line);
    }
    return text + this.decode(rest, !last);
  }

  private hold(bytes: Uint8Array): string {
    this.held = bytes.slice();
    return '';
  }
}

function join(a: Uint8Array, b: Uint8Array): Uint8Array<ArrayBuffer> {
  const both = new Uint8Array(a.length + b.length);
  both.set(a);
  both.set(b, a.length);
  return both;
}

/**
 * More sequences of several bytes that are right than bytes that are wrong? One damaged byte doesn't make a file Windows-1252, and one pair
 * that happens to be right doesn't make it UTF-8. The end may cut a sequence off.
 */
function looksLikeUtf8(bytes: Uint8Array): boolean {
  let right = 0;
  let wrong = 0;
  for (let i = 0; i < bytes.length; ) {
    const lead = bytes[i];
    const length =
      lead < 0x80 ? 1 : lead >= 0xc2 && lead < 0xe0 ? 2 : lead >= 0xe0 && lead < 0xf0 ? 3 : lead >= 0xf0 && lead < 0xf5 ? 4 : 0;
    let have = Math.min(1, length);
    while (have < length && i + have < bytes.length && (bytes[i + have] & 0xc0) === 0x80) have++;
    if (length > 1 && have === length) right++;
    else if (have < length || length === 0) {
      if (i + have >= bytes.length && length > 1 && bytes.length === windowBytes) break;
      wrong++;
    }
    i += Math.max(1, have);
  }
  return wrong === 0 || right > wrong;
}
