export const webPage = 'a web page (HTML)';
export const xml = 'XML';
export const utf16 = 'UTF-16 text';
export const unknownBinary = 'binary data of an unknown kind';
/** What begins a file that is neither a table of word vectors nor a data set, by its first bytes, for a message that names it. */
const signatures: { at?: number; bytes: readonly number[]; kind: string }[] = [
  { bytes: ascii('PK\u0003\u0004'), kind: 'a zip archive' },
  { bytes: [0x1f, 0x8b], kind: 'compressed by gzip' },
  { bytes: ascii('BZh'), kind: 'compressed by bzip2' },
  { bytes: [0xfd, 0x37, 0x7a, 0x58, 0x5a], kind: 'compressed by xz' },
  { bytes: [0x28, 0xb5, 0x2f, 0xfd], kind: 'compressed by Zstandard' },
  { bytes: ascii('7z\u00bc\u00af\u0027\u001c'), kind: 'a 7-Zip archive' },
  { at: 257, bytes: ascii('ustar'), kind: 'a tar archive' },
  { bytes: ascii('%PDF'), kind: 'a PDF document' },
  { bytes: [0x89, 0x50, 0x4e, 0x47], kind: 'a PNG image' },
  { bytes: [0xff, 0xd8, 0xff], kind: 'a JPEG image' },
  { bytes: ascii('GIF8'), kind: 'a GIF image' },
  { bytes: ascii('PAR1'), kind: 'a Parquet file' },
  { bytes: [0x89, 0x48, 0x44, 0x46], kind: 'an HDF5 file' },
  { bytes: ascii('GGUF'), kind: 'a GGUF model' },
  { bytes: ascii('SQLite format 3'), kind: 'an SQLite database' },
  { bytes: [0xba, 0x16, 0x4f, 0x2f], kind: 'a quantized fastText model' },
  { bytes: [0xd0, 0xcf, 0x11, 0xe0], kind: 'a document of an old Office' },
  { bytes: [0xff, 0xfe], kind: utf16 },
  { bytes: [0xfe, 0xff], kind: utf16 },
];
/** Protocols 2 to 5. */
const pickle = [0x80, 5];

/** What a file that begins so seems to be, ready to stand behind "is". */
export function looksLike(head: Uint8Array): { kind: string; binary: boolean } {
  if (head.length === 0) return { kind: 'empty', binary: false };
  const found = signatures.find(({ at = 0, bytes }) => bytes.every((byte, i) => head[at + i] === byte));
  if (found) return { kind: found.kind, binary: true };
  if (head[0] === pickle[0] && head[1] >= 2 && head[1] <= pickle[1]) return { kind: 'a Python pickle, which is never run', binary: true };
  if (head.includes(0)) return { kind: unknownBinary, binary: true };
  const text = new TextDecoder().decode(head.subarray(0, 1024)).trimStart();
  if (/^<!doctype html|^<html/i.test(text)) return { kind: webPage, binary: false };
  if (/^<\?xml|^<svg/i.test(text)) return { kind: xml, binary: false };
  if (/^[{[]\s*["{[\]}]/.test(text)) return { kind: 'JSON', binary: false };
  return { kind: 'text', binary: false };
}

function ascii(text: string): number[] {
  return Array.from(text, (character) => character.charCodeAt(0));
}
