import type { LandscapeOutput } from '../src/protocol/landscape';
import { commandLineOutput } from './command-line';
import { expect, test } from './journey';
import { LandscapePage, percent, signed } from './landscape-page';

/** What the page has to show for what the command line wrote. */
function figuresOf({ valleys, runs, shares }: LandscapeOutput) {
  return {
    walks: runs.map(({ heights, valley }) => ({
      'Height at the end': signed(heights.at(-1) ?? Number.NaN, 4),
      'Ends in': valley === 0 ? 'the deepest' : `valley ${valley + 1} of ${valleys.length}`,
    })),
    shares: shares.lanes.map(({ deepest, interval, meanHeight }) => ({
      'In the deepest': percent(deepest),
      '95 % interval': `${(100 * interval[0]).toFixed(1)} to ${percent(interval[1])}`,
      'Mean final height': signed(meanHeight, 4),
    })),
  };
}

test('the landscape is played, scrubbed and started elsewhere, and its figures are the command line’s', async ({ page, lab }) => {
  expect(lab.confirmedOrigins.size).toBe(0);
  const landscape = new LandscapePage(page);
  await landscape.open();
  const usual = figuresOf(await commandLineOutput<LandscapeOutput>('--landscape'));
  expect(await landscape.walks()).toEqual(usual.walks);
  expect(await landscape.shares()).toEqual(usual.shares);
  await expect(page.getByTestId('landscape-verdict')).toContainText('random starts');

  await landscape.play();
  await expect.poll(() => landscape.step()).toBeGreaterThan(8);
  await landscape.pause();
  const reached = await landscape.step();
  await page.waitForTimeout(300);
  expect(await landscape.step()).toBe(reached);
  const before = await landscape.ballPlaces();
  await landscape.scrub(240);
  expect(await landscape.ballPlaces()).not.toEqual(before);
  // At the last step, the heights now are those of the end.
  for (const row of await landscape.walkRows()) {
    expect(Number(row['Height now'].replace('−', '-'))).toBeCloseTo(Number(row['Height at the end'].replace('−', '-')), 2);
  }

  await landscape.dragStart(300, 0);
  const [x] = await landscape.start();
  expect(x).toBeGreaterThan(-0.6);
  const dragged = figuresOf(await commandLineOutput<LandscapeOutput>('--landscape', `--start=${x}`));
  await expect.poll(() => landscape.walks()).toEqual(dragged.walks);
  // The starts that are counted are others.
  expect(await landscape.shares()).toEqual(usual.shares);
});

test('in two dimensions, with noise, a seed and other lanes, too', async ({ page }) => {
  const landscape = new LandscapePage(page);
  await landscape.open();
  await page.getByText('Two dimensions').click();
  await page.getByRole('combobox', { name: 'Surface' }).selectOption('seeded');
  await page.getByLabel('Seed', { exact: true }).fill('7');
  await page.getByLabel('Noise', { exact: true }).fill('0.5');
  await page.getByLabel('Steps', { exact: true }).fill('120');
  await page.getByRole('button', { name: 'Remove lane A' }).click();
  await page.getByRole('button', { name: 'Add a lane' }).click();
  await landscape.dragStart(120, -160);
  const [x, y] = await landscape.start();
  expect(Math.min(x, y)).toBeGreaterThan(-0.75);
  const lanes = 'fixed@0.4,clr@0.4:floor=0.02:cycles=6,calr@0.4:floor=0.02:cycles=6:restartCycles=6';
  const flags = ['--landscape', '--surface', 'seeded', '--dimensions', '2', '--seed', '7', '--noise', '0.5', '--steps', '120'];
  const figures = figuresOf(await commandLineOutput<LandscapeOutput>(...flags, `--start=${x},${y}`, '--lanes', lanes));
  await expect.poll(() => landscape.walks()).toEqual(figures.walks);
  await expect.poll(() => landscape.shares()).toEqual(figures.shares);
});

test('where motion is not wanted, playing shows still pictures', async ({ page }) => {
  await page.emulateMedia({ reducedMotion: 'reduce' });
  const landscape = new LandscapePage(page);
  await landscape.open();
  expect(await landscape.step()).toBe(0);
  await landscape.play();
  await expect.poll(() => landscape.step()).toBeGreaterThan(0);
  expect((await landscape.step()) % 20).toBe(0);
});
