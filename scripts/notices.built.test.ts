import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { root } from './lib/run.mjs';

it('goes out with the notices of what it is made of, of the engine’s packages too', () => {
  const text = readFileSync(join(root, 'dist', 'notices.txt'), 'utf8');
  for (const name of ['react', '@tensorflow/tfjs-core', '@tensorflow/tfjs-backend-webgpu', 'hyparquet', 'zstddec', 'workbox-window']) {
    expect(text).toMatch(new RegExp(`^${name} \\d`, 'm'));
  }
  // Of what was compiled into zstddec.
  expect(text).toContain('Copyright (c) 2016-present, Yann Collet, Facebook, Inc.');
  expect(text).not.toMatch(/: (undefined|null)$/m);
});
