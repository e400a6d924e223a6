// @vitest-environment happy-dom
import { act, fireEvent, screen, waitFor, within } from '@testing-library/react';
import { afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { FakeLab } from '../../../client/testing/fake-lab';
import { useLabStore, write } from '../../../store/store';
import { renderLab, tearDown } from '../../testing/render-lab';
import { lessons } from '../lessons/registry';
import { enterStep } from './enter-step';

const slow = { timeout: 10_000 };
const [first] = lessons;
const schedules = lessons.find(({ id }) => id === 'why-cycles-why-annealing')!;
const training = lessons.find(({ id }) => id === 'why-train-the-factors')!;

beforeAll(() => {
  window.scrollTo = vi.fn() as never;
});
beforeEach(() => localStorage.clear());
afterEach(() => {
  tearDown();
  vi.restoreAllMocks();
});

const heading = (name: string) => screen.findByRole('heading', { level: 2, name }, slow);
const counting = () => useLabStore.getState().learn.counting;
const press = (key: string, on: Element = document.body) => fireEvent.keyDown(on, { key });

describe('a lesson', () => {
  it('is read from its first step to its last, and is remembered', async () => {
    renderLab('/learn');
    fireEvent.click(await screen.findByRole('link', { name: /What a table costs/ }, slow));
    for (const [i, step] of first.steps.entries()) {
      const title = await heading(step.title);
      expect(screen.getByText(`Step ${i + 1} of ${first.steps.length}`).getAttribute('role')).toBe('status');
      expect(document.title).toBe(`${i + 1}. ${step.title} · ${first.title} · Lowrank Lab`);
      if (i > 0) expect(document.activeElement).toBe(title);
      for (const paragraph of step.text) expect(screen.getByText(paragraph)).toBeTruthy();
      const answer = screen.getByText(step.question).closest('details')!;
      expect(answer.open).toBe(false);
      fireEvent.click(within(answer).getByText(step.question));
      expect(answer.open).toBe(true);
      expect(within(answer).getByText(step.answer)).toBeTruthy();
      fireEvent.click(screen.getByRole('button', { name: i + 1 < first.steps.length ? 'Next' : 'Finish' }));
    }
    expect((await screen.findByRole('link', { name: /What a table costs/ }, slow)).textContent).toContain('seen through');
    expect(document.title).toBe('Learn · Lowrank Lab');
  });

  it('sets what its step sets on entering it, not again after that, and puts back what was there before it', async () => {
    write.learn('counting', { vocabulary: 5000, rank: 77 });
    const before = counting();
    renderLab(`/learn/lesson/${first.id}/5`);
    await heading(first.steps[4].title);
    expect(counting()).toEqual(first.steps[4].state.learn?.counting);
    act(() => write.learn('counting', { rank: 12 }));
    expect(counting().rank).toBe(12);
    fireEvent.click(screen.getByRole('button', { name: 'Set up again' }));
    expect(counting().rank).toBe(280);
    fireEvent.click(screen.getByRole('button', { name: 'Back' }));
    await heading(first.steps[3].title);
    expect(counting().rank).toBe(30);
    act(() => write.learn('counting', { rank: 29 }));
    fireEvent.click(screen.getByRole('link', { name: 'All lessons' }));
    await screen.findByRole('list', { name: 'Lessons' }, slow);
    expect(counting()).toEqual(before);
  });

  it('turns its pages by keys, but in a field, and does not fall off its end', async () => {
    renderLab(`/learn/lesson/${first.id}/4`);
    await heading(first.steps[3].title);
    press('ArrowRight');
    await heading(first.steps[4].title);
    press('ArrowRight');
    await heading(first.steps[4].title);
    press('ArrowLeft');
    await heading(first.steps[3].title);
    press('ArrowLeft', await screen.findByRole('slider', { name: 'Rank, r' }, slow));
    await heading(first.steps[3].title);
  });

  it('goes on where it was left, and begins again when it is asked to', async () => {
    renderLab(`/learn/lesson/${first.id}/3`);
    await heading(first.steps[2].title);
    fireEvent.click(screen.getByRole('link', { name: 'All lessons' }));
    const card = await screen.findByRole('link', { name: /What a table costs/ }, slow);
    expect(card.textContent).toContain('on with step 3 of 5');
    fireEvent.click(card);
    await heading(first.steps[2].title);
    fireEvent.click(screen.getByRole('button', { name: 'Again from the start' }));
    await heading(first.steps[0].title);
    expect(screen.getByRole('list', { name: 'Steps' }).querySelectorAll('[data-seen]')).toHaveLength(1);
  });

  it.each([
    ['/learn/lesson/no-such-lesson/1', 'Learn'],
    [`/learn/lesson/${first.id}/99`, first.title],
    [`/learn/lesson/${first.id}/x`, first.title],
    [`/learn/lesson/${first.id}`, first.title],
  ])('is found by an old or odd address as far as it can be: %s', async (path, title) => {
    renderLab(path);
    expect(await screen.findByRole('heading', { level: 1, name: new RegExp(`${title}$`) }, slow)).toBeTruthy();
    if (title === first.title) await heading(first.steps[0].title);
  });

  it('hands out a plain address', async () => {
    const writeText = vi.spyOn(navigator.clipboard, 'writeText').mockResolvedValue();
    renderLab(`/learn/lesson/${first.id}/2`);
    await heading(first.steps[1].title);
    fireEvent.click(screen.getByRole('button', { name: 'Link to this step' }));
    await screen.findByRole('button', { name: 'Copied' }, slow);
    expect(writeText).toHaveBeenCalledWith(`${location.origin}${location.pathname}#/learn/lesson/${first.id}/2`);
  });

  it('prints as a sheet, with its answers or without', async () => {
    renderLab(`/learn/lesson/${first.id}/print`);
    const sheet = await screen.findByRole('article', { name: `Lesson sheet: ${first.title}` }, slow);
    for (const step of first.steps) {
      expect(within(sheet).getByRole('heading', { name: step.title })).toBeTruthy();
      expect(within(sheet).getAllByText(step.question).length).toBeGreaterThan(0);
      expect(sheet.textContent).toContain(step.answer);
    }
    const print = vi.fn();
    window.print = print;
    fireEvent.click(screen.getByRole('button', { name: 'Print' }));
    expect(print).toHaveBeenCalledOnce();
    fireEvent.click(screen.getByRole('radio', { name: 'No answers' }));
    for (const step of first.steps) expect(sheet.textContent).not.toContain(step.answer);
  });
});

describe('a step that trains', () => {
  it('sets the experiment as soon as there is one to set, and runs it', async () => {
    const { session, lab } = renderLab(`/learn/lesson/${training.id}/2`);
    await heading(training.steps[1].title);
    expect(useLabStore.getState().specification).toBeNull();
    await act(() => session.boot('auto'));
    expect(useLabStore.getState().specification).toMatchObject(training.steps[1].state.specification!);
    expect(screen.getByText(/trains for about/)).toBeTruthy();
    fireEvent.click(await screen.findByRole('button', { name: 'Run' }, slow));
    await waitFor(() => expect(useLabStore.getState().run.status).toBe('complete'), slow);
    expect((lab as FakeLab).calls.filter((call) => call === 'run')).toHaveLength(1);
    const figure = await screen.findByRole('figure', { name: 'Against the full table, seed by seed' }, slow);
    await waitFor(() => expect(within(figure).getByText(/^Full table, seed by seed:/)).toBeTruthy(), slow);
  });

  it('puts the experiment, the race and its speed back when it is left, and keeps the data that were loaded meanwhile', async () => {
    const { session, lab } = renderLab(`/learn/lesson/${schedules.id}/5`);
    await act(() => session.boot('auto'));
    const own = useLabStore.getState();
    await heading(schedules.steps[4].title);
    await waitFor(() => expect(useLabStore.getState().race.specification?.epochs).toBe(4), slow);
    expect(useLabStore.getState().race.watched).toBe(true);
    fireEvent.click(await screen.findByRole('button', { name: 'Start race' }, slow));
    await waitFor(() => expect((lab as FakeLab).calls).toContain('race abc in 12 s'), slow);
    fireEvent.click(screen.getByRole('radio', { name: 'Full speed' }));
    await waitFor(() => expect((lab as FakeLab).calls).toContain('watchRace null'), slow);
    await waitFor(() => expect(useLabStore.getState().race.run.status).toBe('complete'), slow);
    act(() => {
      write.specification({ dataset: { id: 'own', name: 'Own' }, task: 'stars' });
      write.raceSpecification({ dataset: { id: 'own', name: 'Own' }, task: 'stars' });
    });
    fireEvent.click(screen.getByRole('link', { name: 'All lessons' }));
    await screen.findByRole('list', { name: 'Lessons' }, slow);
    const { specification, race } = useLabStore.getState();
    const left = { dataset: { id: 'own', name: 'Own' }, task: 'stars' };
    expect(specification).toEqual({ ...own.specification, ...left });
    expect(race.specification?.epochs).not.toBe(4);
    expect(race.specification).toMatchObject(left);
    expect(race.watched).toBe(false);
    expect(race.run.status).toBe('complete');
  });

  it('leaves a run that goes on alone', async () => {
    const { session, lab } = renderLab(`/learn/lesson/${training.id}/1`, new FakeLab(30));
    await act(() => session.boot('auto'));
    fireEvent.click(await screen.findByRole('button', { name: 'Run' }, slow));
    await waitFor(() => expect(useLabStore.getState().run.status).toBe('running'), slow);
    fireEvent.click(screen.getByRole('button', { name: 'Next' }));
    await heading(training.steps[1].title);
    expect(screen.getByText('A training is going on; it is not started anew.')).toBeTruthy();
    expect(await screen.findByText(/started with other settings/, {}, slow)).toBeTruthy();
    expect(useLabStore.getState().run.specification?.rates).toEqual([0.9]);
    expect(useLabStore.getState().specification?.rates).toEqual([0.95]);
    expect((lab as FakeLab).calls.filter((call) => call === 'run')).toHaveLength(1);
  });

  it('sets nothing any more once it was left', () => {
    const leave = enterStep({ specification: { epochs: 3 } });
    leave();
    const { session } = renderLab('/train');
    return session.boot('auto').then(() => expect(useLabStore.getState().specification?.epochs).not.toBe(3));
  });
});
