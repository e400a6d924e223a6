import { afterEach, describe, expect, it, vi } from 'vitest';
import { browserArguments, findBrowser } from './browser.mjs';

afterEach(() => vi.unstubAllEnvs());

describe('findBrowser', () => {
  it('takes the one that CHROMIUM_PATH names before any other', async () => {
    // Whatever starts and says its version will do.
    vi.stubEnv('CHROMIUM_PATH', process.execPath);
    expect(await findBrowser()).toBe(process.execPath);
  });

  it('says so when nothing starts from there', async () => {
    vi.stubEnv('CHROMIUM_PATH', '/no/such/browser');
    await expect(findBrowser()).rejects.toThrow(/CHROMIUM_PATH is \/no\/such\/browser/);
  });
});

describe('browserArguments', () => {
  it('takes the software adapter, unless the hardware is asked for', () => {
    vi.stubEnv('LAB_GPU', '');
    expect(browserArguments()).toContain('--use-webgpu-adapter=swiftshader');
    vi.stubEnv('LAB_GPU', 'hardware');
    expect(browserArguments().join(' ')).not.toContain('swiftshader');
  });
});
