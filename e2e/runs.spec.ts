import { readFileSync } from 'node:fs';
import type { BackendChoice } from '../src/protocol/device';
import { expect, test } from './journey';

test('a window whose database can’t be opened says that nothing is on disk, and saves the file', async ({ lab, page }) => {
  // The lab's worker opens it, where no script of the page's reaches.
  await page.route(/\/worker-[^/]*\.js/, async (route) => {
    const answer = await route.fetch();
    const refuse = "IDBFactory.prototype.open = () => { throw new DOMException('refused', 'SecurityError'); };\n";
    await route.fulfill({ response: answer, body: refuse + (await answer.text()) });
  });
  await lab.open('cpu');
  await lab.chooseEpochs(1);
  await lab.chooseMethods('Low-rank, retrained');
  await lab.run();
  await lab.finish();
  await lab.enter('Compare');
  const kept = page.getByRole('region', { name: 'Kept runs' });
  await kept.getByLabel('Keep this run as').fill('Monday’s run');
  await kept.getByRole('button', { name: 'Keep', exact: true }).click();
  await expect(kept).toContainText('Kept in this window as “Monday’s run”');
  await expect(kept).toContainText('This window keeps nothing on disk: save the file before you close it.');
  const [download] = await Promise.all([page.waitForEvent('download'), kept.getByRole('button', { name: 'Save the file' }).click()]);
  expect(download.suggestedFilename()).toBe('Monday’s run.run.zip');
  await lab.enter('Train');
  await expect(page.getByRole('main')).toContainText('This window keeps nothing on disk');
});

for (const backend of ['cpu', 'webgpu'] satisfies BackendChoice[]) {
  test(`a run is kept, reopened after a reload, and comes in again as a file, with every figure as it was: ${backend}`, async ({
    lab,
    page,
  }) => {
    await lab.open(backend);
    await lab.chooseEpochs(3);
    await lab.chooseMethods('Low-rank, retrained', 'Codebook');
    await lab.run();
    await lab.finish();
    const losses = await lab.chart('Training loss').settledCsv();
    const results = await lab.resultsFile();
    const table = await lab.resultsTable();

    const kept = page.getByRole('region', { name: 'Kept runs' });
    await kept.getByLabel('Keep this run as').fill('Monday’s run');
    await kept.getByRole('button', { name: 'Keep', exact: true }).click();
    await expect(kept).toContainText('Kept in this browser as “Monday’s run”');

    await page.reload();
    await expect(kept.getByRole('button', { name: 'Open Monday’s run' })).toBeEnabled({ timeout: 60_000 });
    await kept.getByRole('button', { name: 'Open Monday’s run' }).click();
    await expect(kept).toContainText('Checked against the test set: the same, to the last digit (3 models on 450 sentences)', {
      timeout: 60_000,
    });
    expect(await lab.resultsFile()).toEqual(results);
    expect(await lab.resultsTable()).toEqual(table);
    await lab.enter('Train');
    expect(await lab.chart('Training loss').settledCsv()).toBe(losses);
    await expect(page.getByRole('region', { name: 'What this run shows' })).toContainText('low-rank factors');

    await lab.enter('Compare');
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      kept.getByRole('button', { name: 'Download Monday’s run' }).click(),
    ]);
    expect(download.suggestedFilename()).toBe('Monday’s run.run.zip');
    const content = readFileSync(await download.path());
    await kept.getByRole('button', { name: 'Forget Monday’s run' }).click();
    await kept.getByRole('button', { name: 'Forget Monday’s run for good' }).click();
    await expect(kept).toContainText('None yet');

    // On another room of a page that has never seen the run.
    await page.reload();
    await lab.enter('Train');
    await expect(page.getByLabel('Compression rate')).toBeEnabled({ timeout: 60_000 });
    await lab.enter('Learn');
    await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
    await lab.drop(page.getByRole('heading', { level: 1 }), { name: 'Monday’s run.run.zip', content });
    await expect(kept).toContainText('“Monday’s run” is on the page', { timeout: 60_000 });
    await expect(kept).toContainText('the same, to the last digit', { timeout: 60_000 });
    expect(await lab.resultsFile()).toEqual(results);
    await lab.enter('Try it');
    await expect(page.getByRole('main')).toContainText('Codebook', { timeout: 30_000 });

    // Half of it is refused by a sentence, on a zone that asks for something else, and what is on the page stays.
    await lab.enter('Data');
    await lab.drop(lab.zone('Load embeddings'), { name: 'half.run.zip', content: content.subarray(0, content.length / 2) });
    await expect(page.getByRole('alert')).toContainText('half.run.zip can’t be opened as a run');
    expect(await lab.resultsFile()).toEqual(results);
  });
}
