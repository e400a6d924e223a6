import { LabError } from '../../errors';
import type { SourceFile } from '../bytes/source-file';
import { count, titled } from '../problems';
import type { ByteReader } from './byte-reader';

const longestLineBytes = 4 * 2 ** 20;
const startBytes = 65_536;
const linesPerLook = 256;
const newline = 10;
const carriageReturn = 13;

/**
 * Hands over the lines of a file, `bytes[start .. end)` without their ends (LF or CRLF) and without a byte order mark. Empty lines at the
 * end of the file are no lines.
 *
 * @param onLine `line` counts from 1
 * @throws LabError for a line that does not end, or a zero byte: no text has one
 */
export async function eachLine(
  reader: ByteReader,
  file: SourceFile,
  label: string,
  onLine: (bytes: Uint8Array, start: number, end: number, line: number) => void,
): Promise<void> {
  let line = 0;
  /** Empty lines that no other line has followed yet. */
  let blank = 0;
  let wanted = startBytes;
  for (let more = true; more; ) {
    more = await reader.fill(wanted);
    const { bytes } = reader;
    if (line === 0 && blank === 0 && bytes[reader.at] === 0xef && bytes[reader.at + 1] === 0xbb && bytes[reader.at + 2] === 0xbf)
      reader.at += 3;
    for (;;) {
      const feed = bytes.indexOf(newline, reader.at);
      if (feed < 0 && (more || reader.available === 0)) break;
      const next = feed < 0 ? bytes.length : feed;
      const end = bytes[next - 1] === carriageReturn && next > reader.at ? next - 1 : next;
      if (end === reader.at) {
        blank++;
      } else {
        for (; blank > 0; blank--) onLine(bytes, 0, 0, ++line);
        line++;
        const zero = bytes.subarray(reader.at, end).indexOf(0);
        if (zero >= 0) throw refusal(file, label, line, zero + 1, 'a zero byte, which no text has');
        onLine(bytes, reader.at, end, line);
      }
      reader.at = feed < 0 ? bytes.length : feed + 1;
      if ((line + blank) % linesPerLook === 0 && reader.due()) await reader.beat();
    }
    if (reader.available > longestLineBytes) {
      throw refusal(file, label, line + blank + 1, 1, `a line that goes on for more than ${longestLineBytes / 2 ** 20} MiB`);
    }
    // Twice as much each time, so that a long line is not looked through again and again.
    wanted = Math.max(startBytes, 2 * reader.available);
  }
}

function refusal({ name }: SourceFile, label: string, line: number, column: number, found: string): LabError {
  return new LabError(
    'bad-embeddings',
    `${titled(name, label)}, line ${count(line)}, column ${count(column)}: ${found}.`,
    'See that it is the right file, and that it is UTF-8 text.',
    { file: name, line, column },
  );
}
