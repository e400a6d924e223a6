import { expect, type Page } from '@playwright/test';

/** 0.338 as the page writes it. */
export function percent(share: number): string {
  return `${(100 * share).toFixed(1)} %`;
}

export function signed(value: number, digits: number): string {
  return value.toFixed(digits).replace('-', '−');
}

/** The landscape of the Learn room, as a person uses it. */
export class LandscapePage {
  constructor(private readonly page: Page) {}

  /** Opens the page in the room, and waits until the walks and the shares are there. */
  async open(): Promise<void> {
    await this.page.goto('./?backend=cpu#/learn/landscape');
    await expect(this.page.getByRole('table', { name: 'Shares of the starts' })).toBeVisible({ timeout: 60_000 });
    await expect(this.page.getByRole('button', { name: 'Add a lane' })).toBeVisible({ timeout: 60_000 });
  }

  async play(): Promise<void> {
    await this.page.getByRole('button', { name: 'Play', exact: true }).click();
  }

  async pause(): Promise<void> {
    await this.page.getByRole('button', { name: 'Pause', exact: true }).click();
  }

  async step(): Promise<number> {
    return Number(await this.page.getByRole('slider', { name: 'Step', exact: true }).inputValue());
  }

  async scrub(step: number): Promise<void> {
    await this.page.getByRole('slider', { name: 'Step', exact: true }).fill(String(step));
  }

  /** Drags the start by so many pixels. */
  async dragStart(right: number, down: number): Promise<void> {
    const handle = this.page.getByRole('slider', { name: 'Start of the balls' });
    await handle.scrollIntoViewIfNeeded();
    const box = await handle.boundingBox();
    if (!box) throw new Error('the start is not on the page');
    const [x, y] = [box.x + box.width / 2, box.y + box.height / 2];
    await this.page.mouse.move(x, y);
    await this.page.mouse.down();
    await this.page.mouse.move(x + right / 2, y + down / 2);
    await this.page.mouse.move(x + right, y + down);
    await this.page.mouse.up();
  }

  /** The start's coordinates, as its fields have them. */
  async start(): Promise<number[]> {
    const fields = await this.page.getByLabel(/^Start, [xy]$/).all();
    return Promise.all(fields.map(async (field) => Number(await field.inputValue())));
  }

  /** Where the balls are drawn. */
  async ballPlaces(): Promise<string[]> {
    return this.page
      .locator('svg[data-figure] g:has(> circle)')
      .evaluateAll((all) => all.map((ball) => ball.getAttribute('transform') ?? ''));
  }

  walkRows(): Promise<Record<string, string>[]> {
    return this.rows('This walk');
  }

  async walks(): Promise<Record<string, string>[]> {
    return (await this.walkRows()).map((row) => ({ 'Height at the end': row['Height at the end'], 'Ends in': row['Ends in'] }));
  }

  /** The shares of the settings as they are: none while they are being counted. */
  async shares(): Promise<Record<string, string>[]> {
    await expect(
      this.page.locator('[aria-busy="false"]', { has: this.page.getByRole('table', { name: 'Shares of the starts' }) }),
    ).toBeVisible();
    return (await this.rows('Shares of the starts')).map((row) => ({
      'In the deepest': row['In the deepest'],
      '95 % interval': row['95 % interval'],
      'Mean final height': row['Mean final height'],
    }));
  }

  private rows(name: string): Promise<Record<string, string>[]> {
    return this.page.getByRole('table', { name }).evaluate((table) => {
      const texts = (row: Element) => [...row.children].map((cell) => (cell.textContent ?? '').trim());
      const header = texts(table.querySelector('thead tr') as Element);
      return [...table.querySelectorAll('tbody tr')].map((row) => Object.fromEntries(texts(row).map((text, i) => [header[i], text])));
    });
  }
}
