import { expect, type Locator } from '@playwright/test';
import type { LabPage } from './lab-page';

/** The longest training that a step asks for, on two cores that others use too. */
const longestStepMs = 150_000;

/** A lesson as a person goes through it. */
export class LessonPage {
  constructor(private readonly lab: LabPage) {}

  private get page() {
    return this.lab.page;
  }

  /** What the lesson says, asks and answers. */
  get text(): Locator {
    return this.page.getByRole('region', { name: 'Lesson' });
  }

  get title(): Locator {
    return this.text.getByRole('heading', { level: 2 });
  }

  /** The number of the step, and how many there are. */
  async place(): Promise<{ step: number; of: number }> {
    const words = await this.text.getByRole('status').innerText();
    const [step, of] = (words.match(/\d+/g) ?? []).map(Number);
    return { step, of };
  }

  /** Chooses a lesson among all. */
  async choose(title: string): Promise<void> {
    await this.lab.enter('Learn');
    await this.card(title).click();
    await expect(this.page.getByRole('heading', { level: 1, name: title })).toBeVisible();
  }

  card(title: string): Locator {
    return this.page.getByRole('list', { name: 'Lessons' }).getByRole('link', { name: title });
  }

  /** What the step is about, beside its text. */
  piece(): Locator {
    return this.page
      .getByRole('article')
      .getByRole('region', { name: /^(?!Lesson$)/ })
      .first();
  }

  async openAnswer(): Promise<void> {
    const question = this.text.getByRole('group');
    await question.locator('summary').click();
    await expect(question.getByRole('paragraph')).toBeVisible();
  }

  /** Does the step's task start a training? */
  asksForRun(): Promise<boolean> {
    return this.text.getByText(/trains for about/).isVisible();
  }

  /** Starts what the task asks for, and waits for its end. */
  async runIt(): Promise<void> {
    // A training may be over before one has looked twice; the state of one before it says `complete` too.
    const states = await this.lab.state.evaluateHandle((status) => {
      const texts: string[] = [];
      new MutationObserver(() => texts.push(status.textContent ?? '')).observe(status, {
        childList: true,
        characterData: true,
        subtree: true,
      });
      return texts;
    });
    await this.page.getByRole('button', { name: /^(Run|Start race)$/ }).click({ timeout: 15_000 });
    await expect
      .poll(() => states.evaluate((texts) => texts.some((text) => /^(Starting|Training|Racing)$/.test(text))), { timeout: 30_000 })
      .toBe(true);
    await expect(this.lab.state).toHaveText(/ complete$/, { timeout: longestStepMs });
  }

  async next(): Promise<void> {
    const { step } = await this.place();
    await this.text.getByRole('button', { name: 'Next' }).click();
    await expect(this.text.getByRole('status')).toHaveText(new RegExp(`^Step ${step + 1} of`));
  }

  async finish(): Promise<void> {
    await this.text.getByRole('button', { name: 'Finish' }).click();
    await expect(this.page.getByRole('list', { name: 'Lessons' })).toBeVisible();
  }
}
