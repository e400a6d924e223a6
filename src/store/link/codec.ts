import { deflateSync, Inflate, inflateSync, strFromU8, strToU8 } from 'fflate';

/** Of the form below; the meaning of a key never changes (see `Property`), so this seldom does. */
export const linkVersion = 1;

/** Longer than anything that this page writes, by far. */
const LONGEST_LINK = 16_384;
/** What a link may unpack to: a link is a list of settings, whatever it says. */
const MOST_BYTES = 65_536;
/** Bytes that are unpacked at once while they are counted: at most 1,032 times as many come out. */
const PIECE = 256;

/** A link's text, taken apart. */
export interface DecodedLink {
  version: number;
  values: Map<string, unknown>;
  /** Keys that the link names and whose values are gone. */
  lost: string[];
  /** A sentence on what happened to the whole of it, or null. */
  problem: string | null;
}

/**
 * `VERSION.CHECKSUM.DATA`: DATA is deflated (RFC 1951, raw), in base64 for addresses (RFC 4648 section 5). Inside: the keys on the first line,
 * then a line of JSON for the value of each. So a link that was cut still has all values before the cut, and says whose are missing.
 */
export function encode(entries: readonly (readonly [string, unknown])[]): string {
  const text = [entries.map(([key]) => key).join(' '), ...entries.map(([, value]) => JSON.stringify(value))].join('\n');
  return `${linkVersion}.${checksum(text)}.${toBase64Url(deflateSync(strToU8(text), { level: 9 }))}`;
}

/** Takes any text, and opens what it can; never throws. */
export function decode(link: string): DecodedLink {
  const nothing = (problem: string): DecodedLink => ({ version: linkVersion, values: new Map(), lost: [], problem });
  if (link.length > LONGEST_LINK) return nothing('The link is longer than any that the lab writes: nothing of it was opened.');
  const parts = /^(\d{1,4})\.([0-9a-z]{1,7})\.([\w-]*)/.exec(link);
  if (!parts) return nothing('The link does not begin as the lab’s links do: nothing of it was opened.');
  const version = Number(parts[1]);
  const { text, whole } = unpack(parts[3]);
  const intact = whole && parts[0].length === link.length && checksum(text) === parts[2];
  const lines = text.split('\n');
  const keys = (lines[0] ?? '')
    .split(' ')
    .filter((key) => /^\w{1,8}$/.test(key))
    .slice(0, 200);
  // The last line of a text that broke off may be the first half of a number.
  const complete = intact || whole ? lines.length : lines.length - 1;
  const values = new Map<string, unknown>();
  const lost: string[] = [];
  for (const [i, key] of keys.entries()) {
    const value = i + 1 < complete ? parsed(lines[i + 1]) : undefined;
    if (value === undefined) lost.push(key);
    else values.set(key, value);
  }
  return { version, values, lost, problem: intact ? versionProblem(version) : damagedProblem };
}

const damagedProblem = 'The link is damaged: what could be read of it was opened, and may not be what was meant.';

function versionProblem(version: number): string | null {
  if (version === linkVersion) return null;
  return version > linkVersion
    ? 'The link was made by a newer version of the lab: what this one knows of it was opened.'
    : 'The link was made by an older version of the lab: what this one still knows of it was opened.';
}

function unpack(base64: string): { text: string; whole: boolean } {
  const packed = fromBase64Url(base64);
  if (isBomb(packed)) return { text: '', whole: false };
  const bytes = new Uint8Array(MOST_BYTES);
  try {
    const { length } = inflateSync(packed, { out: bytes });
    return { text: strFromU8(bytes.subarray(0, length)), whole: true };
  } catch {
    // Cut or damaged: what came before is in place. A link's text has no zeros.
    const end = bytes.indexOf(0);
    return { text: strFromU8(bytes.subarray(0, end < 0 ? MOST_BYTES : end)), whole: false };
  }
}

/** Whether it unpacks to more than a link may: unpacked by pieces, and no further than to that point. */
function isBomb(packed: Uint8Array): boolean {
  let length = 0;
  const inflate = new Inflate((piece) => {
    length += piece.length;
  });
  try {
    for (let at = 0; at < packed.length && length < MOST_BYTES; at += PIECE) inflate.push(packed.subarray(at, at + PIECE));
  } catch {
    // Damaged: as long as it is until here.
  }
  return length >= MOST_BYTES;
}

function parsed(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}

/** FNV-1a over the text's characters: tells a damaged link from an intact one, and protects against nothing else. */
function checksum(text: string): string {
  let hash = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  return (hash >>> 0).toString(36);
}

function toBase64Url(bytes: Uint8Array): string {
  const binary = Array.from(bytes, (byte) => String.fromCharCode(byte)).join('');
  return btoa(binary).replace(/\+/g, '-').replace(/\//g, '_').replace(/=+$/, '');
}

function fromBase64Url(text: string): Uint8Array {
  // A last character that stands alone holds no whole byte.
  const whole = text.length % 4 === 1 ? text.slice(0, -1) : text;
  const binary = atob(whole.replace(/-/g, '+').replace(/_/g, '/'));
  return Uint8Array.from(binary, (character) => character.charCodeAt(0));
}
