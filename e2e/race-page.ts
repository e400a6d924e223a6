import { expect, type Locator, type Page } from '@playwright/test';
import { Chart } from './lab-page';

/** A race at its end needs no longer than this, on two cores. */
const longestRaceMs = 150_000;

/** The race of the Train room, as a person runs it. */
export class RacePage {
  constructor(private readonly page: Page) {}

  /** Over from the experiment, once the race can be started. */
  async enter(): Promise<void> {
    await this.page.getByRole('navigation', { name: 'Train' }).getByRole('link', { name: 'Race' }).click();
    await expect(this.page.getByRole('button', { name: 'Start race' })).toBeEnabled({ timeout: 60_000 });
  }

  /** What all lanes share; closed again, so that the lanes are what is seen. */
  async specify({ epochs, seeds, batchSize }: { epochs: number; seeds: string; batchSize: number }): Promise<void> {
    const summary = this.page.locator('summary').filter({ hasText: 'What all lanes share' });
    await summary.click();
    await this.page.getByLabel('Epochs').fill(String(epochs));
    await this.page.getByLabel('Seeds').fill(seeds);
    await this.page.getByLabel('Batch size').fill(String(batchSize));
    await summary.click();
  }

  lane(letter: string): Locator {
    return this.page.getByRole('group', { name: `Lane ${letter}` });
  }

  get lanes(): Locator {
    return this.page.getByRole('group', { name: /^Lane / });
  }

  async addLane(): Promise<void> {
    await this.page.getByRole('button', { name: 'Add a lane' }).click();
  }

  peak(letter: string): Locator {
    return this.lane(letter).getByRole('slider', { name: 'Peak rate' });
  }

  async chooseSchedule(letter: string, id: string): Promise<void> {
    await this.lane(letter).getByLabel('Schedule').selectOption(id);
  }

  async start(): Promise<void> {
    await this.page.getByRole('button', { name: 'Start race' }).click();
    await expect(this.state).toHaveText('Racing', { timeout: 60_000 });
  }

  async pause(): Promise<void> {
    await this.page.getByRole('button', { name: 'Pause' }).click();
    await expect(this.state).toHaveText(/^Paused/);
  }

  async resume(): Promise<void> {
    await this.page.getByRole('button', { name: 'Resume' }).click();
    await expect(this.state).toHaveText('Racing');
  }

  async finish(): Promise<void> {
    await expect(this.state).toHaveText('Race complete', { timeout: longestRaceMs });
  }

  async fork(letter: string): Promise<void> {
    await this.page.getByRole('button', { name: `Fork lane ${letter}` }).click();
  }

  chart(title: string): Chart {
    return new Chart(this.page, title);
  }

  /** The row of a lane where the race ended. */
  row(letter: string): Locator {
    return this.page
      .getByRole('table', { name: 'End line' })
      .getByRole('row')
      .filter({ has: this.page.getByText(letter, { exact: true }) });
  }

  get conclusion(): Locator {
    return this.page.getByRole('region', { name: 'What this race shows' });
  }

  async runRangeTest(): Promise<void> {
    await this.page.getByRole('button', { name: 'Run range test' }).click();
  }

  /** The proposed bounds for this lane, or for all of them. */
  async useBounds(lane: string | 'all'): Promise<void> {
    await this.page.getByLabel('For', { exact: true }).selectOption(lane);
    await this.page.getByRole('button', { name: 'Use these bounds' }).click();
  }

  async toExperiment(letter: string): Promise<void> {
    await this.page.getByRole('button', { name: `Full experiment with lane ${letter}` }).click();
  }

  /** What the header says of the race. */
  private get state(): Locator {
    return this.page.getByRole('banner').getByRole('status');
  }
}
