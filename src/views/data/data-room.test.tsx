// @vitest-environment happy-dom
import { act, fireEvent, screen, waitFor, within } from '@testing-library/react';
import { strToU8, zipSync } from 'fflate';
import { afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { forgetfulMemory } from '../../client/last-used';
import { FakeLab } from '../../client/testing/fake-lab';
import { useLabStore, write } from '../../store/store';
import { renderLab, tearDown } from '../testing/render-lab';

const slow = { timeout: 10_000 };

beforeAll(() => {
  window.scrollTo = vi.fn() as never;
});
afterEach(tearDown);

async function enter(lab = new FakeLab(0), memory = forgetfulMemory()) {
  const { session } = renderLab('/data', lab, memory);
  await act(() => session.boot('auto'));
  await screen.findByRole('heading', { name: 'Data' }, slow);
  return { session, lab, memory };
}

const file = (name: string) => new File(['x'], name);

async function give(label: string, ...files: File[]) {
  const input = await screen.findByLabelText(label, { selector: 'input' }, slow);
  fireEvent.change(input, { target: { files } });
}

const lastCall = (lab: FakeLab, verb: string) => lab.calls.findLast((call) => call.startsWith(verb));

describe('word vectors', () => {
  it('are loaded at once where there is nothing to choose', async () => {
    const { lab } = await enter();
    await give('Load embeddings', file('small.vec'));
    expect(await screen.findByRole('heading', { name: 'small.vec' }, slow)).toBeTruthy();
    expect(lastCall(lab, 'loadEmbeddings')).toBe('loadEmbeddings small.vec {"keep":{"kind":"all"},"tensor":null}');
  });

  it('say what they are, and each choice its size in memory before it is made', async () => {
    const { lab } = await enter();
    await give('Load embeddings', file('glove.txt.gz'));
    const panel = within(await screen.findByRole('region', { name: 'glove.txt.gz' }, slow));
    expect(panel.getByText(/GloVe text/)).toBeTruthy();
    expect(panel.getByText('Words, about')).toBeTruthy();
    expect(panel.getByRole('radio', { name: /^All, about 400,000.*160 MB/ })).toBeTruthy();
    expect(panel.getByRole('radio', { name: /Those of Sentiment Labelled Sentences: at most 5,251.*at most 2.10 MB/ })).toBeTruthy();
    // What was loaded stays until this is.
    expect(screen.getByRole('heading', { name: 'GloVe 6B, 100 dimensions' })).toBeTruthy();
    const number = panel.getByLabelText('Number of most frequent words') as HTMLInputElement;
    // What stands there stays as it is on focus: a selection in it would be lost.
    fireEvent.focus(number);
    expect(number.value).toBe('100,000');
    fireEvent.change(number, { target: { value: '20,000' } });
    expect(panel.getByRole('radio', { name: /most frequent.*8.00 MB/ })).toHaveProperty('checked', true);
    fireEvent.click(panel.getByRole('button', { name: 'Load' }));
    await waitFor(
      () => expect(lastCall(lab, 'loadEmbeddings')).toContain('{"keep":{"kind":"most-frequent","words":20000},"tensor":null}'),
      slow,
    );
  });

  it('ask for the vocabulary that they lack, and for one of several tensors', async () => {
    const { lab } = await enter();
    await give('Load embeddings', file('model.safetensors'));
    expect((await screen.findByRole('button', { name: 'Load' }, slow)).hasAttribute('disabled')).toBe(true);
    await give('Add the vocabulary file', file('tokenizer.json'));
    const tensor = (await screen.findByLabelText('Tensor', {}, slow)) as HTMLSelectElement;
    await waitFor(() => expect(screen.queryByLabelText('Add the vocabulary file')).toBeNull(), slow);
    expect(tensor.value).toContain('word_embeddings');
    fireEvent.change(screen.getByLabelText('Tensor'), { target: { value: 'bert.embeddings.position_embeddings.weight' } });
    fireEvent.click(screen.getByRole('radio', { name: /^All 512/ }));
    fireEvent.click(screen.getByRole('button', { name: 'Load' }));
    await waitFor(
      () =>
        expect(lastCall(lab, 'loadEmbeddings')).toBe(
          'loadEmbeddings model.safetensors and tokenizer.json {"keep":{"kind":"all"},"tensor":"bert.embeddings.position_embeddings.weight"}',
        ),
      slow,
    );
  });

  it('show their notes before they are loaded', async () => {
    await enter();
    await give('Load embeddings', file('small-fasttext.bin'));
    expect(await screen.findByText(/Subwords are not used/, {}, slow)).toBeTruthy();
    fireEvent.click(screen.getByRole('button', { name: 'Cancel' }));
    expect(screen.queryByText(/Subwords are not used/)).toBeNull();
  });

  it('keep what was loaded when a file is bad, and say why as text', async () => {
    await enter();
    await give('Load embeddings', file('bad<b>.txt'));
    expect((await screen.findByRole('alert', {}, slow)).textContent).toContain('Line 17 of “bad<b>.txt” has 99 numbers');
    expect(screen.getByRole('heading', { name: 'GloVe 6B, 100 dimensions' })).toBeTruthy();
  });

  it('can be cancelled on the way: speed and time left are told, and the table that was there stays', async () => {
    const lab = new FakeLab(0);
    const { session } = await enter(lab);
    let report: (done: number) => void = () => {};
    let cancel: () => void = () => {};
    lab.loadEmbeddings = (_inputs, _choice, onProgress) =>
      new Promise((_, reject) => {
        report = (doneBytes) => onProgress({ stage: 'Reading glove.txt', doneBytes, totalBytes: 100e6 });
        cancel = () => reject({ code: 'cancelled', message: 'The load was cancelled.', remedy: '' });
      });
    lab.cancelLoad = async () => cancel();
    void session.loadEmbeddings([file('glove.txt')], { keep: { kind: 'all' }, tensor: null });
    act(() => report(0));
    await new Promise((resolve) => setTimeout(resolve, 600));
    act(() => report(50e6));
    expect(screen.getByText(/50.0 MB of 100 MB · .* MB\/s · .*(left|done)/)).toBeTruthy();
    fireEvent.click(screen.getByRole('button', { name: 'Cancel' }));
    await waitFor(() => expect(useLabStore.getState().data.loading).toBeNull(), slow);
    expect(screen.queryByRole('alert')).toBeNull();
    expect(screen.getByRole('heading', { name: 'GloVe 6B, 100 dimensions' })).toBeTruthy();
  });
});

describe('what is loaded', () => {
  const loadWhileKept = async (lab: FakeLab) => {
    const { session } = await enter(lab);
    let report: (done: number) => void = () => {};
    let end: (failure: { code: string; message: string; remedy: string }) => void = () => {};
    const keep = lab.keep.bind(lab);
    lab.keep = (_kind, onProgress) =>
      new Promise((_, reject) => {
        report = (doneBytes) => onProgress({ stage: 'Keeping glove.txt in this browser', doneBytes, totalBytes: 100e6 });
        end = reject;
      });
    lab.cancelKeep = async () => end({ code: 'cancelled', message: 'glove.txt is loaded, and is not kept.', remedy: '' });
    void session.loadEmbeddings([file('glove.txt')], { keep: { kind: 'all' }, tensor: null });
    await screen.findByRole('progressbar', { name: 'Keeping glove.txt' }, slow);
    return {
      report: (done: number) => act(() => report(done)),
      end: (failure: Parameters<typeof end>[0]) => act(async () => end(failure)),
      keep,
    };
  };

  it('can be used while it is kept: speed and time left are told, and a way out leaves it loaded, to be kept after all', async () => {
    const lab = new FakeLab(0);
    const { report, keep } = await loadWhileKept(lab);
    expect(screen.getByRole('heading', { name: 'glove.txt' })).toBeTruthy();
    expect(useLabStore.getState().data.loading).toBeNull();
    report(0);
    await new Promise((resolve) => setTimeout(resolve, 600));
    report(50e6);
    expect(screen.getByText(/50.0 MB of 100 MB · .* MB\/s · .*(left|done)/)).toBeTruthy();
    fireEvent.click(screen.getByRole('button', { name: 'Don’t keep' }));
    expect(await screen.findByText(/glove.txt is loaded, and is not kept/, {}, slow)).toBeTruthy();
    expect(screen.getByRole('heading', { name: 'glove.txt' })).toBeTruthy();
    expect(screen.queryByRole('list', { name: 'Kept sources' })).toBeNull();

    lab.keep = keep;
    fireEvent.click(screen.getByRole('button', { name: 'Keep it' }));
    const kept = await screen.findByRole('list', { name: 'Kept sources' }, slow);
    expect(within(kept).getByText('glove.txt')).toBeTruthy();
    await waitFor(() => expect(screen.queryByText(/is not kept/)).toBeNull(), slow);
  });

  it('is not kept where there is no room, and the sizes are told', async () => {
    const { end } = await loadWhileKept(new FakeLab(0));
    await end({
      code: 'out-of-memory',
      message: 'glove.txt takes 80 MB, and the browser has 10 MB left for this page.',
      remedy: 'Keep fewer words.',
    });
    expect(await screen.findByText(/takes 80 MB, and the browser has 10 MB left for this page. Keep fewer words./, {}, slow)).toBeTruthy();
    // Another table has nothing to do with it.
    fireEvent.click(screen.getByRole('button', { name: 'Back to the bundled data' }));
    await waitFor(() => expect(screen.queryByText(/takes 80 MB/)).toBeNull(), slow);
  });
});

describe('labelled sentences', () => {
  it('show their columns, take a tokenizer, and then say what they are', async () => {
    const { lab } = await enter();
    await give('Load labelled sentences', file('reviews.csv'));
    expect(((await screen.findByLabelText('Text column', {}, slow)) as HTMLSelectElement).value).toBe('review');
    // What a file holds is text, whatever it looks like.
    expect(screen.getByText('<b>Excellent</b> value')).toBeTruthy();
    fireEvent.change(screen.getByLabelText('Words'), { target: { value: 'unicode' } });
    fireEvent.click(screen.getByRole('button', { name: 'Use these columns' }));
    await waitFor(() => expect(useLabStore.getState().specification?.dataset.name).toBe('reviews.csv'), slow);
    expect(lastCall(lab, 'loadDataset')).toContain('"tokenizer":"unicode"');
    expect(screen.getByText(/12 texts stand in more than one split/)).toBeTruthy();
    expect(screen.getByText(/In lines 17, 204, 991/)).toBeTruthy();
  });

  it('refuse one column for both, and a split column for three files', async () => {
    await enter();
    await give('Load labelled sentences', file('train.csv'), file('valid.csv'), file('test.csv'));
    fireEvent.change(await screen.findByLabelText('Label column', {}, slow), { target: { value: 'review' } });
    expect(screen.getByRole('button', { name: 'Use these columns' })).toHaveProperty('disabled', true);
    expect(screen.queryByLabelText('Split column')).toBeNull();
  });

  it('of another language than the table say that no experiment can run', async () => {
    const { lab } = await enter();
    const report = useLabStore.getState().data.report!;
    lab.loadDataset = async () => ({ ...report, dataset: { ...report.dataset, coveredTokens: 0, coveredTypes: 0 } });
    await give('Load labelled sentences', file('reviews.csv'));
    fireEvent.click(await screen.findByRole('button', { name: 'Use these columns' }, slow));
    expect(await screen.findByText(/there is nothing to compress, and no experiment can run/, {}, slow)).toBeTruthy();
  });
});

describe('files that are dropped anywhere', () => {
  const drop = (...files: File[]) =>
    act(() => {
      const event = new Event('drop', { bubbles: true, cancelable: true });
      window.dispatchEvent(Object.assign(event, { dataTransfer: { types: ['Files'], files } }));
    });

  it('are looked into, as word vectors or else as labelled sentences', async () => {
    const { lab } = await enter();
    drop(file('reviews.csv'));
    expect(await screen.findByLabelText('Text column', {}, slow)).toBeTruthy();
    expect(lab.calls.filter((call) => call.startsWith('preview'))).toEqual(['previewEmbeddings reviews.csv', 'previewDataset reviews.csv']);
    expect(screen.queryByRole('alert')).toBeNull();
  });

  it('complete a table that waits for its vocabulary', async () => {
    const { lab } = await enter();
    drop(file('table.npy'));
    await screen.findByText('Add the vocabulary file', {}, slow);
    drop(file('words.txt'));
    await waitFor(() => expect(lastCall(lab, 'previewEmbeddings')).toBe('previewEmbeddings table.npy and words.txt'), slow);
  });
});

describe('files that are dropped at another time', () => {
  const transfer = { types: ['Files'], files: [file('reviews.csv')], dropEffect: 'copy' };
  const dispatch = (type: string) =>
    act(() => {
      window.dispatchEvent(Object.assign(new Event(type, { bubbles: true, cancelable: true }), { dataTransfer: transfer }));
    });

  it('wait for a page that is still opening', async () => {
    const lab = new FakeLab(0);
    const { session } = renderLab('/learn', lab, forgetfulMemory());
    dispatch('drop');
    expect(lab.calls).toEqual([]);
    expect(
      screen.getByText('“reviews.csv” is taken: it will be opened as soon as the lab is ready.').closest('[role=status]'),
    ).toBeTruthy();
    await act(() => session.boot('auto'));
    await waitFor(() => expect(lastCall(lab, 'previewDataset')).toBe('previewDataset reviews.csv'), slow);
    expect(screen.queryByText(/is taken/)).toBeNull();
  });

  it('wait drop after drop, and are opened when the first load has failed, too', async () => {
    const lab = new FakeLab(0);
    lab.loadBundled = () => Promise.reject({ code: 'unexpected', message: 'The bundled data are not there.', remedy: 'Reload.' });
    const { session } = renderLab('/learn', lab, forgetfulMemory());
    dispatch('drop');
    dispatch('drop');
    expect(screen.getByText('2 files are taken: they will be opened as soon as the lab is ready.')).toBeTruthy();
    await act(() => session.boot('auto'));
    await waitFor(() => expect(lab.calls.filter((call) => call === 'previewDataset reviews.csv')).toHaveLength(2), slow);
    expect(screen.queryByText(/are taken/)).toBeNull();
  });

  it('are told before they are let go that a run is using the data', async () => {
    const { lab } = await enter();
    act(() => write.runStatus('running'));
    dispatch('dragenter');
    expect(screen.getByText(/files can be dropped when it has ended or is stopped/)).toBeTruthy();
    dispatch('dragover');
    // The cursor says so too.
    expect(transfer.dropEffect).toBe('none');
    dispatch('drop');
    expect(screen.queryByText(/files can be dropped/)).toBeNull();
    act(() => write.runStatus('complete'));
    // Taken, it would have been looked into by now.
    await act(() => new Promise((resolve) => setTimeout(resolve, 200)));
    expect(lastCall(lab, 'preview')).toBeUndefined();
  });
});

describe('a file of the lab’s own work', () => {
  const run = new File([zipSync({ 'lowrank-lab-run.json': strToU8('{}') }) as Uint8Array<ArrayBuffer>], 'Monday.run.zip');
  const sweep = new File(['{"kind":"lowrank-lab-sweep"}'], 'results.json');

  it.each([
    ['a run', 'Load embeddings', run],
    ['a run', 'Load labelled sentences', run],
    ['a sweep', 'Load embeddings', sweep],
    ['a sweep', 'Load labelled sentences', sweep],
  ])('is opened as %s from the zone “%s”', async (_, zone, given) => {
    const { session, lab } = await enter();
    const openRun = vi.spyOn(session, 'openRun').mockResolvedValue();
    const importSweep = vi.spyOn(session, 'importSweepFile').mockResolvedValue();
    await give(zone, given);
    const room = given === run ? 'Compare' : 'Sweeps';
    expect(await screen.findByRole('heading', { level: 1, name: room }, slow)).toBeTruthy();
    if (given === run) expect(openRun).toHaveBeenCalledWith({ kind: 'file', file: run, name: 'Monday.run.zip' });
    else expect(importSweep).toHaveBeenCalledWith(sweep);
    expect(lab.calls.filter((call) => call.startsWith('preview'))).toEqual([]);
  });
});

describe('an address', () => {
  const open = async (address: string) => {
    const field = within(await screen.findByRole('region', { name: 'Labelled sentences' }, slow)).getByLabelText('From an address');
    fireEvent.change(field, { target: { value: address } });
    fireEvent.submit(field);
  };

  it('is fetched from only when its host was confirmed by name', async () => {
    const { lab } = await enter();
    await open('https://data.example.org/a/reviews.csv');
    const dialog = within(await screen.findByRole('dialog', { name: 'Fetch from data.example.org?' }, slow));
    expect(dialog.getByText('https://data.example.org/a/reviews.csv')).toBeTruthy();
    expect(lastCall(lab, 'previewDataset')).toBeUndefined();
    fireEvent.click(dialog.getByRole('button', { name: 'Fetch from data.example.org' }));
    await waitFor(() => expect(lastCall(lab, 'previewDataset')).toBe('previewDataset https://data.example.org/a/reviews.csv'), slow);
    expect(await screen.findByRole('region', { name: 'reviews.csv' }, slow)).toBeTruthy();
  });

  it('is left alone when its host is refused', async () => {
    const { lab } = await enter();
    await open('http://data.example.org/reviews.csv');
    fireEvent.click(await screen.findByRole('button', { name: 'Fetch nothing' }, slow));
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull(), slow);
    expect(lastCall(lab, 'previewDataset')).toBeUndefined();
  });

  it.each([
    ['file:///etc/passwd', 'is no address that the lab fetches'],
    ['javascript:alert(1)', 'is no address that the lab fetches'],
    ['reviews.csv', 'is no address that the lab fetches'],
    ['https://good.org@evil.org/x.csv', 'The address of evil.org has a name or a password in it.'],
  ])('%s is refused in a sentence', async (address, sentence) => {
    await enter();
    await open(address);
    expect((await screen.findByRole('alert', {}, slow)).textContent).toContain(sentence);
    expect(screen.queryByRole('dialog')).toBeNull();
  });
});

describe('what the browser keeps', () => {
  it('is listed, loaded again and forgotten', async () => {
    const { lab, memory } = await enter();
    expect(screen.getByText(/Nothing yet/)).toBeTruthy();
    await give('Load embeddings', file('small.vec'));
    expect(await screen.findByRole('button', { name: 'Forget small.vec' }, slow)).toBeTruthy();
    expect(memory.read().embeddings?.name).toBe('small.vec');
    await waitFor(() => expect(screen.getByRole('button', { name: 'Back to the bundled data' })).toHaveProperty('disabled', false), slow);
    fireEvent.click(screen.getByRole('button', { name: 'Back to the bundled data' }));
    await waitFor(() => expect(memory.read().embeddings).toBeNull(), slow);
    fireEvent.click(screen.getByRole('button', { name: 'Load small.vec' }));
    await waitFor(() => expect(lastCall(lab, 'loadSaved')).toBe('loadSaved sha256:1f2e3d4c null'), slow);
    await screen.findByRole('heading', { name: 'small.vec' }, slow);
    fireEvent.click(screen.getByRole('button', { name: 'Forget small.vec' }));
    fireEvent.click(screen.getByRole('button', { name: 'Keep it' }));
    expect(document.activeElement).toBe(screen.getByRole('button', { name: 'Forget small.vec' }));
    fireEvent.click(screen.getByRole('button', { name: 'Forget small.vec' }));
    fireEvent.click(screen.getByRole('button', { name: 'Forget small.vec for good' }));
    expect(await screen.findByText(/Nothing yet/, {}, slow)).toBeTruthy();
    // What is loaded stays loaded.
    expect(screen.getByRole('heading', { name: 'small.vec' })).toBeTruthy();
    expect(memory.read().embeddings).toBeNull();
  });

  it('is nothing where the browser has no room, and that is said', async () => {
    const lab = new FakeLab(0);
    lab.storage = async () => ({ saved: [], usedBytes: 0, quotaBytes: null });
    const { memory } = await enter(lab);
    await give('Load embeddings', file('small.vec'));
    expect(await screen.findByRole('heading', { name: 'small.vec' }, slow)).toBeTruthy();
    expect(screen.getByText(/what you load is gone with the page/)).toBeTruthy();
    expect(memory.read().embeddings).toBeNull();
  });

  const used = { embeddings: { id: 'sha256:1', name: 'my.vec' }, dataset: null };

  it('is in use again at the next visit', async () => {
    const lab = new FakeLab(0);
    lab.saved = [{ kind: 'embeddings', source: used.embeddings, summary: '', sizeBytes: 9, savedAt: 1 }];
    await enter(lab, forgetfulMemory(used));
    expect(await screen.findByRole('heading', { name: 'my.vec' }, slow)).toBeTruthy();
    expect(lastCall(lab, 'loadSaved')).toBe('loadSaved sha256:1 null');
  });

  it('gives way to the bundled data, in a sentence, when it is gone', async () => {
    await enter(new FakeLab(0), forgetfulMemory(used));
    expect(await screen.findByText(/“my.vec” is no longer kept by this browser/, {}, slow)).toBeTruthy();
    expect(screen.getByRole('heading', { name: 'GloVe 6B, 100 dimensions' })).toBeTruthy();
  });

  it('gives way to the bundled data when it is damaged, and says so', async () => {
    const lab = new FakeLab(0);
    lab.saved = [{ kind: 'embeddings', source: used.embeddings, summary: '', sizeBytes: 9, savedAt: 1 }];
    lab.loadSaved = () => Promise.reject({ code: 'bad-embeddings', message: 'The copy of my.vec is damaged.', remedy: 'Forget it.' });
    await enter(lab, forgetfulMemory(used));
    expect((await screen.findByRole('alert', {}, slow)).textContent).toContain('The copy of my.vec is damaged.');
    expect(screen.getByRole('heading', { name: 'GloVe 6B, 100 dimensions' })).toBeTruthy();
  });
});
