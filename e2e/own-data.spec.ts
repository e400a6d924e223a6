import { writeFileSync } from 'node:fs';
import { commandLineResults, figuresOf } from './command-line';
import { expect, test } from './journey';
import { gloveText, reviewsText } from './own-files';

test("a person's own files: an error by its line, then a run on them, a sentence tried, and the command line's figures", async ({
  lab,
  page,
}) => {
  const broken = test.info().outputPath('broken.txt');
  const vectors = test.info().outputPath('vectors.txt');
  const data = test.info().outputPath('reviews.csv');
  writeFileSync(broken, gloveText().replace(/^awful .*$/m, 'awful 0.1 0.2'));
  writeFileSync(vectors, gloveText());
  writeFileSync(data, reviewsText());

  await lab.open('cpu');
  await lab.enter('Data');
  await page.getByLabel('Load embeddings').setInputFiles(broken);
  await expect(page.getByRole('alert')).toContainText(/broken\.txt \(GloVe text\), line 6/);
  await page.getByLabel('Load embeddings').setInputFiles(vectors);
  await expect(page.getByRole('region', { name: 'vectors.txt' })).toContainText('GloVe text');

  await page.getByLabel('Load labelled sentences').setInputFiles(data);
  await page.getByLabel('Text column').selectOption('review');
  await page.getByLabel('Label column').selectOption('liked');
  await page.getByLabel('Split column').selectOption('part');
  await page.getByRole('button', { name: 'Use these columns' }).click();
  await expect(page.getByRole('region', { name: 'reviews.csv' })).toContainText('120');

  await lab.enter('Train');
  await page.getByLabel('Compression rate').fill('0.5');
  await lab.chooseEpochs(3);
  await lab.chooseMethods('Low-rank, retrained');
  await lab.run();
  await lab.finish();
  const commandLine = await commandLineResults(
    ...['--backend', 'cpu', '--embeddings', vectors, '--data', data, '--text-column', 'review', '--label-column', 'liked'],
    ...['--split-column', 'part', '--rates', '0.5', '--epochs', '3', '--methods', 'low-rank'],
  );
  expect(figuresOf(await lab.resultsFile())).toEqual(figuresOf(commandLine));

  await lab.enter('Try it');
  await page.getByLabel('Sentences, one a line').fill('a lovely, bright thing');
  const answers = page.getByRole('table', { name: 'Probabilities' });
  await expect(answers).toContainText('Full table');
  await expect(answers).toContainText('Low-rank, retrained');
  await expect(answers).toContainText('yes');
});
