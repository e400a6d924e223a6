import { appendFileSync } from 'node:fs';
import type { Locator } from '@playwright/test';
import { expect, test } from '../journey';
import type { LabPage } from '../lab-page';
import { gloveText, reviewsText } from '../own-files';
import { RacePage } from '../race-page';
import { backend, fewestSamples, in30Minutes, inWords, minutes, warmUpMinutes } from './growth';
import { type Memory, measure, prepare } from './memory';

/**
 * What each figure may grow in half an hour, by the lower end of the 95 % interval of its trend after the warm-up: what is above it grows beyond doubt.
 *
 * - The page's heap holds its machine code, which goes on to be compiled for long: of the 0.64 MB that eight rounds of three parts added after the first five,
 *   snapshots had 0.85 MB of code and 0.02 MB of objects, and less of the browser's own. In ten minutes on the CPU backend it grew by 2.4 MB per half hour
 *   (1.3 to 3.4), and by 3.7 (3.0 to 4.5) when the page still kept each answer of its worker.
 * Its process is not judged here: a browser that is driven from outside keeps records for whoever drives it (`unwatched.spec.ts`).
 */
const mostIn30Minutes: Record<keyof Memory, number> = {
  pageMB: 3,
  workerMB: 3,
  domMB: 1,
  nodes: 300,
  listeners: 100,
  buffers: 2,
  bufferMB: 1,
};

/** What the lab does: each by itself, from any room, and at the end with the bundled data again. */
const parts: Record<string, (lab: LabPage) => Promise<void>> = {
  async experiment(lab) {
    await enterExperiment(lab);
    await lab.chooseEpochs(1);
    await lab.run();
    await lab.finish();
    await lab.resultsTable();
    await lab.enter('Try it');
    await lab.page.getByLabel('Sentences, one a line').fill('a lovely, bright thing');
    await expect(lab.page.getByRole('table', { name: 'Probabilities' })).toContainText('Low-rank, retrained');
  },

  async factorize(lab) {
    await lab.enter('Factorize');
    await lab.page.getByText('The whole table', { exact: true }).click();
    await expect(lab.chart('Singular values').curves.first()).toBeVisible({ timeout: 60_000 });
  },

  async race(lab) {
    const race = new RacePage(lab.page);
    await lab.enter('Train');
    await race.enter();
    await race.specify({ epochs: 1, seeds: '1', batchSize: 64 });
    await lab.page.getByRole('button', { name: 'Start race' }).click();
    await race.finish();
    await race.runRangeTest();
    await expect(race.chart('Loss over learning rate').figure).toContainText('the weights that the race begins with', { timeout: 60_000 });
    await expect(lab.page.getByRole('button', { name: 'Run range test' })).toBeEnabled({ timeout: 60_000 });
  },

  async learn(lab) {
    const { page } = lab;
    await lab.enter('Learn');
    const pieces = page.getByRole('list', { name: 'Things to play with' }).getByRole('link');
    await expect(pieces).not.toHaveCount(0);
    const count = await pieces.count();
    for (let i = 0; i < count; i++) {
      await pieces.nth(i).click();
      await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
      const play = page.getByRole('button', { name: 'Play', exact: true });
      if (await play.isVisible()) await play.click();
      for (const slider of (await page.getByRole('main').getByRole('slider').all()).slice(0, 3)) {
        if (await slider.isEnabled()) await slider.press('ArrowRight');
      }
      await page.waitForTimeout(1500);
      await lab.enter('Learn');
      await expect(pieces).toHaveCount(count);
    }
  },

  async data(lab) {
    const { page } = lab;
    await lab.enter('Data');
    await give(page.getByLabel('Load embeddings'), 'vectors.txt', gloveText());
    await expect(page.getByRole('region', { name: 'vectors.txt' })).toContainText('GloVe text');
    await give(page.getByLabel('Load labelled sentences'), 'reviews.csv', reviewsText());
    await page.getByLabel('Text column').selectOption('review');
    await page.getByLabel('Label column').selectOption('liked');
    await page.getByLabel('Split column').selectOption('part');
    await page.getByRole('button', { name: 'Use these columns' }).click();
    await expect(page.getByRole('region', { name: 'reviews.csv' })).toContainText('120');
    await enterExperiment(lab);
    await lab.run();
    await lab.finish();
    await lab.enter('Data');
    await page.getByRole('button', { name: 'Back to the bundled data' }).click();
    await expect(page.getByRole('button', { name: 'Back to the bundled data' })).toHaveCount(0, { timeout: 60_000 });
  },
};

/** Playwright's own `setInputFiles` holds the element for good, and with it the whole room that it was in. */
async function give(input: Locator, name: string, text: string): Promise<void> {
  await input.evaluate(
    (element, file) => {
      const transfer = new DataTransfer();
      transfer.items.add(new File([file.text], file.name));
      (element as HTMLInputElement).files = transfer.files;
      element.dispatchEvent(new Event('change', { bubbles: true }));
    },
    { name, text },
  );
}

async function enterExperiment(lab: LabPage): Promise<void> {
  await lab.enter('Train');
  await lab.page.getByRole('navigation', { name: 'Train' }).getByRole('link', { name: 'Experiment' }).click();
}

/** All of them, but for who looks for where a growth comes from. */
const chosen = process.env.SOAK_PARTS?.split(',') ?? Object.keys(parts);

test(`the page’s memory is flat over ${minutes} minutes`, async ({ lab, page, context }) => {
  test.setTimeout((minutes + 10) * 60_000);
  await prepare(context);
  await lab.open(backend);
  const log = test.info().outputPath('memory.jsonl');
  const samples: Moment[] = [];
  const began = performance.now();
  const elapsed = () => (performance.now() - began) / 60_000;
  while (elapsed() < minutes) {
    for (const part of chosen) await parts[part](lab);
    const sample = { minutes: elapsed(), memory: await measure(page) };
    samples.push(sample);
    appendFileSync(log, `${JSON.stringify(sample)}\n`);
    console.log(told(sample));
  }
  const settled = samples.filter((sample) => sample.minutes > warmUpMinutes);
  expect(settled.length, 'samples after the warm-up: let it run for longer').toBeGreaterThanOrEqual(fewestSamples);
  const grown = (Object.keys(mostIn30Minutes) as (keyof Memory)[]).flatMap((figure) => {
    const growth = in30Minutes(settled.map((sample) => ({ minutes: sample.minutes, value: sample.memory[figure] })));
    const most = mostIn30Minutes[figure];
    console.log(`${figure}: ${inWords(growth)} more in 30 minutes; may be ${most.toFixed(1)}`);
    return growth.from > most ? [`${figure}: ${inWords(growth)}`] : [];
  });
  expect(grown, 'grows by more in 30 minutes than it may').toEqual([]);
});

interface Moment {
  minutes: number;
  memory: Memory;
}

function told({ minutes: at, memory }: Moment): string {
  const { pageMB, workerMB, domMB, nodes, listeners, buffers, bufferMB } = memory;
  return (
    `${at.toFixed(1)} min: page ${pageMB.toFixed(1)} MB, worker ${workerMB.toFixed(1)} MB, DOM ${domMB.toFixed(2)} MB, ` +
    `${nodes} nodes, ${listeners} listeners, ${buffers} buffers of ${bufferMB.toFixed(1)} MB`
  );
}
