/** Throws mutated files at readers: they may refuse them, but only by a LabError, soon, and without holding more than they were given. */
import { LabError } from '../../errors';
import { mix, Random } from '../../random';
import { Watch } from './watch';

export interface FuzzCase {
  /** What is mutated, for the message. */
  name: string;
  files: { name: string; bytes: Uint8Array }[];
}

export interface FuzzOptions {
  cases: readonly FuzzCase[];
  /** Everything that is done with a file; it is to resolve, or to reject with a LabError. */
  read: (files: { name: string; bytes: Uint8Array }[]) => Promise<unknown>;
  mutations: number;
  /** One seed for all; a failure names it and the mutation's number, so that `only` can repeat that one alone. */
  seed: number;
  only?: number;
  /** Milliseconds that one file may take. */
  limitMs?: number;
  /** Bytes outside of the heap (array buffers, WebAssembly's memory) that one file may leave allocated, beyond 64 times its own size. */
  limitBytes?: number;
}

export interface FuzzReport {
  read: number;
  refused: number;
  slowestMs: number;
  mostBytes: number;
}

/** Numbers that readers trip over: signs, ends of integer types, and promises that no file keeps. */
const awkward = [0, 1, 0x7f, 0x80, 0xff];
const awkwardText = [
  '0',
  '-1',
  '9',
  '99999999999',
  '1e999',
  'NaN',
  '-inf',
  '{',
  '[',
  '"',
  ',',
  '\n',
  '\t',
  ' ',
  '\r\n',
  'null',
  '\u0000',
  '<b>',
  '\ufffd',
];

/**
 * Runs the mutations. The n-th depends on the seed and n alone.
 *
 * @throws Error at the first that ends by another error than a LabError, or takes too long or too much memory, with how to repeat it
 */
export async function fuzz({
  cases,
  read,
  mutations,
  seed,
  only,
  limitMs = 2000,
  limitBytes = 64 * 2 ** 20,
}: FuzzOptions): Promise<FuzzReport> {
  const report: FuzzReport = { read: 0, refused: 0, slowestMs: 0, mostBytes: 0 };
  // A single one is looked into, perhaps with a debugger.
  await using watch = only === undefined ? new Watch(`seed ${seed}`) : null;
  for (let n = only ?? 0; n < (only === undefined ? mutations : only + 1); n++) {
    const { name, files: whole } = cases[n % cases.length];
    const random = new Random(mix((seed + Math.imul(n, 0x9e3779b1)) >>> 0));
    const files = whole.map((file) => ({ ...file }));
    // Of two files one is mutated, now and then both.
    const which = random.integer(files.length);
    for (const [i, file] of files.entries()) if (i === which || random.integer(8) === 0) file.bytes = mutate(file.bytes, random);
    const where = `seed ${seed}, mutation ${n} (${name}, only: ${n})`;
    watch?.at(n);
    const began = performance.now();
    const before = process.memoryUsage().external;
    const error = await read(files).then(
      () => null,
      (reason: unknown) => reason ?? new Error('rejected with nothing'),
    );
    const took = performance.now() - began;
    const grown = process.memoryUsage().external - before;
    if (error === null) report.read++;
    else if (error instanceof LabError && error.code !== 'unexpected') report.refused++;
    else throw new Error(`${where}: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`);
    const given = files.reduce((sum, { bytes }) => sum + bytes.length, 0);
    if (took > limitMs) throw new Error(`${where}: took ${Math.round(took)} ms for ${given} bytes`);
    if (grown > limitBytes + 64 * given) throw new Error(`${where}: allocated ${grown} bytes for ${given}`);
    report.slowestMs = Math.max(report.slowestMs, took);
    report.mostBytes = Math.max(report.mostBytes, grown);
  }
  return report;
}

/** One to four changes, many of them near the beginning, where headers are. */
function mutate(bytes: Uint8Array, random: Random): Uint8Array {
  let changed = Uint8Array.from(bytes);
  for (let left = 1 + random.integer(4); left > 0; left--) changed = change(changed, random);
  return changed;
}

function change(bytes: Uint8Array<ArrayBuffer>, random: Random): Uint8Array<ArrayBuffer> {
  const { length } = bytes;
  if (length === 0) return Uint8Array.of(random.integer(256));
  const at = random.integer(random.integer(2) === 0 ? length : Math.min(length, 128));
  switch (random.integer(8)) {
    case 0:
      bytes[at] ^= 1 << random.integer(8);
      return bytes;
    case 1:
      bytes[at] = awkward[random.integer(awkward.length)];
      return bytes;
    case 2:
      return bytes.slice(0, at);
    case 3:
      return spliced(
        bytes,
        at,
        0,
        Uint8Array.from({ length: 1 + random.integer(9) }, () => random.integer(256)),
      );
    case 4:
      return spliced(bytes, at, 1 + random.integer(16), new Uint8Array(0));
    case 5:
      return spliced(bytes, at, random.integer(3), new TextEncoder().encode(awkwardText[random.integer(awkwardText.length)]));
    case 6:
      // A part of the file again: rows, lines, keys and words come twice.
      return spliced(bytes, at, 0, bytes.slice(at, at + 1 + random.integer(64)));
    default:
      return lie(bytes, at, random);
  }
}

/** Another number where one stands: of text the digits, of bytes an integer of 4 or 8. */
function lie(bytes: Uint8Array<ArrayBuffer>, at: number, random: Random): Uint8Array<ArrayBuffer> {
  const isDigit = (byte: number) => byte >= 0x30 && byte <= 0x39;
  let start = at;
  while (start < bytes.length && start < at + 64 && !isDigit(bytes[start])) start++;
  if (random.integer(2) === 0 && isDigit(bytes[start])) {
    let end = start;
    while (isDigit(bytes[end])) end++;
    const promised = String(10 ** random.integer(16) * (1 + random.integer(9)) - random.integer(2));
    return spliced(bytes, start, end - start, new TextEncoder().encode(promised));
  }
  const integer = new Uint8Array(random.integer(2) === 0 ? 4 : 8).fill(random.integer(2) === 0 ? 0xff : 0);
  integer[random.integer(integer.length)] = random.integer(256);
  const place = at - (at % 4);
  bytes.set(integer.subarray(0, bytes.length - place), place);
  return bytes;
}

function spliced(bytes: Uint8Array, at: number, removed: number, added: Uint8Array): Uint8Array<ArrayBuffer> {
  const result = new Uint8Array(Math.max(at, bytes.length - removed) + added.length);
  result.set(bytes.subarray(0, at));
  result.set(added, at);
  result.set(bytes.subarray(at + removed), at + added.length);
  return result.subarray(0, at + added.length + Math.max(0, bytes.length - at - removed));
}
