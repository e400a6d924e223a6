import { readFileSync, statSync } from 'node:fs';
import { unzipSync } from 'fflate';
import { expect, test } from './journey';

test('a model goes home: its files with their sizes, the lines that use it, and a download of just these bytes', async ({
  lab,
  page,
  context,
}) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await lab.open('cpu');
  await lab.chooseEpochs(2);
  await lab.chooseMethods('Low-rank, retrained');
  await lab.run();
  await lab.finish();
  await lab.enter('Compare');
  const panel = page.getByRole('region', { name: 'Take a model home' });
  await expect(panel.getByLabel('Model')).toHaveValue('low-rank@0.9');
  await panel.getByLabel('Format').selectOption('safetensors');
  await panel.getByRole('button', { name: 'Show files and code' }).click();
  const rows = panel.getByRole('table', { name: 'Files' }).locator('tbody tr');
  await expect(rows.first()).toBeVisible();
  const shown = Object.fromEntries(
    (await rows.evaluateAll((all) => all.map((row) => [...row.children].map((cell) => cell.textContent ?? '')))).map(([path, , bytes]) => [
      path,
      Number(bytes.replaceAll(/\D/g, '')),
    ]),
  );
  const [download] = await Promise.all([page.waitForEvent('download'), panel.getByRole('button', { name: 'Download' }).click()]);
  expect(download.suggestedFilename()).toBe('low-rank-0.9-safetensors.zip');
  const files = unzipSync(readFileSync(await download.path()));
  expect(Object.fromEntries(Object.entries(files).map(([path, bytes]) => [path, bytes.length]))).toEqual(shown);
  expect(Object.keys(files)).toContain('model.safetensors');
  const counted = (
    await panel
      .getByRole('row', { name: /The lab counts for the embedding/ })
      .getByRole('cell')
      .last()
      .innerText()
  ).replaceAll(/\D/g, '');
  const lowRank = (await lab.resultsFile()).results.find(({ method }) => method === 'low-rank');
  expect(Number(counted)).toBe(lowRank?.bytes);
  expect(statSync(await download.path()).size).toBeGreaterThan(lowRank?.networkBytes ?? 0);

  const code = panel.getByRole('region', { name: 'Lines that use it' });
  await code.getByText('Node', { exact: true }).click();
  await code.getByRole('button', { name: 'Copy' }).click();
  await expect(code.getByRole('button', { name: 'Copied' })).toBeVisible();
  expect(await page.evaluate(() => navigator.clipboard.readText())).toContain('model.safetensors');

  // Every other format, too: some have lines for Node and for a page.
  for (const [format, file] of Object.entries({ onnx: 'model.onnx', tfjs: 'model.json', npy: 'A.npy', word2vec: '.bin' })) {
    await panel.getByLabel('Format').selectOption(format);
    await panel.getByRole('button', { name: 'Show files and code' }).click();
    await expect(panel.getByRole('table', { name: 'Files' })).toContainText(file);
    for (const runtime of await code.locator('label').all()) {
      await runtime.click();
      await expect(code.locator('pre')).not.toBeEmpty();
    }
  }
});
