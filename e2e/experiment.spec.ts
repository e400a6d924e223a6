import type { ResultRow } from '../src/protocol/results';
import { commandLineResults, figuresOf } from './command-line';
import { expect, test } from './journey';

const epochs = 3;

/** Cells of the table of results, as the page writes a row's figures. */
function cellsOf(row: ResultRow, full: ResultRow) {
  const percent = (value: number) => (100 * value).toFixed(1);
  const withF1 = (accuracy: number, macroF1: number | null) => `${percent(accuracy)} F1 ${percent(macroF1 ?? Number.NaN)}`;
  return {
    'Test accuracy': percent(row.testAccuracy),
    Drop:
      row === full
        ? '–'
        : percent(full.testAccuracy - row.testAccuracy)
            .replace(/^-0\.0$/, '0.0')
            .replace('-', '−'),
    'Before retraining': row.beforeRetrainingAccuracy === null ? '–' : withF1(row.beforeRetrainingAccuracy, row.beforeRetrainingMacroF1),
    Validation: withF1(row.validationAccuracy, row.validationMacroF1),
    'Macro-F1': percent(row.macroF1),
    Setting: row.rank !== null ? `rank ${row.rank}` : row.levels !== null ? `${row.levels} levels` : '–',
    Seed: String(row.seed),
  };
}

test('from opening the page to the final table, with the figures of the command line', async ({ lab, page }) => {
  test.setTimeout(300_000);
  await lab.open('webgpu');
  await expect(lab.device).toHaveAccessibleName(/swiftshader|gpu|nvidia|intel|amd|apple/i);
  // The plan is there before anything ran: a bar for each method.
  const planned = page.getByRole('table', { name: 'Methods' }).locator('tbody tr');
  await expect(planned).toHaveCount(7);

  await lab.chooseEpochs(epochs);
  await lab.run();
  await expect(lab.chart('Learning rate').curves.first()).toBeVisible();
  await lab.finish();

  // Each chart holds its data: a curve a trained method, and every step of it behind the curve.
  const trained = 4;
  await expect(lab.chart('Learning rate').curves).toHaveCount(trained);
  await expect(lab.chart('Validation loss').curves).toHaveCount(trained);
  const pointsOf = async (title: string) => {
    const [header, ...lines] = (await lab.chart(title).csv()).trim().split('\n');
    const figures = header.split(',').length - 1;
    const bySeries = new Map<string, number>();
    for (const line of lines) {
      // SERIES,x,y and perhaps more figures; a series' name has commas of its own.
      const series = line.split(',').slice(0, -figures).join(',');
      bySeries.set(series, (bySeries.get(series) ?? 0) + 1);
    }
    return bySeries;
  };
  for (const title of ['Learning rate', 'Training loss']) {
    const points = await pointsOf(title);
    expect([...points.keys()].some((series) => series.includes('Full table'))).toBe(true);
    // Phase 3 of `low-rank` is the last third; the others have the whole budget.
    expect([...points.values()].sort((a, b) => a - b)).toEqual([33, 99, 99, 99]);
  }
  expect([...(await pointsOf('Validation accuracy')).values()].sort((a, b) => a - b)).toEqual([1, 3, 3, 3]);
  const spectrum = (await lab.chart('Singular values of the trained table').csv()).trim().split('\n');
  expect(spectrum).toHaveLength(1 + 100);

  const table = await lab.resultsTable();
  const file = await lab.resultsFile();
  const commandLine = await commandLineResults('--backend', 'webgpu', '--epochs', String(epochs));
  expect(figuresOf(file)).toEqual(figuresOf(commandLine));
  const [full] = commandLine.results;
  expect(table.map(({ Method, ...cells }) => cells)).toEqual(commandLine.results.map((row) => expect.objectContaining(cellsOf(row, full))));
  await expect(page.getByRole('region', { name: 'Conclusion' })).toContainText('One seed proves nothing');
});

test.describe('on a narrow screen', () => {
  test.use({ viewport: { width: 390, height: 844 } });

  test('the same journey, on the CPU backend, with a rate of the slider', async ({ lab, page }) => {
    await lab.open('cpu');
    await page.getByLabel('Compression rate').fill('0.8');
    await lab.chooseEpochs(epochs);
    await lab.chooseMethods('Low-rank, retrained', 'Quantized, min-max');
    await lab.run();
    await lab.finish();
    await expect(lab.chart('Learning rate').curves).toHaveCount(2);
    const table = await lab.resultsTable();
    const commandLine = await commandLineResults(...'--backend cpu --epochs 3 --rates 0.8 --methods low-rank,quantized-min-max'.split(' '));
    expect(figuresOf(await lab.resultsFile())).toEqual(figuresOf(commandLine));
    expect(table.map((cells) => cells['Test accuracy'])).toEqual(commandLine.results.map((row) => (100 * row.testAccuracy).toFixed(1)));
    for (const room of ['Data', 'Factorize', 'Train', 'Compare', 'Try it', 'Learn'] as const) {
      await lab.enter(room);
      await expect(page.getByRole('heading', { level: 1 })).toBeAttached();
      const wider = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
      expect(wider, `${room} is wider than the screen`).toBeLessThanOrEqual(0);
    }
  });
});
