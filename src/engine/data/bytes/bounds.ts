import { LabError } from '../../errors';
import type { InputFailureCode } from './open';

const gibibyte = 2 ** 30;
/** No table that a tab can hold has more text. */
const mostUnpackedBytes = 16 * gibibyte;
/** What text and numbers are packed by, at the very best; a bomb's ratio is 1,000 and more. Small files may be as repetitive as they like. */
const mostRatio = 200;
const ratioFreeBytes = 64 * 2 ** 20;

/**
 * Refuses an archive that unpacks to far more than any data do, before memory or patience are used up.
 *
 * @throws LabError `code`, with both sizes
 */
export function checkUnpacked(file: string, code: InputFailureCode, unpacked: number, packed: number): void {
  const bomb = unpacked > ratioFreeBytes && unpacked > mostRatio * packed;
  if (!bomb && unpacked <= mostUnpackedBytes) return;
  throw new LabError(
    code,
    bomb
      ? `${file} is packed like a bomb: ${sized(packed)} of it unpack to more than ${sized(unpacked)}, ${mostRatio} times as much and over.`
      : `${file} unpacks to more than ${sized(mostUnpackedBytes)}, which is the most that is read.`,
    'If it is what you expect, unpack it yourself, and load the part that you need.',
    { file },
  );
}

function sized(bytes: number): string {
  const units = ['bytes', 'KiB', 'MiB', 'GiB'];
  const unit = Math.min(units.length - 1, Math.floor(Math.log2(Math.max(1, bytes)) / 10));
  return `${(bytes / 1024 ** unit).toFixed(unit === 0 ? 0 : 1)} ${units[unit]}`;
}
