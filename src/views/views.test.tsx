// @vitest-environment happy-dom
import { act, fireEvent, screen, waitFor, within } from '@testing-library/react';
import { afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { FakeLab, fakePlan } from '../client/testing/fake-lab';
import type { LabFailure } from '../protocol/failure';
import { useLabStore, write } from '../store/store';
import { renderLab, tearDown } from './testing/render-lab';

const slow = { timeout: 10_000 };

beforeAll(() => {
  window.scrollTo = vi.fn() as never;
});
afterEach(tearDown);

const slider = async (name: string) => (await screen.findByRole('slider', { name }, slow)) as HTMLInputElement;

describe('the Train room', () => {
  it('ties rate and rank: moving one moves the other', async () => {
    const { session } = renderLab();
    await act(() => session.boot('auto'));
    const [rate, rank] = [await slider('Compression rate'), await slider('Rank')];
    await waitFor(() => expect(rank.disabled).toBe(false), slow);
    expect(rank.value).toBe('9');
    fireEvent.change(rate, { target: { value: '0.8' } });
    expect(rank.value).toBe('19');
    expect(useLabStore.getState().specification?.rates).toEqual([0.8]);
    fireEvent.change(rank, { target: { value: '30' } });
    expect(Number(rate.value)).toBeCloseTo(0.694, 2);
    expect(rank.value).toBe('30');
    await waitFor(() => expect(useLabStore.getState().plan?.methods.find((entry) => entry.method === 'low-rank')?.rank).toBe(30), slow);
  });

  it('runs with nothing to configure, and shows the whole table of results', async () => {
    const { session } = renderLab();
    await act(() => session.boot('auto'));
    fireEvent.click(await screen.findByRole('button', { name: 'Run' }, slow));
    expect(await screen.findByRole('button', { name: 'Pause' }, slow)).toBeTruthy();
    await waitFor(() => expect(useLabStore.getState().run.status).toBe('complete'), slow);
    expect(await screen.findByRole('button', { name: 'Run' }, slow)).toBeTruthy();
    fireEvent.click(screen.getByRole('link', { name: 'Compare' }));
    const table = await screen.findByRole('table', { name: 'Results' }, slow);
    expect(within(table).getAllByRole('row')).toHaveLength(8);
    // Sorted by a click, largest first.
    fireEvent.click(within(table).getByRole('button', { name: /Test accuracy/ }));
    const accuracies = within(table)
      .getAllByRole('row')
      .slice(1)
      .map((line) => Number(within(line).getAllByRole('cell')[0].textContent));
    expect(accuracies).toEqual([...accuracies].sort((a, b) => b - a));
  });

  it('pauses, resumes and stops, keeping what was done', async () => {
    const { session } = renderLab('/train', new FakeLab(3));
    await act(() => session.boot('auto'));
    fireEvent.click(await screen.findByRole('button', { name: 'Run' }, slow));
    await waitFor(() => expect(useLabStore.getState().run.rows.length).toBeGreaterThan(0), slow);
    fireEvent.click(await screen.findByRole('button', { name: 'Pause' }, slow));
    fireEvent.click(await screen.findByRole('button', { name: 'Resume' }, slow));
    fireEvent.click(await screen.findByRole('button', { name: 'Stop' }, slow));
    await waitFor(() => expect(useLabStore.getState().run.status).toBe('stopped'), slow);
    expect(useLabStore.getState().run.rows.length).toBeGreaterThan(0);
  });

  it('says why nothing was retrained, before and after a run of too few epochs', async () => {
    const { session } = renderLab();
    await act(() => session.boot('auto'));
    await screen.findByText('Known as soon as a table has been factorized. Run the experiment.', {}, slow);
    act(() => write.specification({ epochs: 2 }));
    const start = (epochs: number) =>
      act(() => {
        write.runStatus('starting');
        write.events([{ kind: 'started', plan: fakePlan({ ...useLabStore.getState().specification!, epochs }) }]);
      });
    const tooFew = /none is left to retrain its factors\. Take three or more/;
    await screen.findByText(tooFew, {}, slow);
    start(2);
    act(() => write.runStatus('complete'));
    expect(screen.getByText(tooFew)).toBeTruthy();
    start(3);
    expect(await screen.findByText('Known as soon as a table has been factorized.', {}, slow)).toBeTruthy();
    act(() => write.runStatus('complete'));
    expect(await screen.findByText(/^No method that is shown factorized/, {}, slow)).toBeTruthy();
    act(() => write.runStatus('stopped'));
    expect(await screen.findByText('The run ended before a table had been factorized.', {}, slow)).toBeTruthy();
  });

  it('starts a run that was asked for before the data was there', async () => {
    const { session, lab } = renderLab();
    const booting = session.boot('auto');
    fireEvent.click(await screen.findByRole('button', { name: 'Run' }, slow));
    await act(() => booting);
    await waitFor(() => expect((lab as FakeLab).calls).toContain('run'), slow);
  });

  it('shows a failure of the run exactly as it is, as text', async () => {
    const lab = new FakeLab(0);
    const failure: LabFailure = {
      code: 'diverged',
      message: 'The loss of <b>full</b> is not a number.',
      remedy: 'Take smaller learning rates.',
    };
    lab.run = () => Promise.reject(failure);
    const { session } = renderLab('/train', lab);
    await act(() => session.boot('auto'));
    fireEvent.click(await screen.findByRole('button', { name: 'Run' }, slow));
    const alert = await screen.findByRole('alert', {}, slow);
    expect(alert.textContent).toContain('The loss of <b>full</b> is not a number.');
    expect(alert.textContent).toContain('Take smaller learning rates.');
  });
});

describe('rooms that need a run', () => {
  it.each(['/try', '/compare'])('say so in %s, and start one', async (path) => {
    const { session } = renderLab(path);
    await act(() => session.boot('auto'));
    fireEvent.click(await screen.findByRole('button', { name: 'Run the experiment' }, slow));
    await waitFor(() => expect(useLabStore.getState().run.status).not.toBe('idle'), slow);
  });
});

describe('the Learn room', () => {
  it('counts as the method does: 10,000 x 300 at rank 30 is 309,000, 89.7 % less', async () => {
    renderLab('/learn/counting');
    expect(await screen.findByText('309,000', {}, slow)).toBeTruthy();
    expect(screen.getByText('89.7 %')).toBeTruthy();
    fireEvent.change(await slider('Rank, r'), { target: { value: '10' } });
    expect(screen.getByText('103,000')).toBeTruthy();
  });
});

describe('the header', () => {
  it('names the device, and says why by keyboard', async () => {
    const { session } = renderLab('/learn/counting');
    await act(() => session.boot('auto'));
    fireEvent.click(await screen.findByRole('button', { name: 'Device: CPU backend' }, slow));
    expect(await screen.findByText(/software emulation/, {}, slow)).toBeTruthy();
  });
});
