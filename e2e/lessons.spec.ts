import { expect, test } from './journey';
import { LessonPage } from './lessons';

const titles = [
  'What a table costs',
  'What the SVD keeps',
  'Why train the factors',
  'What quantization loses',
  'Why cycles, why annealing',
  'How to read a comparison',
];

for (const title of titles) {
  test(`the lesson “${title}” is walked to its end`, async ({ lab }) => {
    test.setTimeout(600_000);
    await lab.open('cpu');
    const lesson = new LessonPage(lab);
    await lesson.choose(title);
    const { step, of } = await lesson.place();
    expect(step).toBe(1);
    for (let at = 1; at <= of; at++) {
      // The piece is there, whichever it is: something to read and something to move.
      await expect(lesson.piece().getByRole('figure').or(lesson.piece().locator('svg, canvas')).first()).toBeVisible();
      await expect(lesson.piece().getByRole('slider').or(lesson.piece().getByRole('button')).first()).toBeVisible();
      await expect(lab.page).toHaveTitle(new RegExp(`^${at}\\. ${(await lesson.title.innerText()).replace(/[?.]/g, '\\$&')} · ${title}`));
      await lesson.openAnswer();
      if (await lesson.asksForRun()) await lesson.runIt();
      if (at < of) await lesson.next();
    }
    await lesson.finish();
    await expect(lesson.card(title)).toContainText('seen through');
    // Progress outlives the visit.
    await lab.page.reload();
    await expect(lesson.card(title)).toContainText('seen through');
  });
}

test('a lesson is a link, goes by keys, and keeps what was moved until its page is turned', async ({ lab, page }) => {
  await page.goto('./?backend=cpu#/learn/lesson/what-a-table-costs/4');
  const lesson = new LessonPage(lab);
  const rank = page.getByLabel('Rank, r');
  await expect(lesson.title).toHaveText('Nine tenths gone');
  await expect(rank).toHaveValue('30');
  // The task of this step: the largest rank that removes 90 %.
  await rank.focus();
  await page.keyboard.press('ArrowLeft');
  await expect(rank).toHaveValue('29');
  await expect(page.getByRole('main')).toContainText('90.0 %');
  await expect(lesson.title).toHaveText('Nine tenths gone');

  await lesson.title.click();
  await page.keyboard.press('ArrowRight');
  await expect(lesson.title).toHaveText('Where it stops to pay');
  await expect(lesson.title).toBeFocused();
  await expect(rank).toHaveValue('280');
  await page.keyboard.press('ArrowLeft');
  await expect(lesson.title).toHaveText('Nine tenths gone');
  await expect(rank).toHaveValue('30');
  await page.goBack();
  await expect(lesson.title).toHaveText('Where it stops to pay');

  await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
  await page.getByRole('button', { name: 'Link to this step' }).click();
  const address = await page.evaluate(() => navigator.clipboard.readText());
  expect(address).toBe(`${new URL(page.url()).origin}/#/learn/lesson/what-a-table-costs/5`);
});

test('a lesson prints as a sheet, its answers on a page of their own', async ({ lab, page }) => {
  await lab.open('cpu');
  const lesson = new LessonPage(lab);
  await lesson.choose('What a table costs');
  await page.getByRole('link', { name: 'Printed sheet' }).click();
  const sheet = page.getByRole('article', { name: 'Lesson sheet: What a table costs' });
  await expect(sheet.getByRole('listitem').filter({ has: page.getByRole('heading') })).toHaveCount(5);
  await page.emulateMedia({ media: 'print' });
  await expect(page.getByRole('button', { name: 'Print' })).toBeHidden();
  const answers = sheet.getByRole('region', { name: 'Answers' });
  expect(await answers.evaluate((section) => getComputedStyle(section).breakBefore)).toBe('page');
  await page.emulateMedia({ media: 'screen' });
  await page.getByText('No answers').click();
  await expect(answers).toBeHidden();
});
