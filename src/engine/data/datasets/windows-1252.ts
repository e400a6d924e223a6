/**
 * Windows-1252, the encoding of old spreadsheets of western Europe: Latin-1, with these in place of its second set of control characters
 * (0x80 to 0x9f). By hand, since Node 20's TextDecoder of that name decodes Latin-1.
 */
const upper = '€\u0081‚ƒ„…†‡ˆ‰Š‹Œ\u008dŽ\u008f\u0090‘’“”•–—˜™š›œ\u009džŸ';
const latin1 = new TextDecoder('latin1');
// A browser's latin1 is Windows-1252 already, as the standard wants; then there is nothing to replace.
const second = /[\u0080-\u009f]/g;

export function decodeWindows1252(bytes: Uint8Array): string {
  return latin1.decode(bytes).replace(second, (character) => upper[character.charCodeAt(0) - 0x80]);
}
