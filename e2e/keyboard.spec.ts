import { expect, test } from './journey';

test('from start to table by keyboard alone', async ({ lab, page }) => {
  test.setTimeout(300_000);
  await lab.open('cpu');
  // One epoch, typed into the field that Tab leads to; the letters of shortcuts are text there.
  await lab.tabTo(page.getByLabel('Epochs'));
  await page.keyboard.press('ControlOrMeta+a');
  await page.keyboard.type('r1');
  await expect(page.getByLabel('Epochs')).toHaveValue('1');
  await expect(lab.state).not.toHaveText('Training');
  await lab.tabTo(page.getByRole('checkbox', { name: 'Pre-compressed' }).first());
  await page.keyboard.press('Space');

  await lab.tabTo(page.getByRole('button', { name: 'Run', exact: true }), 'Shift+Tab');
  await page.keyboard.press('Enter');
  await lab.finish();
  await page.keyboard.press('g');
  await page.keyboard.press('c');
  await expect(page.getByRole('heading', { level: 1, name: 'Compare' })).toBeVisible();
  const table = page.getByRole('table', { name: 'Results' });
  expect(await table.locator('tbody tr').count()).toBeGreaterThan(3);
  await lab.tabTo(table.getByRole('button').first());
  await page.keyboard.press('Enter');

  await page.keyboard.press('?');
  await expect(page.getByRole('dialog', { name: 'Keyboard shortcuts' })).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(page.getByRole('dialog')).toHaveCount(0);
});

test('runs, pauses, goes on and stops by its keys, and presents', async ({ lab, page }) => {
  await lab.open('cpu');
  await page.keyboard.press('r');
  await expect(lab.state).toHaveText('Training');
  await page.keyboard.press('k');
  await expect(lab.state).toHaveText(/^Paused/);
  await page.keyboard.press('k');
  await expect(lab.state).toHaveText('Training');
  await page.keyboard.press('x');
  await expect(lab.state).toHaveText(/^Stopped/);

  const root = page.locator('html');
  const heightOf = async () => (await page.getByRole('button', { name: 'Run', exact: true }).boundingBox())!.height;
  const before = await heightOf();
  await page.keyboard.press('p');
  await expect(root).toHaveAttribute('data-presenter');
  await expect.poll(heightOf).toBeGreaterThan(1.4 * before);
  await page.keyboard.press('6');
  await expect(page.getByRole('heading', { level: 1, name: 'Learn' })).toBeVisible();
  const wider = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  expect(wider).toBeLessThanOrEqual(0);
  await page.keyboard.press('p');
  await expect(root).not.toHaveAttribute('data-presenter');
});

test('nothing moves for who wants no motion', async ({ lab, page }) => {
  await page.emulateMedia({ reducedMotion: 'reduce' });
  await lab.open('cpu');
  // Long enough to be looked at.
  await lab.chooseEpochs(600);
  await lab.run();
  await expect(lab.state).toHaveText('Training');
  for (let look = 0; look < 5; look++) {
    expect(await page.evaluate(() => document.getAnimations().filter(({ playState }) => playState === 'running').length)).toBe(0);
    await page.waitForTimeout(200);
  }
  await lab.stop();
});

test('prints a room as ink on paper: no rail, no buttons, no chart cut off', async ({ lab, page }) => {
  await page.emulateMedia({ colorScheme: 'dark' });
  await lab.open('cpu');
  await page.emulateMedia({ media: 'print', colorScheme: 'dark' });
  await page.setViewportSize({ width: 700, height: 990 });
  await expect(page.getByRole('navigation', { name: 'Rooms' })).toBeHidden();
  await expect(page.getByRole('banner')).toBeHidden();
  await expect(page.getByRole('button')).toHaveCount(0);
  await expect(page.getByText('Lowrank Lab · Train')).toBeVisible();
  expect(await page.evaluate(() => getComputedStyle(document.body).backgroundColor)).toBe('rgb(255, 255, 255)');
  const cut = await page.getByRole('figure').evaluateAll(
    (figures) =>
      figures.filter((figure) => {
        const { right } = figure.getBoundingClientRect();
        return [...figure.querySelectorAll('svg')].some((svg) => svg.getBoundingClientRect().right > right + 1);
      }).length,
  );
  expect(cut).toBe(0);
  expect((await page.pdf({ format: 'A4' })).subarray(0, 5).toString()).toBe('%PDF-');
});
