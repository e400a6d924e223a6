// @vitest-environment happy-dom
import { act, fireEvent, screen, waitFor, within } from '@testing-library/react';
import { afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { FakeLab } from '../../client/testing/fake-lab';
import { fakeWordCloud } from '../../client/testing/fake-words';
import type { LabFailure } from '../../protocol/failure';
import { useLabStore, write } from '../../store/store';
import { renderLab, tearDown } from '../testing/render-lab';
import { vocabularyAt } from './counting/counting';

const slow = { timeout: 15_000 };

/** What nobody moves stands still, unless a test is about motion. */
let stillWanted = true;
beforeAll(() => {
  window.scrollTo = vi.fn() as never;
  window.matchMedia = ((query: string) => ({
    matches: stillWanted && query.includes('reduced-motion'),
    media: query,
    addEventListener: () => {},
    removeEventListener: () => {},
    addListener: () => {},
    removeListener: () => {},
    dispatchEvent: () => false,
    onchange: null,
  })) as never;
});
afterEach(() => {
  stillWanted = true;
  tearDown();
});

/** Quietly: a picture that moves is looked at often, and a search that fails loudly describes the whole page each time. */
const shown = (text: string) => waitFor(() => expect(screen.queryByText(text)).not.toBeNull(), slow);

async function open(piece: string, lab = new FakeLab(0)) {
  const { session } = renderLab(`/learn/${piece}`, lab);
  // `act` waits until nothing changes any more, which is never where something turns.
  await (stillWanted ? act(() => session.boot('auto')) : session.boot('auto'));
  await shown('What to see here');
  return lab;
}
/** By its words: a search by role asks for the style of every element of a page full of charts. */
const slider = (name: string) => screen.getByLabelText(name) as HTMLInputElement;
const button = (name: string) => screen.getByText(name, { selector: 'button *, button' }).closest('button')!;
const column = (rank: number) => screen.findByLabelText(`Neighbours at rank ${rank}`, {}, slow);

describe('the projection', () => {
  const cloudOf = () => screen.getByLabelText(/^The cloud/);

  it('turns by the arrow keys, and stops turning by itself as soon as it is touched', async () => {
    stillWanted = false;
    await open('projection');
    expect(button('Hold still')).toBeTruthy();
    fireEvent.keyDown(cloudOf(), { key: 'ArrowRight' });
    expect(button('Turn')).toBeTruthy();
    const before = Number(cloudOf().getAttribute('data-yaw'));
    fireEvent.keyDown(cloudOf(), { key: 'ArrowRight' });
    expect(Number(cloudOf().getAttribute('data-yaw'))).toBeCloseTo(before + (6 * Math.PI) / 180, 2);
    fireEvent.keyDown(cloudOf(), { key: 'ArrowUp' });
    expect(Number(cloudOf().getAttribute('data-pitch'))).toBeGreaterThan(0.28);
  });

  it('stands still from the start where motion is unwanted, and goes to the SVD’s plane at once', async () => {
    await open('projection');
    expect(button('Turn')).toBeTruthy();
    fireEvent.click(button("Take the SVD's plane"));
    expect(screen.getByText('That is it: no tilt loses less.')).toBeTruthy();
    const lost = 1 - fakeWordCloud().kept;
    expect(screen.getAllByText(`${(100 * lost).toFixed(1)} %`)).toHaveLength(2);
  });

  it('says what a tilted plane loses: all that lies along its normal', async () => {
    await open('projection');
    // Upright across the x axis: what is lost is the x coordinates.
    fireEvent.change(slider('Azimuth'), { target: { value: '90' } });
    fireEvent.change(slider('Elevation'), { target: { value: '0' } });
    const { points } = fakeWordCloud();
    const squares = points.map((value) => value * value);
    const lost = squares.filter((_, at) => at % 3 === 0).reduce((a, b) => a + b, 0) / squares.reduce((a, b) => a + b, 0);
    expect(screen.getByText(`${(100 * lost).toFixed(1)} %`)).toBeTruthy();
    expect(screen.getByText(/Can you do better by hand/)).toBeTruthy();
  });

  it('moves to the SVD’s plane where motion is welcome, and drops the words onto it', async () => {
    stillWanted = false;
    await open('projection');
    fireEvent.click(button("Take the SVD's plane"));
    await shown('That is it: no tilt loses less.');
    fireEvent.click(button('Drop the words onto it'));
    await shown('Lift the words again');
  });

  it('names the words one by one by N and P, and brings a topic forward', async () => {
    await open('projection');
    fireEvent.keyDown(cloudOf(), { key: 'n' });
    expect(screen.getByText('· Animals', { exact: false }).textContent).toContain('dog');
    fireEvent.keyDown(cloudOf(), { key: 'p' });
    expect(screen.getByText('· Numbers', { exact: false }).textContent).toContain('four');
    fireEvent.click(button('Food'));
    expect(button('Food').getAttribute('aria-pressed')).toBe('true');
    const faded = cloudOf().querySelector('[data-word="dog"]')?.getAttribute('opacity');
    expect(Number(faded)).toBeLessThan(Number(cloudOf().querySelector('[data-word="bread"]')?.getAttribute('opacity')));
    expect(screen.getByText(/Here colour and sign are a topic/)).toBeTruthy();
  });

  it('shows why there is no cloud', async () => {
    const lab = new FakeLab(0);
    const failure: LabFailure = { code: 'no-data', message: 'Of the cloud’s words, “mine” has 2.', remedy: 'Load English vectors.' };
    lab.wordCloud = () => Promise.reject(failure);
    const { session } = renderLab('/learn/projection', lab);
    await act(() => session.boot('auto'));
    expect((await screen.findByRole('alert', {}, slow)).textContent).toContain('“mine” has 2');
  });
});

describe('the rank', () => {
  it('shows the neighbours at several ranks, those of the table itself marked', async () => {
    await open('rank');
    const whole = await column(100);
    expect(within(whole).getAllByLabelText('same')).toHaveLength(10);
    const one = await column(1);
    expect(within(one).getAllByLabelText('same').length).toBeLessThan(10);
    fireEvent.change(slider('Rank, r'), { target: { value: '7' } });
    const chosen = await column(7);
    const overlap = within(chosen).getAllByLabelText('same').length;
    expect(screen.getByText(`${overlap} of 10`)).toBeTruthy();
  });

  it('asks for another word, and says which one the table lacks', async () => {
    const lab = await open('rank');
    const input = screen.getByLabelText('Word');
    fireEvent.change(input, { target: { value: 'dog' } });
    fireEvent.keyDown(input, { key: 'Enter' });
    await waitFor(() => expect(lab.calls).toContain('neighbours dog'), slow);
    fireEvent.change(input, { target: { value: 'zzz' } });
    fireEvent.keyDown(input, { key: 'Enter' });
    await shown('The loaded table has no word “zzz”.');
  });
});

describe('the number line', () => {
  const drawing = () => screen.getByLabelText(/values from .* levels/);

  it('starts with the paper’s numbers, and compares three ways at the same number of levels', async () => {
    await open('number-line');
    const fates = screen.getByLabelText('Where the numbers go');
    expect(
      within(fates)
        .getAllByRole('listitem')
        .map((item) => item.textContent?.split(' ')[0]),
    ).toEqual(['75', '83', '87']);
    expect(within(screen.getByLabelText(/same number of levels/)).getAllByRole('row')).toHaveLength(4);
    const figure = drawing();
    expect(figure.querySelectorAll('[data-level]')).toHaveLength(4);
  });

  it('moves its levels with the slider, and takes numbers of one’s own', async () => {
    await open('number-line');
    fireEvent.change(slider('Levels'), { target: { value: '6' } });
    expect(useLabStore.getState().learn.numberLine.levels).toBe(8);
    expect(screen.getByText('8 levels, 3 bits')).toBeTruthy();
    await waitFor(() => expect(drawing().querySelectorAll('[data-level]')).toHaveLength(8), slow);
    fireEvent.change(screen.getByLabelText('Numbers'), { target: { value: '1, 2, 9' } });
    expect(useLabStore.getState().learn.numberLine.values).toEqual([1, 2, 9]);
    fireEvent.change(screen.getByLabelText('Numbers'), { target: { value: '1, 2, nine' } });
    expect(useLabStore.getState().learn.numberLine.values).toEqual([1, 2, 9]);
    expect(screen.getByText('Write numbers, with commas between them.')).toBeTruthy();
  });

  it('shows the table, and gives one’s own numbers back afterwards', async () => {
    act(() => write.learn('numberLine', { values: [1, 5, 7] }));
    await open('number-line');
    fireEvent.click(screen.getByText('The loaded table'));
    expect(await screen.findByText(/^The values of/, {}, slow)).toBeTruthy();
    expect(screen.queryByLabelText('Numbers')).toBeNull();
    fireEvent.click(screen.getByText('Numbers of my own'));
    expect(useLabStore.getState().learn.numberLine.values).toEqual([1, 5, 7]);
  });

  it('chooses a way by its row', async () => {
    await open('number-line');
    fireEvent.click(button('Even levels, min-max'));
    expect(useLabStore.getState().learn.numberLine.quantizer).toBe('min-max');
    expect((screen.getByLabelText('Levels chosen') as HTMLSelectElement).value).toBe('min-max');
  });
});

describe('the counting lesson', () => {
  it('starts from the paper’s table, another, or the one that is loaded', async () => {
    await open('counting');
    expect(button('The paper’s example').getAttribute('aria-pressed')).toBe('true');
    fireEvent.click(button('GloVe, 400,000 words'));
    expect(screen.getByText('120,000,000')).toBeTruthy();
    expect(screen.getByText('12,009,000')).toBeTruthy();
    const { words, dimension } = useLabStore.getState().data.report!.embeddings;
    fireEvent.click(button('The loaded table'));
    expect(useLabStore.getState().learn.counting).toEqual({ vocabulary: words, dimension, rank: dimension / 10 });
    // The slider goes on from there, in round numbers.
    fireEvent.change(slider('Words, V'), { target: { value: '40' } });
    expect(useLabStore.getState().learn.counting.vocabulary).toBe(vocabularyAt(40));
  });
});
