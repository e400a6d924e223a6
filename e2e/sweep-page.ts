import { readFileSync } from 'node:fs';
import { expect, type Locator, type Page } from '@playwright/test';

export interface SweepLists {
  /** Beside the full table. */
  methods: string[];
  /** As one types it, in percent. */
  rates: string;
  seeds: string;
  epochs: number;
}

/** The sweeps of the Compare room, as a person uses them. */
export class SweepPage {
  readonly kept: Locator;
  readonly verdicts: Locator;

  constructor(private readonly page: Page) {
    this.kept = page.getByRole('region', { name: 'Kept sweeps' });
    this.verdicts = page.getByRole('region', { name: 'Verdicts' }).getByRole('listitem');
  }

  async enter(): Promise<void> {
    await this.page.getByRole('navigation', { name: 'Rooms' }).getByRole('link', { name: 'Compare' }).click();
    await this.page.getByRole('navigation', { name: 'Compare' }).getByRole('link', { name: 'Sweeps' }).click();
  }

  async specify({ methods, rates, seeds, epochs }: SweepLists): Promise<void> {
    const group = this.page.getByRole('group', { name: 'Methods', exact: true });
    for (const box of await group.getByRole('checkbox').all()) {
      if (await box.isDisabled()) continue;
      const name = (await box.locator('xpath=ancestor::label/span').first().innerText()).trim();
      await box.setChecked(methods.includes(name));
    }
    await this.page.getByLabel('All rates, in %').fill(rates);
    await this.page.getByLabel('Seeds').fill(seeds);
    await this.page.getByLabel('Epochs').fill(String(epochs));
  }

  get start(): Locator {
    return this.page.getByRole('button', { name: 'Start sweep' });
  }

  /** How many cells are finished, as the head says it. */
  get finished(): Locator {
    return this.page.getByText(/\d+ of \d+ cells are finished|\d+ finished cells/);
  }

  async pause(): Promise<void> {
    await this.page.getByRole('button', { name: 'Pause' }).click();
    await expect(this.page.getByRole('button', { name: 'Resume' })).toBeVisible();
  }

  async saved(button: string): Promise<string> {
    const started = this.page.waitForEvent('download');
    await this.page.getByRole('button', { name: button, exact: true }).click();
    return readFileSync(await (await started).path(), 'utf8');
  }
}
