// @vitest-environment happy-dom
import { act, fireEvent, screen, waitFor, within } from '@testing-library/react';
import { afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { forgetfulMemory } from '../../client/last-used';
import { FakeLab } from '../../client/testing/fake-lab';
import { encode } from '../../store/link/codec';
import { openLink } from '../../store/link/link';
import { useLabStore, write } from '../../store/store';
import { closeDialog } from '../shell/dialogs';
import { renderLab, tearDown } from '../testing/render-lab';
import { addressOf, splitHash, takeLink } from './address';
import { dataWords, heldWords } from './link-dialog';

const slow = { timeout: 15_000 };
const writeText = vi.fn(async (_text: string) => {});

beforeAll(() => {
  window.scrollTo = vi.fn() as never;
  Object.defineProperty(navigator, 'clipboard', { value: { writeText }, configurable: true });
});
beforeEach(() => {
  writeText.mockClear();
  sessionStorage.clear();
  location.hash = '';
});
afterEach(() => {
  closeDialog();
  tearDown();
});

const entries = (values: Record<string, unknown>) => encode(Object.entries(values));

async function boot(link: string | null, lab = new FakeLab(0), path = '/train') {
  const { session } = renderLab(path, lab, forgetfulMemory());
  await act(async () => {
    if (link !== null) await session.openLink(link);
    await session.boot('auto');
  });
  return { session, lab };
}

const press = (key: string) => act(() => void fireEvent.keyDown(document.body, { key }));

describe('an address', () => {
  it('is taken apart behind the hash, and put together', () => {
    expect(splitHash('#/train?s=1.a.bc')).toEqual({ text: '1.a.bc', rest: '#/train' });
    expect(splitHash('#/learn/counting?x=1&s=1%2Ea.b')).toEqual({ text: '1.a.b', rest: '#/learn/counting' });
    expect(splitHash('#/train?s=%E0%A4%A')).toEqual({ text: '%E0%A4%A', rest: '#/train' });
    expect(splitHash('#/train')).toEqual({ text: null, rest: '#/train' });
    expect(splitHash(new URL(addressOf('/learn/counting', '1.a.b')).hash)).toEqual({ text: '1.a.b', rest: '#/learn/counting' });
  });

  it('is short again when the link was taken out of it', () => {
    location.hash = '#/train?s=1.a.b';
    expect(takeLink()).toBe('1.a.b');
    expect(location.hash).toBe('#/train');
    // Not a reload: a page that is opened afresh is as it comes.
    expect(takeLink()).toBeNull();
  });
});

describe('a link that is opened', () => {
  it('sets the page before anything can run', async () => {
    await boot(entries({ ee: 7, er: [0.5], es: ['clr', { cycles: 3 }], cv: 20_000 }));
    expect(useLabStore.getState().specification).toMatchObject({
      epochs: 7,
      rates: [0.5],
      schedule: { id: 'clr', parameters: { cycles: 3 } },
    });
    expect(useLabStore.getState().learn.counting.vocabulary).toBe(20_000);
    expect(await screen.findByLabelText('Epochs', {}, slow)).toHaveProperty('value', '7');
    expect(screen.queryByText(/could be opened/)).toBeNull();
  });

  it('says on the page what it dropped, until that is read', async () => {
    await boot(entries({ ee: -7, em: ['low-rank', '<b>x</b>'] }));
    const notice = (await screen.findByText('Not everything in the link could be opened:')).parentElement!;
    expect(
      within(notice)
        .getAllByRole('listitem')
        .map(({ textContent }) => textContent),
    ).toEqual(['Methods: this lab has no method “<b>x</b>”.', 'Epochs: “-7” is not a whole number from 1 to 1,000; the default stands.']);
    fireEvent.click(within(notice).getByRole('button', { name: 'Understood' }));
    expect(screen.queryByText(/Not everything/)).toBeNull();
  });

  it('names the data that it needs and keeps the loaded ones; says so no more once they are loaded', async () => {
    const { session } = await boot(entries({ ed: ['sha256:99aabbcc', 'reviews.csv'], ee: 3 }));
    const { specification, data } = useLabStore.getState();
    expect(specification?.dataset).toEqual(data.report?.dataset.source);
    expect(specification?.epochs).toBe(3);
    expect(screen.getByText(/made with the sentences “reviews.csv”, which are not loaded here/)).toBeTruthy();
    await act(() => session.loadDataset([new File(['x'], 'reviews.csv')], { text: 'a', label: 'b', split: null }));
    expect(screen.queryByText(/made with the sentences/)).toBeNull();
  });

  it('loads the data that it needs where the browser keeps them', async () => {
    const lab = new FakeLab(0);
    lab.saved = [
      { kind: 'dataset', source: { id: 'sha256:99aabbcc', name: 'reviews.csv' }, summary: '', sizeBytes: 1, savedAt: 1 },
      { kind: 'embeddings', source: { id: 'sha256:1f2e3d4c', name: 'mine.vec' }, summary: '', sizeBytes: 1, savedAt: 1 },
    ];
    await boot(entries({ ed: ['sha256:99aabbcc', 'reviews.csv'] }), lab);
    expect(lab.calls).toContain('loadSaved null sha256:99aabbcc');
    expect(screen.queryByText(/made with/)).toBeNull();
  });

  it('drops a task that its set does not have', async () => {
    await boot(entries({ et: 'weather', ee: 6 }));
    const { link, specification } = useLabStore.getState();
    expect(specification).toMatchObject({ task: 'sentiment', epochs: 6 });
    expect(link.problems).toEqual(['Task: the sentences have no task “weather”.']);
  });

  it('is opened on the open page as well, and leaves a run alone', async () => {
    const { session } = await boot(null);
    act(() => write.specification({ epochs: 50, rates: [0.7] }));
    await act(() => session.openLink(entries({ er: [0.6] })));
    expect(useLabStore.getState().specification).toMatchObject({ epochs: 24, rates: [0.6] });
    act(() => write.runStatus('running'));
    await act(() => session.openLink(entries({ ed: ['sha256:99aabbcc', 'reviews.csv'] })));
    expect(useLabStore.getState().run.status).toBe('running');
    expect(screen.getByText(/made with the sentences “reviews.csv”/)).toBeTruthy();
  });
});

describe('Share', () => {
  it('copies a link that brings the page back, and says what is in it', async () => {
    await boot(null);
    act(() => write.specification({ epochs: 9, rates: [0.75] }));
    await press('s');
    const dialog = await screen.findByRole('dialog', { name: 'Link to this page' }, slow);
    await waitFor(() => expect(writeText).toHaveBeenCalled(), slow);
    expect(within(dialog).getByText(/Compression rates, Epochs, .*Everything else/)).toBeTruthy();
    expect(await within(dialog).findByText(/^Copied: \d+ characters/)).toBeTruthy();
    const link = writeText.mock.calls[0][0];
    expect(link.length).toBeLessThan(2000);
    const { text, rest } = splitHash(new URL(link).hash);
    expect(rest).toBe('#/train');
    const { catalogue } = useLabStore.getState().lab;
    act(() => openLink(text!, { catalogue: catalogue! }).put());
    expect(useLabStore.getState().specification).toMatchObject({ epochs: 9, rates: [0.75] });
  });

  it('leaves the link to be copied by hand where the clipboard is forbidden', async () => {
    writeText.mockRejectedValue(new Error('NotAllowedError'));
    await boot(null);
    await press('s');
    expect(await screen.findByText(/does not let the page write to the clipboard/, {}, slow)).toBeTruthy();
    expect((screen.getByLabelText('Link') as HTMLInputElement).value).toMatch(/#\/train\?s=1\./);
    writeText.mockResolvedValue(undefined);
  });

  it('says in words what is held, and that data are not', () => {
    expect(heldWords([])).toMatch(/opens this room and nothing else/);
    expect(heldWords(['Epochs', 'Seeds'])).toMatch(/what you changed: Epochs, Seeds\./);
    expect(dataWords(null)).toMatch(/No data/);
  });
});

describe('a teacher’s link', () => {
  it('is made of what is set and what is hidden, and changes nothing on the teacher’s page', async () => {
    await boot(null);
    act(() => write.specification({ epochs: 5 }));
    fireEvent.click(screen.getByRole('button', { name: 'Share' }));
    fireEvent.click(await screen.findByRole('menuitem', { name: 'For teachers' }, slow));
    const dialog = await screen.findByRole('dialog', { name: 'For teachers' }, slow);
    // The room that the link opens can't be hidden.
    expect(within(dialog).getByRole('checkbox', { name: 'Train' })).toHaveProperty('disabled', true);
    for (const name of ['Methods', 'Learning-rate schedule', 'Compare']) fireEvent.click(within(dialog).getByRole('checkbox', { name }));
    fireEvent.click(within(dialog).getByRole('button', { name: 'Copy lesson link' }));
    await waitFor(() => expect(writeText).toHaveBeenCalled());
    expect(useLabStore.getState().teacher.hidden).toEqual([]);
    const { text } = splitHash(new URL(writeText.mock.calls[0][0]).hash);
    act(() => openLink(text!, { catalogue: useLabStore.getState().lab.catalogue! }).put());
    expect(useLabStore.getState().teacher.hidden).toEqual(['methods', 'schedule', 'room-compare']);
    expect(useLabStore.getState().specification?.epochs).toBe(5);
  });

  it('takes controls and rooms off the page, for the keys too, until all are shown again', async () => {
    await boot(entries({ th: ['methods', 'device', 'room-compare', 'no-such-control'], ee: 4 }));
    await screen.findByLabelText('Epochs', {}, slow);
    const rail = screen.getByRole('navigation', { name: 'Rooms' });
    expect(screen.queryByRole('group', { name: 'Methods' })).toBeNull();
    expect(screen.queryByRole('button', { name: /^Device/ })).toBeNull();
    expect(within(rail).queryByRole('link', { name: 'Compare' })).toBeNull();
    expect(screen.getByText('Hidden controls: this lab has no control “no-such-control”.')).toBeTruthy();
    await press('g');
    await press('c');
    expect(screen.queryByRole('heading', { name: 'Compare' })).toBeNull();
    fireEvent.click(screen.getByRole('button', { name: 'Show all controls' }));
    expect(screen.getByRole('group', { name: 'Methods' })).toBeTruthy();
    expect(within(rail).getByRole('link', { name: 'Compare' })).toBeTruthy();
    expect(useLabStore.getState().specification?.epochs).toBe(4);
    await waitFor(() => expect(sessionStorage.getItem('lowrank-lab.link')).toMatch(/^1\./), slow);
  });

  it('hides each thing that there is to hide', async () => {
    await boot(entries({ th: ['size', 'task', 'methods', 'training', 'schedule', 'advanced'] }));
    await screen.findByRole('button', { name: 'Run' }, slow);
    await waitFor(() => expect(document.querySelector('aside')?.querySelectorAll('input, select, details')).toHaveLength(0), slow);
  });
});

describe('keys', () => {
  it('go to rooms, run, and open the sheet that lists them; never from a field', async () => {
    const { lab } = await boot(null);
    await press('g');
    await press('l');
    expect(await screen.findByRole('heading', { name: 'Learn' }, slow)).toBeTruthy();
    await press('3');
    const epochs = await screen.findByLabelText('Epochs', {}, slow);
    fireEvent.keyDown(epochs, { key: 'r' });
    fireEvent.keyDown(document.body, { key: 'r', ctrlKey: true });
    expect(lab.calls).not.toContain('run');
    await press('?');
    const sheet = await screen.findByRole('dialog', { name: 'Keyboard shortcuts' }, slow);
    expect(within(sheet).getByText('Run the experiment')).toBeTruthy();
    // A dialog has the keys to itself.
    fireEvent.keyDown(sheet, { key: 'r' });
    expect(lab.calls).not.toContain('run');
    act(closeDialog);
    await press('r');
    await waitFor(() => expect(lab.calls).toContain('run'), slow);
  });

  it('switch presenter mode on the root, and Escape leaves it', async () => {
    await boot(null);
    await press('P');
    expect(document.documentElement.hasAttribute('data-presenter')).toBe(true);
    expect(screen.getByRole('button', { name: 'Presenter mode' }).getAttribute('aria-pressed')).toBe('true');
    await press('Escape');
    expect(document.documentElement.hasAttribute('data-presenter')).toBe(false);
  });
});
