// @vitest-environment happy-dom
import { act, fireEvent, screen, waitFor } from '@testing-library/react';
import { afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { FakeLab } from '../../client/testing/fake-lab';
import type { OnRowProgress } from '../../protocol/lab';
import { useLabStore } from '../../store/store';
import { renderLab, tearDown } from '../testing/render-lab';

const slow = { timeout: 10_000 };

// Drawing charts in a made-up DOM takes its time on a busy machine.
vi.setConfig({ testTimeout: 30_000 });

beforeAll(() => {
  window.scrollTo = vi.fn() as never;
});
afterEach(tearDown);

async function enter(lab = new FakeLab(0)) {
  const { session } = renderLab('/factorize', lab);
  await act(() => session.boot('auto'));
  await screen.findByRole('figure', { name: 'Singular values' }, slow);
  return { session, lab };
}

const choose = (label: RegExp) => fireEvent.click(screen.getByRole('radio', { name: label }));

describe('the table to factorize', () => {
  it('is the experiment’s at first, and the whole one on demand', async () => {
    const { lab } = await enter();
    expect(screen.getByText(/Of the table as it is loaded/)).toBeTruthy();
    choose(/The whole table/);
    expect(await screen.findByText(/Of all [\d,]+ words of the loaded table/, {}, slow)).toBeTruthy();
    choose(/This experiment’s words/);
    expect(await screen.findByText(/Of the table as it is loaded/, {}, slow)).toBeTruthy();
    expect(lab.calls.filter((call) => call.startsWith('spectrum'))).toEqual([
      'spectrum experiment',
      'spectrum table',
      'spectrum experiment',
    ]);
  });

  it('shows how many rows are done, and can be stopped and begun again', async () => {
    const { lab } = await enter();
    let report: OnRowProgress | null = null;
    let stop: () => void = () => {};
    const answer = lab.spectrum.bind(lab);
    lab.spectrum = (_specification, _of, onProgress) =>
      new Promise((_, reject) => {
        report = onProgress;
        stop = () => reject({ code: 'cancelled', message: 'The factorization was stopped.', remedy: '' });
      });
    lab.stopSpectrum = async () => stop();
    choose(/The whole table/);
    await waitFor(() => expect(report).not.toBeNull(), slow);
    act(() => report?.({ stage: 'Multiplying rows', doneRows: 250_000, totalRows: 1_000_000 }));
    expect(screen.getByText('Multiplying rows: 250,000 of 1,000,000')).toBeTruthy();
    expect(screen.getByRole('progressbar', { name: 'Computing the spectrum' })).toBeTruthy();
    fireEvent.click(screen.getByRole('button', { name: 'Stop' }));
    expect(await screen.findByText('The factorization was stopped after 250,000 of 1,000,000 rows.', {}, slow)).toBeTruthy();
    // It isn't begun again unasked.
    expect(useLabStore.getState().spectrum.computing).toBeNull();
    lab.spectrum = answer;
    fireEvent.click(screen.getByRole('button', { name: 'Compute the spectrum' }));
    expect(await screen.findByText(/Of all [\d,]+ words of the loaded table/, {}, slow)).toBeTruthy();
  });

  it('is none where planning and factorizing fail: the reason stands there, and no figures', async () => {
    const { session, lab } = await enter();
    const failure = { code: 'no-data', message: 'None of the words of odd.csv has a vector.', remedy: 'Load others.' };
    lab.plan = () => Promise.reject(failure);
    lab.spectrum = () => Promise.reject(failure);
    await act(() => session.loadDataset([new File(['x'], 'odd.csv')], { text: 'a', label: 'b', split: null }));
    expect(await screen.findByText(failure.message, {}, slow)).toBeTruthy();
    await waitFor(() => expect(useLabStore.getState().planFailure).not.toBeNull(), slow);
    expect(screen.queryByText('Computing the spectrum…')).toBeNull();
    expect(screen.queryByRole('figure', { name: 'Singular values' })).toBeNull();
    expect(screen.queryByRole('heading', { name: 'Parameters' })).toBeNull();
    expect(screen.queryByText(/^9 of/)).toBeNull();
    // The whole table can be had all the same.
    expect(screen.getByRole('radio', { name: /The whole table/ })).toBeTruthy();
  });
});
