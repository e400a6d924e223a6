import { LabError } from '../../errors';
import { looksLike, unknownBinary, utf16, webPage, xml } from '../bytes/looks-like';
import { faultAt } from './format';
import { markedEncoding } from './text';

/** The head as text, near enough to recognize a format by. */
export function headText(head: Uint8Array): string {
  return new TextDecoder(markedEncoding(head) ?? 'utf-8').decode(head, { stream: true });
}

/** No text has these bytes: of the control characters, all but tab, line ends, form feed, end of file and escape. */
const binary = (byte: number) => byte < 0x20 && !(byte >= 0x09 && byte <= 0x0d) && byte !== 0x1a && byte !== 0x1b;

const takes = 'Load CSV, TSV, JSON, JSON Lines or Parquet; text is best saved as UTF-8.';

/**
 * Refuses what is no text of records, whatever it is called: a binary file, a web page that a server gave instead of a file.
 *
 * @throws LabError `bad-dataset` naming what it is; where nothing tells, with the place of the first zero byte, or of the first control
 *   character where they are one byte in ten
 */
export function refuseOthers(file: string, head: Uint8Array): void {
  const { kind, binary: known } = looksLike(head);
  if ((known && kind !== unknownBinary && kind !== utf16) || kind === webPage || kind === xml) {
    throw new LabError('bad-dataset', `${file} is ${kind}: that is no data set in a format that the lab reads.`, takes, { file });
  }
  const encoding = markedEncoding(head);
  if (encoding === 'utf-16le' || encoding === 'utf-16be') return;
  const zero = head.indexOf(0);
  let control = 0;
  for (const byte of head) if (binary(byte)) control++;
  if (zero < 0 && control * 10 <= head.length) return;
  const at = zero >= 0 ? zero : head.findIndex(binary);
  const before = head.subarray(0, at);
  const line = before.reduce((lines, byte) => lines + (byte === 0x0a ? 1 : 0), 1);
  const hex = head[at].toString(16).padStart(2, '0');
  throw faultAt(
    file,
    { line, column: at - before.lastIndexOf(0x0a) },
    `a byte that no text has, 0x${hex}: the file is binary, whatever its name says`,
    takes,
  );
}
