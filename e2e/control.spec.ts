import { figuresOf } from './command-line';
import { expect, test } from './journey';
import type { LabPage } from './lab-page';

/** The small experiment of these journeys. */
async function specify(lab: LabPage, epochs: number, ...more: string[]): Promise<void> {
  await lab.open('webgpu');
  await lab.chooseEpochs(epochs);
  await lab.chooseMethods('Low-rank, retrained', ...more);
}

/** What a run leaves, to the last bit: every step's loss, every figure. */
async function traceOf(lab: LabPage) {
  const losses = await lab.chart('Training loss').settledCsv();
  return { losses, figures: figuresOf(await lab.resultsFile()) };
}

test('a paused run ends bit for bit as one that was not', async ({ lab, page }) => {
  test.setTimeout(240_000);
  // Long enough to be paused twice in the middle, also where the page is slow and the worker is not; it is run twice.
  await specify(lab, 4);
  await lab.run();
  await lab.finish();
  const straight = await traceOf(lab);

  await lab.enter('Train');
  await lab.run();
  await expect(lab.chart('Training loss').curves.first()).toBeVisible();
  for (let pause = 0; pause < 2; pause++) {
    await lab.pause();
    const progress = page.getByRole('progressbar', { name: 'Progress of the experiment' });
    const share = await progress.getAttribute('aria-valuenow');
    await page.waitForTimeout(700);
    expect(await progress.getAttribute('aria-valuenow')).toBe(share);
    await lab.resume();
    await expect(progress).not.toHaveAttribute('aria-valuenow', share ?? '');
  }
  await lab.finish();
  expect(await traceOf(lab)).toEqual(straight);
});

test('a stopped run keeps what was done, and the next one starts', async ({ lab, page }) => {
  // Enough methods after the full table to be stopped among them.
  const methods = ['Low-rank, retrained', 'Pre-compressed, fine-tuned', 'Pre-compressed, frozen'];
  await specify(lab, 6, ...methods.slice(1));
  await lab.run();
  // The full table ends first; the next method is under way when the run is stopped.
  await expect(page.getByRole('table', { name: 'Methods' }).locator('tbody tr').first()).toContainText('done', { timeout: 60_000 });
  await lab.stop();
  const table = await lab.resultsTable();
  const shown = table.map(({ Method }) => Method);
  expect(shown.length).toBeLessThan(1 + methods.length);
  expect(['Full table', ...methods].slice(0, shown.length)).toEqual(shown);
  const { results } = await lab.resultsFile();
  expect(results[0].method).toBe('full');
  expect(results.length).toBe(shown.length);

  await lab.enter('Train');
  await lab.run();
  await expect(lab.state).toHaveText('Training');
  await lab.stop();
});
