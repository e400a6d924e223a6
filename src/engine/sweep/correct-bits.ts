const chunk = 0x8000;

/**
 * A bit an item, least significant first, in base64.
 *
 * @param correct for each item 1 or 0
 */
export function encodeBits(correct: ArrayLike<number>): string {
  const bytes = new Uint8Array(Math.ceil(correct.length / 8));
  for (let i = 0; i < correct.length; i++) {
    if (correct[i]) bytes[i >> 3] |= 1 << (i & 7);
  }
  let binary = '';
  // A call takes only so many arguments.
  for (let at = 0; at < bytes.length; at += chunk) binary += String.fromCharCode(...bytes.subarray(at, at + chunk));
  return btoa(binary);
}

/**
 * The bits again, a byte each.
 *
 * @param count items
 * @returns null where the text is no base64 of so many items: too short, too long, or not as `encodeBits` writes it
 */
export function decodeBits(text: string, count: number): Uint8Array | null {
  const length = Math.ceil(count / 8);
  if (text.length !== 4 * Math.ceil(length / 3)) return null;
  let binary: string;
  try {
    binary = atob(text);
  } catch {
    return null;
  }
  if (binary.length !== length) return null;
  const bits = new Uint8Array(8 * length);
  for (let i = 0; i < bits.length; i++) bits[i] = (binary.charCodeAt(i >> 3) >> (i & 7)) & 1;
  const correct = bits.subarray(0, count);
  // Base64 has several texts for the same bytes; this one has the bit behind the last item too.
  return encodeBits(correct) === text ? correct : null;
}

/** How many are 1. */
export function countBits(bits: Uint8Array): number {
  return bits.reduce((sum, bit) => sum + bit, 0);
}
