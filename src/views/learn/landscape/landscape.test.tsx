// @vitest-environment happy-dom
import { act, fireEvent, screen, waitFor, within } from '@testing-library/react';
import { afterEach, beforeAll, expect, it, vi } from 'vitest';
import { FakeLab } from '../../../client/testing/fake-lab';
import { defaultLandscape, type LandscapeSpecification } from '../../../protocol/landscape';
import { useLabStore } from '../../../store/store';
import { renderLab, tearDown } from '../../testing/render-lab';

const slow = { timeout: 15_000 };
/** The whole room, drawn many times. */
vi.setConfig({ testTimeout: 60_000 });

beforeAll(() => {
  window.scrollTo = vi.fn() as never;
});
afterEach(tearDown);

const settings = () => useLabStore.getState().learn.landscape;

async function open(lab = new FakeLab(0)) {
  const { session } = renderLab('/learn/landscape', lab);
  await act(() => session.boot('auto'));
  await screen.findByRole('table', { name: 'This walk' }, slow);
  return lab;
}

const rowsOf = (name: string) =>
  [...(screen.getByLabelText(name, { selector: 'table' }) as HTMLTableElement).rows]
    .slice(1)
    .map((row) => [...row.children].map((cell) => cell.textContent));

it('shows the walk and the shares that the engine says, and what the shares say', async () => {
  const lab = await open();
  const { runs, valleys } = await lab.landscape(defaultLandscape);
  expect(rowsOf('This walk').map((cells) => [cells[0], cells[3], cells[4]])).toEqual(
    ['AFixed', 'BCLR', 'CCALR'].map((name, i) => [
      name,
      runs[i].heights[240].toFixed(4).replace('-', '−'),
      runs[i].valley === 0 ? 'the deepest' : `valley ${runs[i].valley + 1} of ${valleys.length}`,
    ]),
  );
  await screen.findByRole('table', { name: 'Shares of the starts' }, slow);
  expect(rowsOf('Shares of the starts').map((cells) => [cells[2], cells[3], cells[4]])).toEqual([
    ['30.0 %', '27.0 to 33.0 %', '0.2000'],
    ['50.0 %', '47.0 to 53.0 %', '0.1000'],
    ['70.0 %', '67.0 to 73.0 %', '0.0000'],
  ]);
  expect(screen.getByTestId('landscape-verdict').textContent).toBe(
    'Of 1,000 random starts, more end in the deepest valley under C (CALR) than under any other: 70.0 %, against 50.0 % under B (CLR) and 30.0 % under A (Fixed).',
  );
});

it('scrubs and steps, and the table follows', async () => {
  const lab = await open();
  const { runs } = await lab.landscape(defaultLandscape);
  const scrub = screen.getByLabelText('Step') as HTMLInputElement;
  await waitFor(() => expect(scrub.max).toBe('240'), slow);
  const heightNow = () => rowsOf('This walk')[2][2];
  fireEvent.change(scrub, { target: { value: '50' } });
  expect(heightNow()).toBe(runs[2].heights[50].toFixed(3).replace('-', '−'));
  fireEvent.click(screen.getByLabelText('One step forward'));
  expect(scrub.value).toBe('51');
  fireEvent.click(screen.getByLabelText('One step back'));
  expect(heightNow()).toBe(runs[2].heights[50].toFixed(3).replace('-', '−'));
  fireEvent.click(screen.getByLabelText('Back to the start'));
  expect(scrub.value).toBe('0');
});

it('moves the start by arrow keys and by number, within the walls', async () => {
  await open();
  const handle = screen.getByLabelText('Start of the balls');
  fireEvent.keyDown(handle, { key: 'ArrowRight' });
  expect(settings().start).toEqual([-0.91]);
  for (let i = 0; i < 3; i++) fireEvent.keyDown(handle, { key: 'ArrowLeft', shiftKey: true });
  expect(settings().start).toEqual([-1]);
  fireEvent.change(screen.getByLabelText('Start, x'), { target: { value: '0.25' } });
  expect(settings().start).toEqual([0.25]);
});

it('goes to two dimensions and back, and to a surface that has only two', async () => {
  await open();
  fireEvent.click(screen.getByLabelText('Two dimensions'));
  expect(settings()).toMatchObject({ dimensions: 2, start: [-0.92, -0.92] });
  expect(await screen.findByLabelText(/^The surface from above/, {}, slow)).toBeTruthy();
  fireEvent.click(screen.getByLabelText('One dimension'));
  expect(settings()).toMatchObject({ dimensions: 1, start: [-0.92] });
  fireEvent.change(screen.getByLabelText('Surface', { selector: 'select' }), { target: { value: 'himmelblau' } });
  expect(settings()).toMatchObject({ surface: 'himmelblau', dimensions: 2, start: [-0.92, -0.92] });
});

it('adds, changes and removes lanes, up to six and down to one', async () => {
  await open();
  const add = (await screen.findByText('Add a lane', {}, slow)).closest('button') as HTMLButtonElement;
  for (let i = 0; i < 3; i++) fireEvent.click(add);
  expect(settings().lanes.map(({ id, schedule }) => `${id} ${schedule.id}`)).toEqual([
    'a fixed',
    'b clr',
    'c calr',
    'd linear',
    'e cosine',
    expect.stringMatching(/^f /),
  ]);
  expect(add.disabled).toBe(true);
  fireEvent.click(screen.getByLabelText('Remove lane B'));
  fireEvent.click(add);
  expect(settings().lanes.map(({ id }) => id)).toEqual(['a', 'b', 'c', 'd', 'e', 'f']);
  const lane = screen.getByLabelText('Lane C');
  fireEvent.change(within(lane).getByLabelText('Peak rate'), { target: { value: '40' } });
  fireEvent.click(within(lane).getByText('Shape'));
  fireEvent.change(await within(lane).findByLabelText('Cycles'), { target: { value: '3' } });
  expect(settings().lanes[2]).toEqual({
    id: 'c',
    schedule: { id: 'calr', parameters: { floor: 0.02, cycles: 3, restartCycles: 6 } },
    peak: 0.1,
  });
});

it('says what is wrong where the engine refuses', async () => {
  const lab = await open();
  const refused = { code: 'bad-specification' as const, message: 'The landscape’s "noise" can’t be used.', remedy: 'Change it.' };
  const answer = (_: LandscapeSpecification) => Promise.reject(refused);
  Object.assign(lab, { landscape: answer });
  fireEvent.change(screen.getByLabelText('Noise'), { target: { value: '2' } });
  expect((await screen.findByRole('alert', {}, slow)).textContent).toContain(refused.message);
});
