import { expect, test } from './journey';
import type { LabPage } from './lab-page';

async function openPiece(lab: LabPage, title: RegExp): Promise<void> {
  await lab.open('cpu');
  await lab.enter('Learn');
  await lab.page.getByRole('link', { name: title }).click();
  await expect(lab.page.getByRole('heading', { name: 'What to see here' })).toBeVisible({ timeout: 60_000 });
}

test('the cloud turns by keyboard, and no tilt by hand beats the plane of the SVD', async ({ lab, page }) => {
  await openPiece(lab, /The projection/);
  const cloud = page.getByRole('application', { name: /The cloud/ });
  const words = cloud.locator('[data-word]');
  expect(await words.count()).toBeGreaterThan(200);
  await expect(page.getByRole('button', { name: 'Hold still' })).toBeVisible();

  await cloud.focus();
  await page.keyboard.press('ArrowRight');
  await expect(page.getByRole('button', { name: 'Turn', exact: true })).toBeVisible();
  const yaw = async () => Number(await cloud.getAttribute('data-yaw'));
  const before = await yaw();
  const place = await words.first().getAttribute('transform');
  await page.keyboard.press('ArrowRight');
  await expect.poll(yaw).toBeGreaterThan(before);
  expect(await words.first().getAttribute('transform')).not.toBe(place);
  await page.keyboard.press('n');
  await expect(page.getByText('dog · Animals')).toBeVisible();

  const panel = page.getByRole('region', { name: 'Distance lost' });
  const losses = async () => (await panel.locator('b').allInnerTexts()).map((text) => Number.parseFloat(text));
  const azimuth = page.getByRole('slider', { name: 'Azimuth' });
  const [, least] = await losses();
  for (const degrees of [0, 45, 90, 135, 180]) {
    await azimuth.fill(String(degrees));
    const [mine] = await losses();
    expect(mine).toBeGreaterThanOrEqual(least);
  }
  await azimuth.fill('20');
  const tilted = (await losses())[0];
  await azimuth.press('ArrowRight');
  await expect.poll(async () => (await losses())[0]).not.toBe(tilted);

  await page.getByRole('button', { name: "Take the SVD's plane" }).click();
  await expect(page.getByText('That is it: no tilt loses less.')).toBeVisible();
  await expect.poll(losses).toEqual([least, least]);
  await page.getByRole('button', { name: 'Drop the words onto it' }).click();
  await page.getByRole('button', { name: 'Face the plane' }).click();
  await expect(page.getByRole('button', { name: 'Lift the words again' })).toBeVisible();
});

test('as the rank falls a word loses its neighbours', async ({ lab, page }) => {
  await openPiece(lab, /The rank/);
  await page.getByLabel('Word', { exact: true }).fill('piano');
  await page.getByLabel('Word', { exact: true }).press('Enter');
  await expect(page.getByRole('region', { name: 'The ten nearest words of “piano”' })).toBeVisible();
  const own = page.getByRole('region', { name: 'Neighbours at rank 100' });
  await expect(own.getByLabel('same')).toHaveCount(10);
  await expect(own).toContainText('guitar');

  const rank = page.getByRole('slider', { name: 'Rank, r' });
  await rank.fill('4');
  const low = page.getByRole('region', { name: 'Neighbours at rank 4' });
  await expect(low.getByRole('listitem')).toHaveCount(10);
  expect(await low.getByLabel('same').count()).toBeLessThan(10);
  // The curve's points are those of the columns: the same figures twice.
  const csv = (await lab.chart('Neighbours that stay').csv()).trim().split('\n').slice(1);
  expect(csv.at(-1)).toBe('100,10');
  const half = page.getByRole('region', { name: 'Neighbours at rank 50' });
  expect(csv).toContain(`50,${await half.getByLabel('same').count()}`);

  await page.getByLabel('Word', { exact: true }).fill('zxqwv');
  await page.getByLabel('Word', { exact: true }).press('Enter');
  await expect(page.getByText('The loaded table has no word “zxqwv”.')).toBeVisible();
});

test('75, 83 and 87 all become 80; of the table, every way loses less with more levels', async ({ lab, page }) => {
  await openPiece(lab, /Quantization/);
  const fates = page.getByRole('list', { name: 'Where the numbers go' }).getByRole('listitem');
  await expect(fates).toHaveText(['75 → 80', '83 → 80', '87 → 80']);
  await page.getByRole('button', { name: 'Even levels, min-max' }).click();
  await expect(fates).toHaveText(['75 → 60', '83 → 60', '87 → 112']);

  await page.getByText('The loaded table', { exact: true }).click();
  await expect(page.getByRole('figure', { name: /The values of GloVe/ })).toBeVisible();
  const table = page.getByRole('table', { name: 'Errors at the same number of levels' });
  const errors = async () => {
    const cells = await table.locator('tbody tr td:nth-of-type(2)').allInnerTexts();
    return cells.map(Number);
  };
  const coarse = await errors();
  expect(coarse).toHaveLength(3);
  expect(coarse).toEqual([...coarse].sort((a, b) => b - a));
  await page.getByRole('slider', { name: 'Levels' }).fill('10');
  await expect(page.getByText('16 levels, 4 bits')).toBeVisible();
  await expect.poll(async () => (await errors()).every((error, i) => error < coarse[i])).toBe(true);
});

test('the counting lesson goes from 10,000 x 300 to 89.7 % less', async ({ lab, page }) => {
  await openPiece(lab, /Counting/);
  await expect(page.getByText('89.7 %', { exact: true })).toBeVisible();
  await page.getByRole('button', { name: /The loaded table/ }).click();
  await expect(page.getByRole('img', { name: /11,885 rows and 100 columns/ })).toBeVisible();
});
