// @vitest-environment happy-dom
import { act, fireEvent, screen, waitFor, within } from '@testing-library/react';
import { afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { FakeLab } from '../../client/testing/fake-lab';
import { useLabStore, write } from '../../store/store';
import { renderLab, tearDown } from '../testing/render-lab';
import { linesOf } from './sentence-panel';

const slow = { timeout: 10_000 };

// A room is compiled when it is entered, on cores that have other tests to run.
vi.setConfig({ testTimeout: 30_000 });

beforeAll(() => {
  window.scrollTo = vi.fn() as never;
  // Nothing is ever in sight of a made-up DOM.
  vi.stubGlobal('IntersectionObserver', undefined);
});
afterEach(tearDown);

async function enter(lab = new FakeLab(0)) {
  const { session } = renderLab('/try', lab);
  await act(() => session.boot('auto'));
  act(() => session.run());
  await waitFor(() => expect(useLabStore.getState().models).toHaveLength(7), slow);
  return { field: await screen.findByLabelText('Sentences, one a line', {}, slow), lab, session };
}

const type = (field: HTMLElement, text: string) => fireEvent.change(field, { target: { value: text } });
const cells = (row: HTMLElement) => within(row).getAllByRole('cell');

describe('trying models out', () => {
  it('classifies a sentence as it is typed, with every model', async () => {
    const { field } = await enter();
    type(field, 'xyzzy is great');
    const table = await screen.findByRole('table', { name: 'Probabilities' }, slow);
    await waitFor(() => expect(cells(within(table).getAllByRole('row')[1])[1].textContent).toMatch(/^8[0-9]\.\d %/), slow);
    expect(within(table).getAllByRole('row')).toHaveLength(8);
    expect(within(table).getAllByText('at 90 %')).toHaveLength(6);
    type(field, '  ');
    await waitFor(() => expect(screen.queryByRole('table', { name: 'Probabilities' })).toBeNull(), slow);
  });

  it('says by which words, in figures that need no colour, and marks unknown ones', async () => {
    const { field } = await enter();
    type(field, 'xyzzy is great');
    const words = () => within(screen.getByRole('table', { name: 'Contribution of each word' })).getAllByRole('row');
    await waitFor(() => expect(words().map((row) => row.textContent)).toHaveLength(4), slow);
    expect(cells(words()[1])[0].textContent).toBe('unknown');
    expect(Number(cells(words()[3])[1].textContent)).toBeGreaterThan(0.3);
    expect(await screen.findByText('(unknown)', {}, slow)).toBeTruthy();
    const before = screen.getByText(/says “positive”/).textContent;
    fireEvent.change(screen.getByLabelText('Model of the words'), { target: { value: 'full' } });
    expect(screen.getByText(/says “positive”/).textContent).not.toBe(before);
  });

  it('lists pasted sentences, one of which is looked at', async () => {
    const { field } = await enter();
    type(field, 'great\r\n\n a bad, poor thing \nexcellent');
    const list = await screen.findByRole('region', { name: '3 sentences' }, slow);
    const [first, second] = within(list).getAllByRole('button', { pressed: false });
    expect([first, second].map(({ textContent }) => textContent)).toEqual([
      expect.stringContaining('a bad, poor thingnegative'),
      expect.stringContaining('excellentpositive'),
    ]);
    fireEvent.click(first);
    await waitFor(() => expect(screen.getByRole('table', { name: 'Contribution of each word' }).textContent).toContain('poor'), slow);
    expect(useLabStore.getState().tryout.sentence).toBe(1);
  });

  it('shows where the models differ, and takes a sentence into the field', async () => {
    const { field, lab } = await enter();
    const table = await screen.findByRole('table', { name: 'Test sentences on which the models disagree' }, slow);
    expect(within(table).getAllByRole('row')).toHaveLength(4);
    expect(screen.getByText(/on 3 of 450 test sentences/)).toBeTruthy();
    const model = useLabStore.getState().models[1].id;
    fireEvent.change(screen.getByLabelText('Who differs'), { target: { value: model } });
    await waitFor(() => expect(lab.calls).toContain(`disagreements ${model}`));
    expect(await screen.findByText(/differs from the full table on/, {}, slow)).toBeTruthy();
    fireEvent.click(within(table).getAllByTitle('Take it into the field')[0]);
    expect((field as HTMLTextAreaElement).value).toBe('A great cast, and a poor film.');
  });

  it('shows a word’s neighbours in every table, by a click on the word too', async () => {
    const { field, lab } = await enter();
    type(field, 'nothing is great');
    await screen.findByRole('region', { name: 'Neighbours of “nothing”, Full table' }, slow);
    fireEvent.click(await screen.findByTitle('Neighbours of “great”', {}, slow));
    const ofFull = await screen.findByRole('region', { name: 'Neighbours of “great”, Full table' }, slow);
    expect(within(ofFull).getAllByRole('listitem')).toHaveLength(10);
    expect(screen.getAllByRole('region', { name: /^Neighbours of “great”/ })).toHaveLength(8);
    fireEvent.change(screen.getByLabelText('Word'), { target: { value: 'zz' } });
    expect((await screen.findByText('“zz” is not in the experiment’s vocabulary.', {}, slow)).getAttribute('role')).toBe('alert');
    expect(lab.calls).toContain('tableNeighbours zz');
  });

  it('counts the overlap, which can be stopped and gone on with', async () => {
    const { lab } = await enter(new FakeLab(2));
    await screen.findByText('25 %', {}, slow);
    fireEvent.click(screen.getByRole('button', { name: 'Stop', hidden: false }));
    fireEvent.click(await screen.findByRole('button', { name: 'Go on' }, slow));
    const figure = await screen.findByRole('figure', { name: 'How many of its ten neighbours a word keeps' }, slow);
    expect(figure.textContent).toContain('2,000 words drawn from 4,987');
    expect(lab.calls).not.toContain('unexpected');
  });

  it('says where every other word is a neighbour, instead of counting', async () => {
    const lab = new FakeLab(0);
    const others = Array.from({ length: 8 }, (_, n) => ({ word: `w${n}`, cosine: 1 - n / 8 }));
    lab.tableNeighbours = async (word) => ({
      word,
      tables: ['pretrained', 'full', 'low-rank@0.9'].map((table) => ({ table, neighbours: others })),
      allOthers: true,
    });
    lab.neighbourOverlap = async () => ({
      reference: 'full',
      words: 9,
      vocabulary: 9,
      neighbours: 8,
      allOthers: true,
      tables: [{ table: 'pretrained', mean: 1, histogram: [0, 0, 0, 0, 0, 0, 0, 0, 9] }],
    });
    await enter(lab);
    expect(await screen.findByText(/^A word has 8 others, and so few are all its neighbours in every table/, {}, slow)).toBeTruthy();
    expect(screen.queryByRole('figure', { name: /neighbours a word keeps/ })).toBeNull();
    expect((await screen.findAllByText('all the others', {}, slow)).length).toBe(2);
    expect(screen.getByText(/each list holds them all/)).toBeTruthy();
    expect(screen.queryByText(/of 8 the same/)).toBeNull();
  });

  it('counts a table of fewer words of as many as the reference has, as the figure does', async () => {
    const lab = new FakeLab(0);
    const others = Array.from({ length: 10 }, (_, n) => ({ word: `w${n}`, cosine: 1 - n / 10 }));
    lab.tableNeighbours = async (word) => ({
      word,
      tables: [
        { table: 'pretrained', neighbours: others.slice(0, 5) },
        { table: 'full', neighbours: others },
      ],
      allOthers: false,
    });
    await enter(lab);
    const ofPretrained = await screen.findByRole('region', { name: /^Neighbours of “.+”, pretrained/ }, slow);
    expect(ofPretrained.textContent).toContain('5 of 10 the same');
  });

  it('counts of fewer than ten where the reference has fewer', async () => {
    const lab = new FakeLab(0);
    lab.neighbourOverlap = async () => ({
      reference: 'pretrained',
      words: 5,
      vocabulary: 5,
      neighbours: 4,
      allOthers: false,
      tables: [{ table: 'full', mean: 0.5, histogram: [0, 0, 5, 0, 0] }],
    });
    await enter(lab);
    const figure = await screen.findByRole('figure', { name: 'How many of its 4 neighbours a word keeps' }, slow);
    expect(figure.textContent).toContain('of 4; share of words');
    expect(figure.textContent).toContain('2.0');
  });

  it('leaves nothing of the models before on the screen', async () => {
    const { field } = await enter();
    await screen.findByRole('table', { name: 'Probabilities' }, slow);
    act(() => write.models([...useLabStore.getState().models]));
    expect(screen.queryByRole('table', { name: 'Probabilities' })).toBeNull();
    expect((screen.getByLabelText('Sentences, one a line') as HTMLTextAreaElement).value).toBe((field as HTMLTextAreaElement).value);
    await screen.findByRole('table', { name: 'Probabilities' }, slow);
  });
});

it('reads sentences by lines, without empty ones', () => {
  expect(linesOf(' a\r\n\r\nb \n')).toEqual(['a', 'b']);
  expect(linesOf('\n')).toEqual([]);
});
