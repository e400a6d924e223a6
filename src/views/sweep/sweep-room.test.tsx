// @vitest-environment happy-dom
import { act, fireEvent, screen, waitFor, within } from '@testing-library/react';
import { afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { FakeLab } from '../../client/testing/fake-lab';
import { useLabStore, write } from '../../store/store';
import { renderLab, tearDown } from '../testing/render-lab';

const slow = { timeout: 10_000 };
const place = '/compare/sweeps';
const sweep = () => useLabStore.getState().sweep;

beforeAll(() => {
  window.scrollTo = vi.fn() as never;
});
afterEach(tearDown);

/** The room, with a sweep of so few cells that it is over soon. */
async function enter(lab = new FakeLab(0)) {
  const page = renderLab(place, lab);
  await act(() => page.session.boot('auto'));
  act(() => write.sweepSettings({ methods: ['low-rank', 'codebook'], rates: [0.9, 0.99], seeds: [1, 2] }));
  await screen.findByText(/8 cells in 2 groups/, {}, slow);
  return page;
}

async function finish() {
  fireEvent.click(await screen.findByRole('button', { name: 'Start sweep' }, slow));
  await waitFor(() => expect(sweep().run.status).toBe('complete'), slow);
  await screen.findByRole('region', { name: 'Verdicts' }, slow);
}

describe('the sweeps', () => {
  it('say what they come to before they start, and what is out of reach, with the reason', async () => {
    await enter();
    expect(screen.getByText(/^About \d+ s$/)).toBeTruthy();
    expect(screen.getByText('2 cells left out')).toBeTruthy();
    expect(screen.getByText('Codebook at 99 %').closest('li')?.textContent).toContain('One bit a weight is 96.9 %');
    expect(screen.getByText('No sweep is open')).toBeTruthy();
    fireEvent.change(screen.getByLabelText('All rates, in %'), { target: { value: '90' } });
    await screen.findByText(/6 cells in 2 groups/, {}, slow);
  });

  it('show verdicts, figures, pairs and tables of what is finished', async () => {
    await enter();
    await finish();
    expect(within(screen.getByRole('region', { name: 'Verdicts' })).getAllByRole('listitem')).toHaveLength(3);
    for (const title of ['Test accuracy against size', 'Accuracy drop at each rate', 'Drop by method and rate'])
      expect(await screen.findByRole('figure', { name: title }, slow)).toBeTruthy();
    expect(screen.queryByRole('figure', { name: 'Schedules against each other' })).toBeNull();
    const table = await screen.findByRole('table', { name: 'Means over the seeds' }, slow);
    expect(within(table).getAllByRole('row')).toHaveLength(5);
    // Both tests, each as it is and corrected.
    const [sentence] = within(screen.getByRole('region', { name: 'In pairs' })).getAllByRole('listitem');
    expect(sentence.querySelector('[aria-description]')?.getAttribute('aria-description')).toMatch(
      /p over seeds, paired t: .*; corrected: .*; p over test items, McNemar: .*; McNemar corrected: /,
    );
    // One method less in all of them.
    fireEvent.click(within(screen.getByRole('group', { name: 'Methods shown' })).getByRole('checkbox', { name: 'Codebook' }));
    expect(within(table).getAllByRole('row')).toHaveLength(4);
    fireEvent.change(screen.getByLabelText('Find'), { target: { value: 'low 99' } });
    expect(within(table).getAllByRole('row')).toHaveLength(2);
    const pair = screen.getByRole('region', { name: 'Tables' });
    fireEvent.change(screen.getByLabelText('Find'), { target: { value: '' } });
    for (const box of within(table).getAllByRole('checkbox').slice(1)) fireEvent.click(box);
    expect(within(pair).getByRole('table', { name: 'What differs' }).textContent).toContain('Rate90 %99 %');
  });

  it('pause, go on and stop; what is finished is kept, opened at a later visit, and gone on with', async () => {
    const lab = new FakeLab(15);
    await enter(lab);
    fireEvent.click(await screen.findByRole('button', { name: 'Start sweep' }, slow));
    await waitFor(() => expect(sweep().run.results?.cells.length).toBeGreaterThan(1), slow);
    fireEvent.click(screen.getByRole('button', { name: 'Pause' }));
    fireEvent.click(await screen.findByRole('button', { name: 'Resume' }, slow));
    fireEvent.click(screen.getByRole('button', { name: 'Stop' }));
    await waitFor(() => expect(sweep().run.status).toBe('stopped'), slow);
    const finished = sweep().run.results!.cells.length;
    expect(finished).toBeLessThan(8);
    tearDown();

    const later = new FakeLab(0);
    later.sweeps = lab.sweeps;
    const { session } = renderLab(place, later);
    await act(() => session.boot('auto'));
    fireEvent.click(await screen.findByRole('button', { name: /^Open Sentiment: 3 methods/ }, slow));
    await screen.findByText(new RegExp(`${finished} of 8 cells are finished`), {}, slow);
    fireEvent.click(screen.getByRole('button', { name: 'Go on with it' }));
    await waitFor(() => expect(sweep().run.status).toBe('complete'), slow);
    expect(sweep().run.results?.cells).toHaveLength(8);
    fireEvent.click(await screen.findByRole('button', { name: /^Forget / }, slow));
    // What took an hour is not gone by one click, and whoever thought better of it is where they were.
    fireEvent.click(screen.getByRole('button', { name: 'Keep it' }));
    const forget = screen.getByRole('button', { name: /^Forget / });
    expect(document.activeElement).toBe(forget);
    fireEvent.click(forget);
    fireEvent.click(screen.getByRole('button', { name: /^Forget .* for good$/ }));
    await waitFor(() => expect(sweep().kept).toEqual([]), slow);
  });

  it('that failed are taken home with the versions that computed them', async () => {
    const lab = new FakeLab(0);
    const runSweep = lab.runSweep.bind(lab);
    vi.spyOn(lab, 'runSweep').mockImplementation(async (...parameters) => {
      await runSweep(...parameters);
      throw { code: 'device-lost', message: 'The GPU was lost.', remedy: 'Start it again.' };
    });
    const { session } = await enter(lab);
    fireEvent.click(await screen.findByRole('button', { name: 'Start sweep' }, slow));
    await waitFor(() => expect(sweep().run.status).toBe('failed'), slow);
    const results = await session.sweepResults();
    expect(results?.cells).toHaveLength(8);
    expect(Object.keys(results?.versions ?? {})).not.toHaveLength(0);
  });

  it('take the recommended specification to Train', async () => {
    await enter();
    await finish();
    fireEvent.change(screen.getByLabelText('Allowed loss'), { target: { value: '0.05' } });
    await waitFor(() => expect(sweep().analysis?.allowedLoss).toBe(0.05), slow);
    fireEvent.click(screen.getByRole('button', { name: 'Take this specification' }));
    await screen.findByRole('slider', { name: 'Compression rate' }, slow);
    expect(useLabStore.getState().specification).toMatchObject({ methods: ['full', 'low-rank'], rates: [0.99], seeds: [1, 2] });
  });

  it('are said to last as long as the window where nothing is kept on disk', async () => {
    const lab = new FakeLab(0);
    lab.onDisk = false;
    await enter(lab);
    expect(screen.getByText('Kept in this window')).toBeTruthy();
    expect(screen.getByText(/kept here until you close the window/)).toBeTruthy();
    expect(screen.queryByText(/keeps nothing on disk/)).toBeNull();
    await finish();
    expect(screen.getByText(/This window keeps nothing on disk: save the file before you close it\./)).toBeTruthy();
    const exported = vi.spyOn(URL, 'createObjectURL').mockReturnValue('blob:x');
    fireEvent.click(screen.getByRole('button', { name: 'Save the file' }));
    await waitFor(() => expect(exported).toHaveBeenCalled(), slow);
  });

  it('say why a file was not taken', async () => {
    await enter();
    fireEvent.change(screen.getByLabelText('Open results'), { target: { files: [new File(['{'], 'broken.json')] } });
    expect((await screen.findByRole('alert', {}, slow)).textContent).toContain('broken.json is no JSON file.');
    fireEvent.change(screen.getByLabelText('Open results'), { target: { files: [new File(['{}'], 'other.json')] } });
    await waitFor(() => expect(screen.getByRole('alert').textContent).toContain('holds no results of a sweep'), slow);
  });

  it('wait for an experiment, and an experiment waits for them', async () => {
    await enter(new FakeLab(20));
    act(() => write.runStatus('running'));
    expect(screen.getByText('An experiment is running: the sweep waits for its end.')).toBeTruthy();
    expect((screen.getByRole('button', { name: 'Start sweep' }) as HTMLButtonElement).disabled).toBe(true);
  });
});
