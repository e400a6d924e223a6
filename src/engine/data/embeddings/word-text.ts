import type { Warnings } from '../problems';

const decoder = new TextDecoder('utf-8', { ignoreBOM: true });

/** A word out of a file's bytes, with a warning where they are no UTF-8. `place` is its row or line, from 1. */
export function decodeWord(bytes: Uint8Array, warnings: Warnings, place: number): string {
  const word = decoder.decode(bytes);
  if (word.includes('\ufffd')) warnings.add('A word is not UTF-8; its foreign bytes are shown as \ufffd.', place);
  return word;
}
