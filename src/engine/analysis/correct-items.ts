import { LabError } from '../errors';
import type { PairedItems } from '../statistics/resampled-items';

const onesOf = Uint8Array.from({ length: 256 }, (_, byte) => [...byte.toString(2)].filter((digit) => digit === '1').length);

/**
 * Which test items were classified rightly, from their base64.
 *
 * @throws LabError `bad-specification` where they are not as many bits as there are items, or not as many of them are set as the accuracy says
 */
export function readCorrect(base64: string, items: number, accuracy: number, what: string): Uint8Array {
  const bits = decode(base64);
  const set = bits?.reduce((sum, byte) => sum + onesOf[byte], 0);
  if (bits?.length !== Math.ceil(items / 8) || Math.abs((set ?? 0) / items - accuracy) > 1e-6) {
    throw new LabError('bad-specification', `${what}: its test items don’t agree with its accuracy.`, 'Take the file as the lab wrote it.');
  }
  return bits;
}

function decode(base64: string): Uint8Array | null {
  try {
    return Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
  } catch {
    return null;
  }
}

/** Items that only one of two got right, of the same split. */
export function countPairs(first: Uint8Array, second: Uint8Array, items: number): PairedItems {
  let firstOnly = 0;
  let secondOnly = 0;
  for (let i = 0; i < first.length; i++) {
    firstOnly += onesOf[first[i] & ~second[i]];
    secondOnly += onesOf[second[i] & ~first[i]];
  }
  return { firstOnly, secondOnly, items };
}
