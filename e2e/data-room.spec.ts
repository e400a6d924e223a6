import { writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, test } from './journey';
import type { LabPage } from './lab-page';
import {
  gloveGzip,
  gloveText,
  largeGlove,
  npy,
  otherPairs,
  otherReviews,
  otherTables,
  reviewsCsv,
  reviewsJsonLines,
  reviewsText,
  vocabulary,
  word2vecBinary,
  words,
} from './own-files';

async function enterData(lab: LabPage): Promise<void> {
  await lab.open('cpu');
  await lab.enter('Data');
}

const bundledTable = 'GloVe 6B, 100 dimensions';

test('word vectors of each kind are dropped, recognized by their content, and loaded', async ({ lab, page }) => {
  await enterData(lab);
  const zone = lab.zone('Load embeddings');

  await lab.drop(zone, gloveGzip());
  const glove = lab.loaded('Embeddings', 'glove.txt');
  await expect(glove).toContainText('GloVe text');
  await expect(glove).toContainText('lovely');

  // A name says nothing: this is word2vec, whatever it is called.
  await lab.drop(zone, { ...word2vecBinary(), name: 'vectors.txt' });
  const word2vec = lab.loaded('Embeddings', 'vectors.txt');
  await expect(word2vec).toContainText(/word2vec binary/i);
  await expect(word2vec.getByRole('definition').first()).toHaveText(String(words.length));

  await lab.drop(zone, vocabulary(), npy());
  const both = page.getByRole('region', { name: 'vocabulary.txt, table.npy' });
  await expect(both).toContainText('32-bit floats');
  await both.getByRole('button', { name: 'Load', exact: true }).click();
  await expect(lab.loaded('Embeddings', 'table.npy')).toContainText(/npy/i);

  // Without its words a table is asked for them; they may come later.
  await lab.drop(zone, { ...npy(), name: 'alone.npy' });
  const waiting = page.getByRole('region', { name: 'alone.npy' });
  await expect(waiting).toContainText('Not loaded yet');
  await expect(waiting.getByRole('button', { name: 'Load', exact: true })).toBeDisabled();
  await lab.drop(waiting.getByText('Add the vocabulary file', { exact: true }), vocabulary());
  await waiting.getByRole('button', { name: 'Load', exact: true }).click();
  await expect(lab.loaded('Embeddings', 'alone.npy')).toContainText('lovely');
});

test('every other kind of word vectors', async ({ lab, page }) => {
  await enterData(lab);
  const zone = lab.zone('Load embeddings');
  const load = async (files: ReturnType<typeof npy>[], format: string) => {
    await lab.drop(zone, ...files);
    const offered = page.getByRole('region', { name: files.map(({ name }) => name).join(', ') });
    const card = lab.loaded('Embeddings', files[0].name);
    await expect(offered.or(card).first()).toBeVisible();
    const button = page.getByRole('button', { name: 'Load', exact: true }).first();
    if (await offered.getByText('Not loaded yet').isVisible()) await button.click();
    await expect(card).toContainText(format);
    await expect(card.getByRole('definition').first()).toHaveText(String(words.length));
    await expect(card).toContainText('lovely');
  };
  for (const { file, format } of otherTables()) await load([file], format);
  for (const { files, format } of otherPairs()) await load(files, format);
});

test('every other kind of labelled sentences', async ({ lab, page }) => {
  await enterData(lab);
  for (const { file, format } of otherReviews()) {
    await lab.drop(lab.zone('Load labelled sentences'), file);
    await page.getByRole('button', { name: 'Use these columns' }).click();
    const card = lab.loaded('Labelled sentences', file.name.replace('.gz', ''));
    await expect(card).toContainText(`Loaded: ${format}`);
    await expect(card).toContainText('The file’s own split: 72 to train, 24 to validate, 24 to test.');
  }
});

test('labelled sentences of each kind are dropped anywhere, and their columns chosen beside a preview', async ({ lab, page }) => {
  await enterData(lab);
  for (const file of [reviewsCsv(), reviewsJsonLines()]) {
    await lab.drop(page.getByRole('heading', { name: 'Data', level: 1 }), file);
    const preview = page.getByRole('region', { name: /^Preview/ });
    await expect(preview).toContainText('no. 0');
    await expect(page.getByLabel('Text column')).toHaveValue('review');
    await page.getByLabel('Label column').selectOption('part');
    await expect(preview.getByRole('columnheader', { name: /part/ })).toContainText('label');
    await page.getByLabel('Split column').selectOption('');
    await page.getByLabel('Label column').selectOption('liked');
    await page.getByLabel('Words', { exact: true }).selectOption({ index: 1 });
    await page.getByRole('button', { name: 'Use these columns' }).click();
    const card = lab.loaded('Labelled sentences', file.name);
    await expect(card).toContainText('liked: 2 classes');
    await expect(card.getByRole('table', { name: 'Classes of liked' })).toContainText('60');
    await expect(card).toContainText('50.0 %');
  }
});

test('a broken file is told by its line, by keyboard alone, and the table that was there stays', async ({ lab, page }) => {
  await enterData(lab);
  const broken = test.info().outputPath('broken <b>.txt');
  writeFileSync(broken, gloveText().replace(/^awful .*$/m, 'awful 0.1 0.2'));
  const input = page.getByLabel('Load embeddings');
  await input.focus();
  const chooser = page.waitForEvent('filechooser');
  await page.keyboard.press('Enter');
  await (await chooser).setFiles(broken);
  const alert = page.getByRole('alert');
  await expect(alert).toContainText('broken <b>.txt (GloVe text), line 6');
  await expect(lab.loaded('Embeddings', bundledTable)).toBeVisible();
  await lab.enter('Train');
  await expect(page.getByRole('button', { name: 'Run', exact: true })).toBeEnabled();
});

test('a large table shows its size before the choice, and is cancelled on the way', async ({ lab, page }) => {
  test.setTimeout(180_000);
  await enterData(lab);
  const large = test.info().outputPath('large.txt');
  writeFileSync(large, largeGlove(400_000));
  await page.getByLabel('Load embeddings').setInputFiles(large);
  const panel = page.getByRole('region', { name: 'large.txt' });
  await expect(panel.getByRole('radio', { name: /^All.*MB/ })).toBeChecked();
  await panel.getByRole('button', { name: 'Load', exact: true }).click();
  await expect(page.getByRole('progressbar', { name: 'Loading large.txt' })).toBeVisible();
  await page.getByRole('button', { name: 'Cancel' }).click();
  await expect(page.getByRole('progressbar', { name: 'Loading large.txt' })).toBeHidden();
  await expect(page.getByRole('alert')).toBeHidden();
  await expect(lab.loaded('Embeddings', bundledTable)).toBeVisible();

  // The same file again, but its most frequent words only.
  await page.getByLabel('Load embeddings').setInputFiles(large);
  await panel.getByLabel('Number of most frequent words').fill('1000');
  await expect(panel.getByRole('radio', { name: /most frequent/ })).toBeChecked();
  await panel.getByRole('button', { name: 'Load', exact: true }).click();
  await expect(lab.loaded('Embeddings', 'large.txt').getByRole('definition').first()).toHaveText('1,000');
});

test('a reload finds what was loaded, until it is forgotten', async ({ lab, page }) => {
  await enterData(lab);
  await lab.drop(lab.zone('Load embeddings'), gloveGzip());
  await expect(lab.loaded('Embeddings', 'glove.txt')).toBeVisible();
  await lab.drop(lab.zone('Load labelled sentences'), reviewsCsv());
  await page.getByRole('button', { name: 'Use these columns' }).click();
  const kept = page.getByRole('list', { name: 'Kept sources' }).getByRole('listitem');
  await expect(kept).toHaveCount(2);

  await page.reload();
  await expect(lab.loaded('Embeddings', 'glove.txt')).toContainText('lovely');
  await expect(lab.loaded('Labelled sentences', 'reviews.csv')).toContainText('120');
  await expect(kept).toHaveCount(2);

  // What is forgotten stays loaded until the page is left.
  await page.getByRole('button', { name: /^Forget glove/ }).click();
  await page.getByRole('button', { name: /^Forget glove.* for good$/ }).click();
  await expect(kept).toHaveCount(1);
  await expect(lab.loaded('Embeddings', 'glove.txt')).toBeVisible();
  await page.reload();
  await expect(lab.loaded('Embeddings', bundledTable)).toBeVisible();
  await expect(lab.loaded('Labelled sentences', 'reviews.csv')).toBeVisible();
});

test('a whole table is factorized beside the experiment’s words, and its keeping is told', async ({ lab, page }) => {
  test.setTimeout(180_000);
  await enterData(lab);
  const large = test.info().outputPath('large.txt');
  writeFileSync(
    large,
    `${gloveText()}${largeGlove(200_000)
      .toString()
      .replace(/( \S+){34}$/gm, '')}`,
  );
  await page.getByLabel('Load embeddings').setInputFiles(large);
  await lab.loaded('Embeddings', 'large.txt').waitFor();
  await lab.drop(lab.zone('Load labelled sentences'), reviewsCsv());
  await page.getByRole('button', { name: 'Use these columns' }).click();
  await expect(page.getByRole('list', { name: 'Kept sources' }).getByRole('listitem')).toHaveCount(2);

  await lab.enter('Factorize');
  const values = page.getByRole('figure', { name: 'Singular values' });
  await expect(values).toContainText('Of the table as it is loaded');
  await page.getByText('The whole table', { exact: true }).click();
  await expect(values).toContainText('Of all 200,010 words of the loaded table', { timeout: 60_000 });
});

test.describe('a link to data at an address', () => {
  let server: Server;
  let address: string;
  let asked: string[];

  test.beforeEach(async () => {
    asked = [];
    server = createServer((request, response) => {
      asked.push(request.url ?? '');
      response.writeHead(200, { 'access-control-allow-origin': '*', 'content-type': 'text/csv' }).end(reviewsText());
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });
  test.afterEach(() => new Promise<void>((resolve) => server.close(() => resolve())));

  test('is fetched once its host was confirmed by name', async ({ lab, page }) => {
    lab.confirmedOrigins.add(address);
    await page.goto(`./?backend=cpu&data=${encodeURIComponent(`${address}/sets/linked.csv`)}`);
    const host = new URL(address).host;
    const dialog = page.getByRole('dialog', { name: `Fetch from ${host}?` });
    // The page has loaded what it opens with by then.
    await expect(dialog).toContainText(`${address}/sets/linked.csv`, { timeout: 60_000 });
    expect(asked).toEqual([]);
    await dialog.getByRole('button', { name: `Fetch from ${host}` }).click();
    await page.getByLabel('Label column').selectOption('liked');
    await page.getByRole('button', { name: 'Use these columns' }).click();
    await expect(lab.loaded('Labelled sentences', 'linked.csv')).toContainText('120');
    expect(new Set(asked)).toEqual(new Set(['/sets/linked.csv']));
    // The question is not asked again: what came is kept. It can be used before it is.
    await expect(page.getByRole('list', { name: 'Kept sources' }).getByRole('listitem')).toHaveCount(1);
    await page.reload();
    await expect(lab.loaded('Labelled sentences', 'linked.csv')).toBeVisible();
    await expect(page.getByRole('dialog')).toBeHidden();
  });

  test('asks for nothing where its host is refused', async ({ lab, page }) => {
    await page.goto(`./?backend=cpu&embeddings=${encodeURIComponent(`${address}/vectors.txt`)}`);
    await page.getByRole('dialog').getByRole('button', { name: 'Fetch nothing', exact: true }).click();
    await expect(page.getByRole('dialog')).toBeHidden();
    await expect(lab.loaded('Embeddings', bundledTable)).toBeVisible();
    expect(asked).toEqual([]);
  });
});
