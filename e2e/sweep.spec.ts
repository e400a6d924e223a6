import { expect, test } from './journey';
import { expectShortTasks } from './main-thread';
import { SweepPage } from './sweep-page';

const methods = ['Low-rank, retrained', 'Quantized, least squares'];
/** Full table, and two methods at two rates: of two seeds. */
const cells = 10;

test('a sweep is built, paused, found after a reload, finished, read and taken home', async ({ lab, page }) => {
  await lab.open('cpu');
  // So many steps that there is something to pause.
  await page.getByLabel('Batch size').fill('2');
  const sweep = new SweepPage(page);
  await sweep.enter();
  await expect(page.getByText('No sweep is open')).toBeVisible();
  await sweep.specify({ methods, rates: '50, 90', seeds: '1, 2', epochs: 2 });
  // Its size and its time, before it starts.
  await expect(page.getByText(`${cells} cells in 2 groups`)).toBeVisible();
  await expect(page.getByText(/^(About \d+ s|About \d+ min|Under a second)/)).toBeVisible();

  await sweep.start.click();
  await expect(sweep.finished).toContainText(`of ${cells} cells`);
  await sweep.pause();
  await expect(lab.state).toHaveText(/^Paused/);

  await page.reload();
  await expect(sweep.kept.getByRole('listitem')).toContainText(new RegExp(`\\d of ${cells} cells`), { timeout: 30_000 });
  await sweep.kept
    .getByRole('listitem')
    .getByRole('button', { name: /^Open / })
    .click();
  await expect(sweep.finished).toContainText(`of ${cells} cells`);
  // What was finished before is on the screen, and is not run again.
  await expectShortTasks(page, async () => {
    await page.getByRole('button', { name: 'Go on with it' }).click();
    await expect(lab.state).toHaveText('Sweep complete', { timeout: 60_000 });
    for (const shown of [false, true]) {
      await page.getByRole('group', { name: 'Methods shown' }).getByRole('checkbox', { name: methods[1] }).setChecked(shown);
      await expect(lab.chart('Test accuracy against size').curves).toHaveCount(shown ? 4 : 3);
    }
    for (const rows of ['Cells', 'Means']) await page.getByText(rows, { exact: true }).click();
    for (const loss of ['0.03', '0.01', '0.04', '0.05']) await page.getByLabel('Allowed loss').fill(loss);
    await expect(page.getByRole('button', { name: 'Take this specification' })).toBeVisible();
  });
  await expect(sweep.finished).toContainText(`${cells} finished cells`);

  await expect(lab.chart('Test accuracy against size').curves).toHaveCount(1 + 1 + methods.length);
  await expect(lab.chart('Accuracy drop at each rate').curves).toHaveCount(methods.length);
  await expect(page.getByRole('figure', { name: 'Drop by method and rate' })).toContainText('90 %');
  await expect(sweep.verdicts).toHaveCount(3);
  await expect(page.getByRole('region', { name: 'In pairs' }).getByRole('listitem').first()).toContainText('2 seeds');

  const lines = (await sweep.saved('CSV')).trim().split('\n');
  expect(lines).toHaveLength(1 + cells);
  expect(lines.filter((line) => line.includes(',low-rank,'))).toHaveLength(4);
  const results = JSON.parse(await sweep.saved('JSON'));
  expect(results.cells).toHaveLength(cells);
  const report = await sweep.saved('Report');
  expect(report).toContain('Accuracy against bytes');
  expect(report).toContain('data:image/svg+xml');
  expect(report).toContain('Licences:');

  // A file is as good as what is kept.
  await sweep.kept.getByRole('button', { name: /^Forget / }).click();
  await sweep.kept.getByRole('button', { name: /for good$/ }).click();
  await expect(sweep.kept.getByRole('listitem')).toHaveCount(0);
  await sweep.kept.getByLabel('Open results').setInputFiles({
    name: 'results.json',
    mimeType: 'application/json',
    buffer: Buffer.from(JSON.stringify(results)),
  });
  await expect(sweep.kept.getByRole('listitem')).toContainText(`${cells} of ${cells} cells`);

  await page.getByLabel('Allowed loss').fill('0.05');
  await page.getByRole('button', { name: 'Take this specification' }).click();
  await expect(page.getByRole('button', { name: 'Run', exact: true })).toBeEnabled();
});
