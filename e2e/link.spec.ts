import { expect, test } from './journey';

test('a link brings everything back that was set, on a fresh page', async ({ lab, page, context }) => {
  await lab.open('cpu');
  await page.getByLabel('Compression rate').fill('0.8');
  await lab.chooseEpochs(3);
  await lab.chooseMethods('Low-rank, retrained', 'Quantized, min-max');
  await lab.chooseSchedule('clr');
  const link = await lab.copyLink();
  expect(link.length).toBeLessThan(2000);

  const other = await context.newPage();
  await other.goto(link.replace('#', '?backend=cpu#'));
  await expect(other.getByLabel('Compression rate')).toHaveValue('0.8', { timeout: 60_000 });
  await expect(other.getByLabel('Epochs')).toHaveValue('3');
  await expect(other.getByLabel('Schedule', { exact: true })).toHaveValue('clr');
  await expect(other.getByRole('group', { name: 'Methods' }).getByRole('checkbox', { checked: true })).toHaveCount(3);
  await expect(other.getByText(/could be opened/)).toHaveCount(0);
  // The bar is short, and a reload opens the same.
  expect(new URL(other.url()).hash).toBe('#/train');
  await other.reload();
  await expect(other.getByLabel('Epochs')).toHaveValue('3', { timeout: 60_000 });
});

test('a damaged link opens the page and says what it dropped; one that is pasted into the open page opens there', async ({ lab, page }) => {
  await lab.open('cpu');
  await lab.chooseEpochs(5);
  await lab.chooseSchedule('cosine');
  const link = await lab.copyLink();
  await lab.openLink(link.slice(0, -6), 'cpu');
  await expect(page.getByText('The link is damaged')).toBeVisible();
  await expect(page.getByLabel('Compression rate')).toBeEnabled({ timeout: 60_000 });
  await page.getByRole('button', { name: 'Understood' }).click();
  await expect(page.getByText('The link is damaged')).toBeHidden();
  await page.evaluate((hash) => {
    location.hash = hash;
  }, new URL(link).hash);
  await expect(page.getByLabel('Epochs')).toHaveValue('5');
  await expect(page.getByLabel('Schedule', { exact: true })).toHaveValue('cosine');
  expect(new URL(page.url()).hash).toBe('#/train');
});

test('a teacher’s link hides what the teacher chose, and lets it be shown again', async ({ lab, page }) => {
  await lab.open('cpu');
  await lab.chooseEpochs(4);
  const link = await lab.copyLessonLink('Methods', 'Compare', 'Choice of the device');
  await lab.openLink(link, 'cpu');
  await expect(page.getByLabel('Epochs')).toHaveValue('4', { timeout: 60_000 });
  await expect(page.getByRole('group', { name: 'Methods' })).toHaveCount(0);
  await expect(lab.device).toHaveCount(0);
  await expect(page.getByRole('navigation', { name: 'Rooms' }).getByRole('link')).toHaveCount(5);
  await page.getByRole('button', { name: 'Show all controls' }).click();
  await expect(page.getByRole('group', { name: 'Methods' })).toBeVisible();
  await expect(page.getByRole('navigation', { name: 'Rooms' }).getByRole('link')).toHaveCount(6);
});
