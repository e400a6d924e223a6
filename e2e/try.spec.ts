import type { Locator } from '@playwright/test';
import { expect, test } from './journey';

const percent = async (cell: Locator) => Number.parseFloat(await cell.innerText());

test('models are tried out: sentences, words, the test set, and what became of the vocabulary', async ({ lab, page }) => {
  await lab.open('cpu');
  await lab.enter('Try it');
  await expect(page.getByRole('main')).toContainText('No model has been trained yet');
  await lab.enter('Train');
  await lab.chooseEpochs(6);
  await lab.chooseMethods('Low-rank, retrained', 'Codebook');
  await lab.run();
  await lab.finish();
  await lab.enter('Try it');

  const field = page.getByLabel('Sentences, one a line');
  const probabilities = page.getByRole('table', { name: 'Probabilities' });
  const row = (model: string) => probabilities.getByRole('row', { name: new RegExp(`^${model}`) });
  await field.fill('A wonderful film, said the parliament zxqwv');
  await expect(probabilities.getByRole('row')).toHaveCount(4);
  const words = page.getByRole('table', { name: 'Contribution of each word' });
  await expect(words.getByRole('row')).toHaveCount(9);
  await expect(words.getByRole('row').filter({ hasText: 'zxqwv' })).toContainText('unknown');
  await expect(words.getByRole('row').filter({ hasText: 'parliament' })).not.toContainText('unknown');
  for (const model of ['Full table', 'Low-rank, retrained', 'Codebook']) {
    const cells = row(model).getByRole('cell');
    expect((await percent(cells.nth(0))) + (await percent(cells.nth(1)))).toBeCloseTo(100, 0);
    await expect(cells.nth(3)).toHaveText(/^[\d.]+ (µs|ms)$/);
  }

  // What a word counts is what the answer loses without it.
  await page.getByLabel('Model of the words').selectOption({ label: 'Full table' });
  const chosen = row('Full table').locator('[data-chosen]');
  const withWord = await percent(chosen);
  const contribution = Number(
    (await words.getByRole('row').filter({ hasText: 'wonderful' }).getByRole('cell').nth(1).innerText()).replace('−', '-'),
  );
  await field.fill('A film, said the parliament zxqwv');
  await expect(words.getByRole('row')).toHaveCount(8);
  const place = (await row('Full table').getByRole('cell').first().getAttribute('data-chosen')) !== null ? 0 : 1;
  const without = await percent(row('Full table').getByRole('cell').nth(place));
  expect(Math.abs(contribution)).toBeGreaterThan(0);
  expect(Math.log(withWord) - Math.log(without)).toBeCloseTo(contribution, 1);

  // Several sentences at once.
  await page.getByRole('button', { name: 'all three' }).click();
  const second = page.getByRole('button', { name: /^Not bad at all/, pressed: false });
  await second.click();
  await expect(words).toContainText('loved');

  // A sentence of the test set on which a model differs, taken into the field, is classified as the table says.
  const disputed = page.getByRole('table', { name: 'Test sentences on which the models disagree' });
  await page.getByLabel('Who differs').selectOption({ index: 1 });
  await expect(disputed.getByRole('columnheader', { name: 'Low-rank, retrained' })).toBeVisible();
  const first = disputed.locator('tbody tr').first();
  const answers = await first.getByRole('cell').allInnerTexts();
  const text = await first.getByRole('button').innerText();
  await first.getByRole('button').click();
  await expect(field).toBeFocused();
  await expect(field).toHaveValue(text.replaceAll(/\s+/g, ' '));
  await expect(row('Low-rank, retrained')).toContainText('differs from the full table');
  for (const [model, answer] of [
    ['Full table', answers[1]],
    ['Low-rank, retrained', answers[2]],
  ]) {
    const said = Number(/(\d+) %/.exec(answer)?.[1]);
    await expect.poll(async () => Math.abs((await percent(row(model).locator('[data-chosen]'))) - said)).toBeLessThanOrEqual(0.51);
  }

  // Neighbours: by name, and of every word; the figures go out as files.
  await page.getByLabel('Word', { exact: true }).fill('wonderful');
  const full = page.getByRole('region', { name: 'Neighbours of “wonderful”, Full table' });
  await expect(full.getByRole('listitem')).toHaveCount(10);
  await expect(page.getByRole('region', { name: /^Neighbours of “wonderful”/ })).toHaveCount(4);
  await page.getByLabel('Word', { exact: true }).fill('zxqwv');
  await expect(page.getByRole('alert')).toContainText('not in the experiment’s vocabulary');
  const overlap = page.getByRole('figure', { name: 'How many of its ten neighbours a word keeps' });
  await overlap.scrollIntoViewIfNeeded();
  await expect(overlap).toContainText('2,000 words drawn from', { timeout: 60_000 });
  await overlap.getByRole('button', { name: /table and downloads/ }).click();
  const download = page.waitForEvent('download');
  await page.getByRole('menuitem', { name: 'Download SVG' }).click();
  expect((await download).suggestedFilename()).toMatch(/\.svg$/);

  // Nothing is wider than a telephone.
  await page.setViewportSize({ width: 390, height: 844 });
  await expect.poll(() => page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)).toBeLessThanOrEqual(0);
});

test('what is typed is answered while the vocabulary is compared, and a run takes the models’ place', async ({ lab, page }) => {
  await lab.open('webgpu');
  await lab.chooseEpochs(1);
  await lab.chooseMethods('Low-rank, retrained');
  await lab.run();
  await lab.finish();
  await lab.enter('Try it');
  const field = page.getByLabel('Sentences, one a line');
  const probabilities = page.getByRole('table', { name: 'Probabilities' });
  await expect(probabilities.getByRole('row')).toHaveCount(3);
  await page.mouse.wheel(0, 5000);
  await field.fill('quick');
  await expect(page.getByRole('table', { name: 'Contribution of each word' }).getByRole('row')).toHaveCount(2);
  await lab.enter('Train');
  await lab.run();
  await lab.enter('Try it');
  await expect(page.getByRole('main')).toContainText('The models are still training');
  await lab.finish();
  await expect(probabilities.getByRole('row')).toHaveCount(3);
  await expect(field).toHaveValue('quick');
});
