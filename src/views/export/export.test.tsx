// @vitest-environment happy-dom
import { act, fireEvent, screen, waitFor, within } from '@testing-library/react';
import { unzipSync } from 'fflate';
import { afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { FakeLab } from '../../client/testing/fake-lab';
import type { LabFailure } from '../../protocol/failure';
import { useLabStore, write } from '../../store/store';
import { renderLab, tearDown } from '../testing/render-lab';
import { zipFiles } from './zip-files';

const slow = { timeout: 10_000 };

beforeAll(() => {
  window.scrollTo = vi.fn() as never;
});
afterEach(tearDown);

async function panel(lab = new FakeLab(0)) {
  const { session } = renderLab('/compare', lab);
  await act(() => session.boot('auto'));
  act(() => session.run());
  await waitFor(() => expect(useLabStore.getState().run.status).toBe('complete'), slow);
  return screen.findByRole('region', { name: 'Take a model home' }, slow);
}

describe('the export panel', () => {
  it('begins with the paper’s method, and shows files and lines when asked', async () => {
    const of = await panel();
    const model = within(of).getByLabelText('Model') as HTMLSelectElement;
    expect(model.value).toBe('low-rank@0.9');
    expect(model.selectedOptions[0].textContent).toMatch(/at 90\.0 %, .*B$/);
    expect(within(of).queryByRole('table')).toBeNull();
    fireEvent.click(within(of).getByRole('button', { name: 'Show files and code' }));
    const files = await within(of).findByRole('table', { name: 'Files' }, slow);
    expect(files.textContent).toMatch(/README\.md15 B.*The lab counts for the embedding/);
    expect(of.textContent).toMatch(/pip install numpy.*import numpy as np/s);
    // Another model's files are others.
    fireEvent.change(model, { target: { value: 'full' } });
    expect(within(of).queryByRole('table')).toBeNull();
  });

  it('says why a model can’t be written', async () => {
    const lab = new FakeLab(0);
    lab.exportModel = async () => {
      throw { code: 'out-of-memory', message: 'There is not enough memory.', remedy: 'Take a smaller one.' } satisfies LabFailure;
    };
    const of = await panel(lab);
    fireEvent.click(within(of).getByRole('button', { name: 'Download' }));
    expect((await within(of).findByRole('alert', {}, slow)).textContent).toBe('There is not enough memory.Take a smaller one.');
  });

  it('is not there where a teacher took downloads off the page', async () => {
    const of = await panel();
    act(() => write.teacher({ hidden: ['downloads'] }));
    expect(of.isConnected).toBe(false);
  });
});

describe('files as a zip', () => {
  it('come out as they were, in their folders', async () => {
    const large = Uint8Array.from({ length: 2 ** 21 + 5 }, (_, i) => i * 7);
    const files = [
      { path: 'model/weights.bin', bytes: large },
      { path: 'README.md', bytes: new TextEncoder().encode('# it') },
      { path: 'empty', bytes: new Uint8Array() },
    ];
    const unpacked = unzipSync(new Uint8Array(await (await zipFiles(files)).arrayBuffer()));
    expect(Object.keys(unpacked)).toEqual(files.map(({ path }) => path));
    for (const { path, bytes } of files) expect(Buffer.compare(unpacked[path], bytes), path).toBe(0);
  });
});
