import { expect, test } from './journey';
import { RacePage } from './race-page';

/** Batches so small, and so many epochs, that a race is long enough to be paused in the middle of its first seed: the only one that takes changes. */
const batchSize = 2;
const epochs = 10;

/** A chart's CSV as lanes: each lane's values, in the order of its steps. */
function lanesOf(csv: string): Map<string, number[]> {
  const lanes = new Map<string, number[]>();
  for (const line of csv.trim().split('\n').slice(1)) {
    const cells = line.split(',');
    const letter = line.replace(/^"/, '')[0];
    lanes.set(letter, [...(lanes.get(letter) ?? []), Number(cells.at(-1))]);
  }
  return lanes;
}

test('three schedules race: one is changed and one forked while they run, the end line is read, and a lane goes over to the experiment', async ({
  lab,
  page,
}) => {
  test.setTimeout(300_000);
  await lab.open('cpu');
  const race = new RacePage(page);
  await race.enter();
  await expect(race.lanes).toHaveCount(3);
  // Before anything is run: the schedules as they will be spent.
  await expect(race.chart('Learning rate').curves).toHaveCount(3);
  await expect(race.chart('Learning rate').figure).toContainText('Planned');

  await race.specify({ epochs, seeds: '1, 2', batchSize });
  await race.start();
  await expect(race.chart('Training loss').curves.first()).toBeVisible({ timeout: 60_000 });
  await race.pause();
  const raised = 0.1;
  await race.peak('A').fill('80');
  await expect(race.chart('Learning rate').figure).toContainText('Dot: changed');
  await race.fork('C');
  await expect(race.lanes).toHaveCount(4);
  await race.chooseSchedule('D', 'fixed');
  await expect(race.row('D')).toContainText('forked from C');
  await race.resume();
  await race.finish();

  // Never smoothed: the fixed lane spent two rates, and jumped from one to the other.
  const rates = lanesOf(await race.chart('Learning rate').csv());
  expect([...rates.keys()].sort()).toEqual(['A', 'B', 'C', 'D']);
  const spent = [...new Set(rates.get('A'))];
  expect(spent).toHaveLength(2);
  expect(spent[1]).toBe(raised);
  // Until then the lanes' batches and weights were the same: their losses begin alike.
  const losses = lanesOf(await race.chart('Training loss').csv());
  expect(losses.get('A')?.[0]).toBe(losses.get('B')?.[0]);
  expect(losses.get('A')?.[0]).toBe(losses.get('C')?.[0]);

  for (const letter of ['B', 'C']) await expect(race.row(letter)).toContainText('2 of 2');
  await expect(race.row('C')).toContainText(/\d\d\.\d ± \d/);
  await expect(race.conclusion).not.toBeEmpty();

  await race.toExperiment('C');
  await expect(page.getByLabel('Schedule', { exact: true })).toHaveValue('calr');
  await expect(page.getByRole('button', { name: 'Run', exact: true })).toBeEnabled();
});

test('the range test proposes bounds, before a race and in its pause, and a click takes them', async ({ lab, page }) => {
  test.setTimeout(240_000);
  await lab.open('cpu');
  const race = new RacePage(page);
  await race.enter();
  await race.runRangeTest();
  const curve = race.chart('Loss over learning rate');
  await expect(curve.figure).toContainText('the weights that the race begins with', { timeout: 60_000 });
  const before = await race.peak('B').getAttribute('aria-valuetext');
  await race.useBounds('all');
  await expect(race.peak('B')).not.toHaveAttribute('aria-valuetext', before ?? '');
  const bound = await race.peak('B').getAttribute('aria-valuetext');
  await expect(curve.figure.getByText(`ub ${bound}`, { exact: true })).toBeVisible();

  await race.specify({ epochs, seeds: '1', batchSize });
  await race.start();
  await expect(race.chart('Training loss').curves.first()).toBeVisible({ timeout: 60_000 });
  await race.pause();
  await page.getByLabel('Weights of').selectOption('b');
  await race.runRangeTest();
  await expect(curve.figure).toContainText('the weights of lane B', { timeout: 60_000 });
  await race.resume();
  await race.finish();
});
