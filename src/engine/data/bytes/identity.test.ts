import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ContentIdentity } from './identity';
import { Sha256 } from './sha256';

const mebibyte = 2 ** 20;

describe('Sha256', () => {
  it("agrees with Node's, however the bytes come", () => {
    fc.assert(
      fc.property(fc.array(fc.uint8Array({ maxLength: 200 }), { maxLength: 6 }), (pieces) => {
        const ours = new Sha256();
        const nodes = createHash('sha256');
        for (const piece of pieces) {
          ours.update(piece);
          nodes.update(piece);
        }
        expect(ours.hex()).toBe(nodes.digest('hex'));
      }),
    );
  });

  it('pads every length around a block', () => {
    for (let length = 0; length <= 130; length++) {
      const bytes = new Uint8Array(length).fill(length);
      expect(new Sha256().update(bytes).hex()).toBe(createHash('sha256').update(bytes).digest('hex'));
    }
  });
});

function identify(bytes: Uint8Array, chunk: number): string {
  const identity = new ContentIdentity(bytes.length);
  for (let at = 0; at < bytes.length; at += chunk) identity.update(bytes.subarray(at, at + chunk));
  return identity.reference('name').id;
}

describe('ContentIdentity', () => {
  it('hashes every byte of a file of up to 64 MiB', () => {
    const bytes = new TextEncoder().encode('the 0.1 0.2\n');
    const whole = createHash('sha256').update(bytes).digest('hex');
    expect(identify(bytes, 5)).toBe(`sha256:${whole.slice(0, 16)}`);
    expect(new ContentIdentity(0).reference('empty').name).toBe('empty');
  });

  it('hashes size and ends of a larger one, whatever its chunks', () => {
    const bytes = new Uint8Array(65 * mebibyte);
    bytes.fill(1, 0, mebibyte);
    bytes.fill(2, 64 * mebibyte);
    const id = identify(bytes, 3 * mebibyte + 7);
    expect(identify(bytes, bytes.length)).toBe(id);
    const expected = createHash('sha256').update(`size ${bytes.length}\n`).update(bytes.subarray(0, mebibyte));
    expect(id).toBe(
      `sha256:${expected
        .update(bytes.subarray(64 * mebibyte))
        .digest('hex')
        .slice(0, 16)}`,
    );
    bytes[30 * mebibyte] = 9;
    expect(identify(bytes, 3 * mebibyte + 7)).toBe(id);
    bytes[64 * mebibyte] = 9;
    expect(identify(bytes, 3 * mebibyte + 7)).not.toBe(id);
  });
});
