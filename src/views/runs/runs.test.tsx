// @vitest-environment happy-dom
import { act, fireEvent, screen, waitFor, within } from '@testing-library/react';
import { afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { FakeLab } from '../../client/testing/fake-lab';
import type { LabFailure } from '../../protocol/failure';
import { useLabStore } from '../../store/store';
import { renderLab, tearDown } from '../testing/render-lab';

const slow = { timeout: 10_000 };
const state = () => useLabStore.getState();

beforeAll(() => {
  window.scrollTo = vi.fn() as never;
});
afterEach(tearDown);

async function finishedRun(lab = new FakeLab(0)) {
  const page = renderLab('/compare', lab);
  await act(() => page.session.boot('auto'));
  act(() => page.session.run());
  await waitFor(() => expect(state().run.status).toBe('complete'), slow);
  await screen.findByRole('button', { name: 'Keep' }, slow);
  return { ...page, lab };
}

const keep = async (name: string) => {
  fireEvent.change(await screen.findByLabelText('Keep this run as', {}, slow), { target: { value: name } });
  fireEvent.click(screen.getByRole('button', { name: 'Keep' }));
  await screen.findByText(new RegExp(`Kept in this browser as “${name}”`), {}, slow);
};

describe('kept runs', () => {
  it('are kept under a proposed name or another, renamed, and forgotten after a question', async () => {
    await finishedRun();
    expect((screen.getByLabelText('Keep this run as') as HTMLInputElement).value).toMatch(/90 %$/);
    await keep('Monday');
    const list = screen.getByRole('list', { name: 'Kept runs' });
    expect(list.textContent).toMatch(/Monday.*on the page.*7 methods, 90 %.*7 models/);
    fireEvent.click(within(list).getByRole('button', { name: 'Rename Monday' }));
    const field = within(list).getByLabelText('New name');
    fireEvent.change(field, { target: { value: 'Sunday' } });
    fireEvent.keyDown(field, { key: 'Escape' });
    expect(document.activeElement).toBe(within(list).getByRole('button', { name: 'Rename Monday' }));
    fireEvent.click(within(list).getByRole('button', { name: 'Rename Monday' }));
    const again = within(list).getByLabelText('New name');
    fireEvent.change(again, { target: { value: 'Tuesday' } });
    fireEvent.submit(again);
    expect(await screen.findByText(/Kept in this browser as “Tuesday”/, {}, slow)).toBeTruthy();
    fireEvent.click(within(list).getByRole('button', { name: 'Forget Tuesday' }));
    fireEvent.click(within(list).getByRole('button', { name: 'Keep it' }));
    fireEvent.click(within(list).getByRole('button', { name: 'Forget Tuesday' }));
    fireEvent.click(within(list).getByRole('button', { name: 'Forget Tuesday for good' }));
    // The run is still on the page, and can be kept anew.
    expect(await screen.findByRole('button', { name: 'Keep' }, slow)).toBeTruthy();
    expect(state().runs.kept).toEqual([]);
    // Where the list was: whoever goes by the keyboard goes on from there.
    await screen.findByText('None yet. A run that is kept is here at the next visit.', {}, slow);
    expect(document.activeElement).toBe(screen.getByRole('region', { name: 'Kept runs' }));
  });

  it('open at a later visit with results, charts and models, and say that they are the same', async () => {
    const { lab } = await finishedRun();
    await keep('Monday');
    const before = state().run;
    const { runs } = lab;
    tearDown();
    const later = new FakeLab(0);
    later.runs = runs;
    const { session } = renderLab('/compare', later);
    await act(() => session.boot('auto'));
    fireEvent.click(await screen.findByRole('button', { name: 'Open Monday' }, slow));
    expect(
      await screen.findByText(/Checked against the test set: the same, to the last digit \(7 models on 450 sentences\)/, {}, slow),
    ).toBeTruthy();
    expect(await screen.findByRole('table', { name: 'Results' }, slow)).toBeTruthy();
    const { run, models } = state();
    expect(models).toHaveLength(7);
    expect(run.rows).toEqual(before.rows);
    expect(run.order).toEqual(before.order);
    expect(run.conclusion).toEqual(before.conclusion);
    expect(Object.values(run.trials).map(({ losses }) => losses.length)).toEqual(
      Object.values(before.trials).map(({ losses }) => losses.length),
    );
    expect(run.status).toBe('complete');
  });

  it('ask before a run that is kept nowhere gives way', async () => {
    const { session } = await finishedRun();
    await keep('Monday');
    act(() => session.run());
    await waitFor(() => expect(state().run.status).toBe('complete'), slow);
    const unkept = state().run;
    fireEvent.click(await screen.findByRole('button', { name: 'Open Monday' }, slow));
    fireEvent.click(within(await screen.findByRole('dialog', {}, slow)).getByRole('button', { name: 'Cancel' }));
    expect(state().run).toBe(unkept);
    fireEvent.click(await screen.findByRole('button', { name: 'Open Monday' }, slow));
    fireEvent.click(within(await screen.findByRole('dialog', {}, slow)).getByRole('button', { name: 'Open without keeping' }));
    await waitFor(() => expect(state().runs.shown?.name).toBe('Monday'), slow);
  });

  it('leave everything where a file can’t be opened, and say why', async () => {
    const { session } = await finishedRun();
    await keep('Monday');
    const before = state().run;
    await act(() => session.openRun({ kind: 'file', file: new File(['x'], 'bad.run.zip'), name: 'bad.run.zip' }));
    expect((await screen.findByRole('alert', {}, slow)).textContent).toMatch(/bad\.run\.zip can’t be opened.*as the lab wrote it/);
    expect(state().run).toBe(before);
    expect(state().runs.shown?.name).toBe('Monday');
  });

  it('say where there is no room', async () => {
    const { lab } = await finishedRun();
    lab.saveRun = async () => {
      throw { code: 'out-of-memory', message: 'The browser has no room left for the run.', remedy: 'Download it.' } satisfies LabFailure;
    };
    fireEvent.click(screen.getByRole('button', { name: 'Keep' }));
    expect((await screen.findByRole('alert', {}, slow)).textContent).toMatch(/no room left/);
    expect(state().runs.shown).toBeNull();
  });

  it('are said to last as long as the window where nothing is kept on disk, beside the button that saves the file', async () => {
    const lab = new FakeLab(0);
    lab.onDisk = false;
    await finishedRun(lab);
    expect(await screen.findByText(/in this window alone, until it is closed/, {}, slow)).toBeTruthy();
    expect(screen.getByText(/None yet.*until the window is closed/)).toBeTruthy();
    fireEvent.click(screen.getByRole('button', { name: 'Keep' }));
    expect(await screen.findByText(/Kept in this window as “/, {}, slow)).toBeTruthy();
    expect(screen.getByText(/This window keeps nothing on disk: save the file before you close it\./)).toBeTruthy();
    const exported = vi.spyOn(lab, 'exportRun');
    fireEvent.click(screen.getByRole('button', { name: 'Save the file' }));
    expect(exported).toHaveBeenCalled();
    expect(document.body.textContent).not.toMatch(/in this browser/);
  });

  it('give a link to their experiment alone', async () => {
    await finishedRun();
    await keep('Monday');
    fireEvent.click(screen.getByRole('button', { name: 'Link to the experiment of Monday' }));
    const link = (await screen.findByLabelText('Link', {}, slow)) as HTMLInputElement;
    expect(link.value).toMatch(/#\/train\?s=/);
  });
});
