// @vitest-environment happy-dom
import { act, fireEvent, screen, waitFor, within } from '@testing-library/react';
import { afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { FakeLab } from '../../client/testing/fake-lab';
import type { LabFailure } from '../../protocol/failure';
import { useLabStore, write } from '../../store/store';
import { renderLab, tearDown } from '../testing/render-lab';

const slow = { timeout: 20_000 };
/** Each test draws a whole room, and may have to compile it first. */
const unhurried = { timeout: 60_000 };

beforeAll(() => {
  window.scrollTo = vi.fn() as never;
});
afterEach(tearDown);

const race = () => useLabStore.getState().race;
const button = (name: string | RegExp) => screen.findByRole('button', { name }, slow);
const lane = (letter: string) => screen.findByRole('group', { name: `Lane ${letter}` }, slow);
const peakOf = async (letter: string) => within(await lane(letter)).getByRole('slider', { name: 'Peak rate' }) as HTMLInputElement;

async function enter(lab = new FakeLab(0), path = '/train/race') {
  const { session } = renderLab(path, lab);
  await act(() => session.boot('auto'));
  await lane('A');
  return { session, lab };
}

/** A race that stands still in its middle. */
async function paused(lab = new FakeLab(3)) {
  const entered = await enter(lab);
  act(() => write.raceSpecification({ seeds: [1], epochs: 4 }));
  fireEvent.click(await button('Start race'));
  await waitFor(() => expect(race().run.traces['1|a']?.losses.length).toBeGreaterThan(20), slow);
  fireEvent.click(await button('Pause'));
  await waitFor(() => expect(race().run.status).toBe('paused'), slow);
  return entered;
}

describe('the race', unhurried, () => {
  it('opens on three schedules at one peak, previewed before anything is run', async () => {
    await enter();
    expect(screen.getAllByRole('group', { name: /^Lane/ })).toHaveLength(3);
    await waitFor(() => expect(screen.getAllByRole('img', { name: /^Preview over 39\d steps/ })).toHaveLength(3), slow);
    const figure = screen.getByRole('figure', { name: 'Learning rate' });
    expect(figure.textContent).toContain('planned; nothing has been trained yet');
  });

  it('is reached from the experiment, and leads back', async () => {
    const { session } = renderLab('/train');
    await act(() => session.boot('auto'));
    const ways = await screen.findByRole('navigation', { name: 'Train' }, slow);
    fireEvent.click(within(ways).getByRole('link', { name: 'Race' }));
    expect(await lane('A')).toBeTruthy();
    expect(screen.getByRole('link', { name: 'Train' }).getAttribute('aria-current')).toBe('page');
  });

  it('races to its end: a row a lane, seeds counted, a conclusion, and the header tells of it', async () => {
    await enter();
    act(() => write.raceSpecification({ epochs: 2, seeds: [1, 2] }));
    fireEvent.click(await button('Start race'));
    await waitFor(() => expect(race().run.status).toBe('complete'), slow);
    const table = await screen.findByRole('table', { name: 'End line' }, slow);
    await waitFor(() => expect(within(table).getAllByText('2 of 2')).toHaveLength(3), slow);
    expect(within(table).getAllByRole('img', { name: /seed 1: .* %, seed 2: .* %/ })).toHaveLength(3);
    expect(screen.getByRole('region', { name: 'What this race shows' }).textContent).toContain(race().run.conclusion?.claim);
    expect(screen.getByText('Race complete', { selector: '[title]' })).toBeTruthy();
  });

  it('takes lanes up to six, and leaves one', async () => {
    await enter();
    const add = await button('Add a lane');
    for (let i = 0; i < 5; i++) fireEvent.click(add);
    expect(screen.getAllByRole('group', { name: /^Lane/ })).toHaveLength(6);
    // An added one has a schedule that was not there, as long as there are such.
    const offered = new Set(useLabStore.getState().lab.catalogue?.schedules.map(({ id }) => id)).size;
    const chosen = new Set(race().specification?.lanes.map(({ segments }) => segments[0].schedule.id)).size;
    expect(chosen).toBe(Math.min(6, offered));
    for (const letter of ['A', 'B', 'C', 'D', 'E', 'F']) fireEvent.click(screen.getByLabelText(`Remove lane ${letter}`));
    expect(screen.getAllByRole('group', { name: /^Lane/ })).toHaveLength(1);
  });

  it('changes a lane in the race that goes on, as one change however often the slider moved', async () => {
    const { lab } = await paused();
    const peak = await peakOf('A');
    for (const place of ['70', '75', '80']) fireEvent.change(peak, { target: { value: place } });
    await waitFor(() => expect(lab.calls.filter((call) => call.startsWith('changeLane'))).toEqual(['changeLane a fixed 0.1']), slow);
    await waitFor(() => expect(race().run.changes).toHaveLength(1), slow);
    expect(race().run.lanes[0].segments.at(-1)).toMatchObject({ peak: 0.1 });
    fireEvent.click(await button('Resume'));
    await waitFor(() => expect(race().run.status).toBe('complete'), slow);
    // The next race goes by what the controls say; what was raced can be had again.
    expect(race().specification?.lanes[0].segments).toHaveLength(1);
    fireEvent.click(await button('As it was raced'));
    expect(race().specification?.lanes[0].segments).toHaveLength(2);
    expect(await screen.findByText(/changes at step/, {}, slow)).toBeTruthy();
  });

  it('forks a lane, which gets a letter and a trace of its own', async () => {
    const { lab } = await paused();
    fireEvent.click(await button('Fork lane B'));
    expect(lab.calls).toContain('forkLane b d');
    await lane('D');
    fireEvent.click(await button('Resume'));
    await waitFor(() => expect(race().run.status).toBe('complete'), slow);
    const { firstStep } = race().run.traces['1|d'];
    expect(firstStep).toBe(race().run.changes[0].step);
    expect(firstStep).toBeGreaterThan(0);
  });

  it('takes a refused change back, and says why', async () => {
    const lab = new FakeLab(3);
    const failure: LabFailure = { code: 'bad-specification', message: 'Lane a broke at step 3.', remedy: 'Fork another lane.' };
    lab.changeLane = () => Promise.reject(failure);
    await paused(lab);
    const peak = await peakOf('A');
    const before = peak.value;
    fireEvent.change(peak, { target: { value: '100' } });
    expect((await screen.findByRole('alert', {}, slow)).textContent).toContain('Lane a broke at step 3.');
    expect((await peakOf('A')).value).toBe(before);
  });

  it('says of a broken lane at which step it broke', async () => {
    await enter();
    act(() => write.raceSpecification({ epochs: 2, seeds: [1] }));
    fireEvent.change(await peakOf('A'), { target: { value: '120' } });
    fireEvent.click(await button('Start race'));
    await waitFor(() => expect(race().run.status).toBe('complete'), slow);
    const { brokenAt } = race().run.traces['1|a'];
    const row = await screen.findByTestId('lane-a', {}, slow);
    await waitFor(() => expect(row.textContent).toContain(`broke at step ${brokenAt}`), slow);
    expect(row.textContent).toContain('0 of 1');
  });

  it('waits for an experiment, and an experiment waits for it', async () => {
    const { session } = await enter(new FakeLab(5));
    act(() => session.run());
    expect(await screen.findByText(/An experiment is running: the race waits for its end/, {}, slow)).toBeTruthy();
    expect(((await button('Start race')) as HTMLButtonElement).disabled).toBe(true);
    act(() => session.stop());
    await waitFor(() => expect(useLabStore.getState().run.status).toBe('stopped'), slow);
    fireEvent.click(await button('Start race'));
    fireEvent.click(screen.getByRole('link', { name: 'Experiment' }));
    expect(await screen.findByText(/A race is going on: the experiment waits/, {}, slow)).toBeTruthy();
    act(() => session.stopRace());
    await waitFor(() => expect(race().run.status).toBe('stopped'), slow);
  });

  it('shows the engine’s refusal as it is', async () => {
    const lab = new FakeLab(0);
    lab.race = () =>
      Promise.reject({ code: 'busy', message: 'An experiment is running.', remedy: 'Stop it, or wait.' } satisfies LabFailure);
    await enter(lab);
    fireEvent.click(await button('Start race'));
    expect((await screen.findByRole('alert', {}, slow)).textContent).toContain('An experiment is running.Stop it, or wait.');
  });

  it('goes over to the experiment with a lane’s schedule, and its peak for every trained method', async () => {
    await enter();
    fireEvent.change(await peakOf('C'), { target: { value: '80' } });
    fireEvent.click(await button('Full experiment with lane C'));
    expect(await screen.findByRole('button', { name: 'Run' }, slow)).toBeTruthy();
    const { specification } = useLabStore.getState();
    expect(specification?.schedule).toEqual({ id: 'calr', parameters: {} });
    expect(specification?.learningRates).toEqual({
      full: [0.1],
      'low-rank': [0.1],
      'pre-compressed': [0.1],
      'pre-compressed-frozen': [0.1],
    });
  });

  it('is a piece of the Learn room as well, without the range test', async () => {
    await enter(new FakeLab(0), '/learn/race');
    expect(await button('Start race')).toBeTruthy();
    expect(screen.queryByRole('button', { name: 'Run range test' })).toBeNull();
  });
});

describe('the range test', unhurried, () => {
  it('tests the starting weights, and its bounds are taken by all lanes: peak = ub, floor = lb / ub', async () => {
    const { lab } = await enter();
    fireEvent.click(await button('Run range test'));
    const figure = await screen.findByRole('figure', { name: 'Loss over learning rate' }, slow);
    expect(figure.textContent).toContain('the weights that the race begins with');
    expect(lab.calls).toContain('rangeTest null');
    fireEvent.click(await button('Use these bounds'));
    const rates = race().specification?.lanes.map(({ segments }) => segments[0]) ?? [];
    expect(rates.map(({ peak }) => peak)).toEqual([0.031, 0.031, 0.031]);
    // A fixed rate has no floor; the cyclical ones have.
    expect(rates.map(({ schedule }) => schedule.parameters.floor)).toEqual([undefined, 0.0387, 0.0387]);
  });

  it('tests a lane of a paused race, and sets that lane alone', async () => {
    const { lab } = await paused();
    fireEvent.change(await screen.findByLabelText('Weights of', {}, slow), { target: { value: 'b' } });
    fireEvent.click(await button('Run range test'));
    await screen.findByText(/the weights of lane B/, {}, slow);
    expect(lab.calls).toContain('rangeTest b');
    fireEvent.change(screen.getByLabelText('For'), { target: { value: 'b' } });
    fireEvent.click(await button('Use these bounds'));
    await waitFor(() => expect(lab.calls.filter((call) => call.startsWith('changeLane'))).toEqual(['changeLane b clr 0.031']), slow);
    expect(race().run.status).toBe('paused');
  });

  it('gives the engine’s sentence where no bounds can be read', async () => {
    await enter();
    act(() => write.raceRangeTest({ to: 5e-4 }));
    fireEvent.click(await button('Run range test'));
    expect(await screen.findByText('The loss does not fall anywhere between these rates: raise the upper end.', {}, slow)).toBeTruthy();
    expect(screen.queryByRole('button', { name: 'Use these bounds' })).toBeNull();
  });
});
