import { writeFileSync } from 'node:fs';
import { commandLineResults, figuresOf } from './command-line';
import { expect, test } from './journey';

const good = ['good', 'fine', 'great', 'lovely', 'bright'];
const bad = ['bad', 'poor', 'awful', 'dull', 'broken'];

/** A small GloVe file whose first number tells the good words from the bad. */
function gloveText(): string {
  const line = (word: string, k: number) =>
    `${word} ${[k % 2 ? -0.6 : 0.6, ...Array.from({ length: 15 }, (_, i) => Math.sin(3 * k + i) / 4)].join(' ')}`;
  return `${good.flatMap((word, i) => [line(word, 2 * i), line(bad[i], 2 * i + 1)]).join('\n')}\n`;
}

/** Sentences of three words, with a column that says which split each is in. */
function reviews(): string {
  const rows = Array.from({ length: 120 }, (_, i) => {
    const words = i % 2 ? bad : good;
    const text = [0, 1, 2].map((k) => words[(i * 7 + k * (1 + (i % 3))) % 5]).join(' ');
    return `"${text}, no. ${i}",${i % 2 ? 'no' : 'yes'},${['train', 'train', 'train', 'validation', 'test'][Math.floor(i / 2) % 5]}`;
  });
  return `review,liked,part\n${rows.join('\n')}\n`;
}

test("a person's own files: an error by its line, then a run on them, a sentence tried, and the command line's figures", async ({
  lab,
  page,
}) => {
  const broken = test.info().outputPath('broken.txt');
  const vectors = test.info().outputPath('vectors.txt');
  const data = test.info().outputPath('reviews.csv');
  writeFileSync(broken, gloveText().replace(/^awful .*$/m, 'awful 0.1 0.2'));
  writeFileSync(vectors, gloveText());
  writeFileSync(data, reviews());

  await lab.open('cpu');
  await lab.enter('Data');
  await page.getByLabel('Load embeddings').setInputFiles(broken);
  await expect(page.getByRole('alert')).toContainText(/broken\.txt, line 6/);
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
  await page.getByLabel('Sentence', { exact: true }).fill('a lovely, bright thing');
  await page.getByRole('button', { name: 'Classify' }).click();
  const answers = page.getByRole('main');
  await expect(answers).toContainText('Full table');
  await expect(answers).toContainText('Low-rank, retrained');
  await expect(answers).toContainText('yes');
});

test('the counting lesson counts', async ({ lab, page }) => {
  await lab.open('cpu');
  await lab.enter('Learn');
  await page.getByRole('slider', { name: 'Rank, r' }).fill('30');
  await expect(page.getByRole('main')).toContainText('309,000');
  await expect(page.getByRole('main')).toContainText('3,000,000');
  await expect(page.getByRole('main')).toContainText('89.7 %');
});
