import { describe, expect, it } from 'vitest';
import { checkNode, outdatedPackages } from './setup.mjs';

describe('checkNode', () => {
  it('takes 20.19 and what is newer', () => {
    for (const version of ['20.19.0', '20.20.1', '22.0.0', '24.3.0']) expect(() => checkNode(version)).not.toThrow();
  });

  it('names both versions and what to do', () => {
    for (const version of ['18.20.0', '20.18.3']) expect(() => checkNode(version)).toThrow(/needs Node 20\.19.*is Node .*nodejs\.org/);
  });
});

describe('outdatedPackages', () => {
  const locked = {
    '': { version: '0.1.0' },
    'node_modules/react': { version: '19.3.1' },
    'node_modules/@esbuild/win32-x64': { version: '0.25.0', optional: true },
  };

  it('is content with what the lockfile says, other systems left out', () => {
    expect(outdatedPackages(locked, { 'node_modules/react': { version: '19.3.1' } })).toEqual([]);
  });

  it('sees what is missing and what has another version', () => {
    expect(outdatedPackages(locked, undefined)).toEqual(['node_modules/react']);
    expect(outdatedPackages(locked, { 'node_modules/react': { version: '19.3.0' } })).toEqual(['node_modules/react']);
  });
});
