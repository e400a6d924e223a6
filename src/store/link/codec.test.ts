import { constants, deflateRawSync } from 'node:zlib';
import fc from 'fast-check';
import { deflateSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import { decode, encode, linkVersion } from './codec';

const key = fc.stringMatching(/^[a-z]\w{0,6}$/);
const entries = fc.uniqueArray(fc.tuple(key, fc.jsonValue({ noUnicodeString: false })), { selector: ([name]) => name, maxLength: 40 });
const base64url = (bytes: Uint8Array) => Buffer.from(bytes).toString('base64url');

describe('a link’s text', () => {
  it('gives back what went in, and stays within the characters of an address', () => {
    fc.assert(
      fc.property(entries, (given) => {
        const link = encode(given);
        expect(link).toMatch(/^[\w.-]+$/);
        const { values, lost, problem, version } = decode(link);
        expect([...values]).toEqual(JSON.parse(JSON.stringify(given)));
        expect({ lost, problem, version }).toEqual({ lost: [], problem: null, version: linkVersion });
      }),
    );
  });

  it('is deflate as zlib writes it', () => {
    const [, checksum] = encode([['ab', [1, 2]]]).split('.');
    const link = `1.${checksum}.${base64url(deflateRawSync('ab\n[1,2]', { level: 1, strategy: constants.Z_HUFFMAN_ONLY }))}`;
    expect([...decode(link).values]).toEqual([['ab', [1, 2]]]);
    expect(decode(link).problem).toBeNull();
  });

  it('keeps every value before a cut, and names the keys of the others', () => {
    const given = Array.from(
      { length: 12 },
      (_, i) => [`k${i}`, { numbers: Array.from({ length: 9 }, (_, j) => Math.sin(9 * i + j)) }] as const,
    );
    const link = encode(given);
    let most = 0;
    for (let length = 0; length < link.length; length++) {
      const { values, lost, problem } = decode(link.slice(0, length));
      expect(problem).not.toBeNull();
      for (const [name, value] of values) expect(value).toEqual(given.find(([known]) => known === name)?.[1]);
      if (values.size + lost.length === given.length) most = Math.max(most, values.size);
    }
    expect(most).toBeGreaterThan(8);
    const { values, lost } = decode(link.slice(0, Math.floor(link.length * 0.75)));
    expect(values.size).toBeGreaterThan(0);
    expect(lost.length).toBeGreaterThan(0);
    expect([...values.keys(), ...lost]).toEqual(given.map(([name]) => name));
  });

  it('says so where a character was changed, whatever it reads then', () => {
    const link = encode([
      ['er', [0.5, 0.9]],
      ['ee', 12],
      ['es', ['clr', { cycles: 4 }]],
    ]);
    fc.assert(
      fc.property(fc.nat(link.length - 1), fc.constantFrom(...'abcXYZ019-_.%& '), (at, character) => {
        fc.pre(link[at] !== character);
        const changed = link.slice(0, at) + character + link.slice(at + 1);
        const { problem, values } = decode(changed);
        // The last character of base64 may hold bits of no byte.
        if (problem === null) expect([...values]).toEqual([...decode(link).values]);
      }),
      { numRuns: 500 },
    );
  });

  it('never throws, on any text', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc.uint8Array({ maxLength: 400 }).map((bytes) => `1.abc.${base64url(bytes)}`),
        ),
        (text) => {
          const { values, lost } = decode(text);
          expect(values).toBeInstanceOf(Map);
          expect(Array.isArray(lost)).toBe(true);
        },
      ),
      { numRuns: 1000 },
    );
  });

  it('stops unpacking what is larger than any link, at once', () => {
    const bomb = `1.abc.${base64url(deflateSync(new Uint8Array(10_000_000), { level: 9 }))}`;
    expect(bomb.length).toBeLessThan(16_384);
    const began = performance.now();
    const { values, problem } = decode(bomb);
    expect(performance.now() - began).toBeLessThan(50);
    expect(values.size).toBe(0);
    expect(problem).toMatch(/damaged/);
    expect(decode('1.abc.'.padEnd(20_000, 'A')).problem).toMatch(/longer than any/);
  });

  it('reads a value that is nested a thousand deep, or says that it is lost', () => {
    const deep = `a\n${'['.repeat(30_000)}${']'.repeat(30_000)}`;
    const { values, lost } = decode(`1.abc.${base64url(deflateSync(new TextEncoder().encode(deep)))}`);
    expect(values.size + lost.length).toBe(1);
  });

  it('tells an older and a newer version', () => {
    const link = encode([['ee', 3]]);
    expect(decode(link.replace(/^1/, '0'))).toMatchObject({ version: 0, problem: expect.stringContaining('older version') });
    expect(decode(link.replace(/^1/, '7'))).toMatchObject({ version: 7, problem: expect.stringContaining('newer version') });
    expect(decode(link.replace(/^1/, '7')).values.get('ee')).toBe(3);
  });
});
