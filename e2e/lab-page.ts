import { readFileSync } from 'node:fs';
import { type Download, expect, type Locator, type Page } from '@playwright/test';
import type { BackendChoice } from '../src/protocol/device';
import type { ExperimentResults } from '../src/protocol/results';
import type { GivenFile } from './own-files';

export type Room = 'Data' | 'Factorize' | 'Train' | 'Compare' | 'Try it' | 'Learn';

/** A run at its end needs no longer than this, on two cores that also play the GPU. */
const longestRunMs = 100_000;

/** The lab as a person uses it: what can be done, and what can be read. */
export class LabPage {
  /** Origins that the journey consents to: requests to them are not counted as having left. */
  readonly confirmedOrigins = new Set<string>();

  constructor(readonly page: Page) {}

  /** Opens the page and waits until an experiment can be run. */
  async open(backend: BackendChoice = 'webgpu'): Promise<void> {
    await this.page.goto(`./?backend=${backend}`);
    await expect(this.page.getByLabel('Compression rate')).toBeEnabled({ timeout: 60_000 });
  }

  /** Drops files on the element with this text, as a mouse would: over it first, then let go. */
  async drop(on: Locator, ...files: GivenFile[]): Promise<void> {
    const dataTransfer = await this.page.evaluateHandle(
      (given) => {
        const transfer = new DataTransfer();
        for (const { name, base64 } of given) {
          transfer.items.add(new File([Uint8Array.from(atob(base64), (character) => character.charCodeAt(0))], name));
        }
        return transfer;
      },
      files.map(({ name, content }) => ({ name, base64: content.toString('base64') })),
    );
    for (const type of ['dragenter', 'dragover', 'drop']) await on.dispatchEvent(type, { dataTransfer });
  }

  /** The zone of the Data room that takes these files. */
  zone(name: 'Load embeddings' | 'Load labelled sentences'): Locator {
    return this.page.getByRole('main').getByText(name, { exact: true });
  }

  /** The card of what is loaded. */
  loaded(kind: 'Embeddings' | 'Labelled sentences', name: string): Locator {
    return this.page.getByRole('region', { name: kind, exact: true }).getByRole('region', { name }).filter({ hasText: 'Loaded:' });
  }

  async enter(room: Room): Promise<void> {
    await this.page.getByRole('navigation', { name: 'Rooms' }).getByRole('link', { name: room }).click();
  }

  /** What the header says of the run. */
  get state(): Locator {
    return this.page.getByRole('banner').getByRole('status');
  }

  get device(): Locator {
    return this.page.getByRole('button', { name: /^Device: / });
  }

  async run(): Promise<void> {
    await this.page.getByRole('button', { name: 'Run', exact: true }).click();
  }

  async pause(): Promise<void> {
    await this.page.getByRole('button', { name: 'Pause' }).click();
    await expect(this.state).toHaveText(/^Paused/);
  }

  async resume(): Promise<void> {
    await this.page.getByRole('button', { name: 'Resume' }).click();
    await expect(this.state).toHaveText('Training');
  }

  async stop(): Promise<void> {
    await this.page.getByRole('button', { name: 'Stop' }).click();
    await expect(this.state).toHaveText(/^Stopped/);
  }

  async finish(): Promise<void> {
    await expect(this.state).toHaveText('Experiment complete', { timeout: longestRunMs });
  }

  /** Where the time of the last run went, in seconds. */
  async openProfile(): Promise<{ phases: { name: string; seconds: number }[]; together: number }> {
    const table = this.page.getByRole('table', { name: 'Where the time went' });
    if (!(await table.isVisible())) await this.page.getByText('Where the time went').first().click();
    await expect(table).toBeVisible();
    const rows = await table
      .locator('tbody tr, tfoot tr')
      .evaluateAll((all) => all.map((row) => [...row.querySelectorAll('th, td')].map((cell) => (cell.textContent ?? '').trim())));
    const phases = rows.map(([name, seconds]) => ({ name, seconds: Number(seconds) }));
    const together = phases.pop()?.seconds ?? Number.NaN;
    return { phases, together };
  }

  /** The settings are folded away on a narrow screen. */
  async openSettings(): Promise<void> {
    const settings = this.page.locator('details').filter({ hasText: 'All settings' }).first();
    if (!(await settings.evaluate((details) => (details as HTMLDetailsElement).open))) {
      await settings.locator('summary').first().click();
    }
  }

  async chooseEpochs(epochs: number): Promise<void> {
    await this.openSettings();
    await this.page.getByLabel('Epochs').fill(String(epochs));
  }

  /** Exactly these beside the full table, by their names on the screen. */
  async chooseMethods(...labels: string[]): Promise<void> {
    await this.openSettings();
    const boxes = this.page.getByRole('group', { name: 'Methods' }).getByRole('checkbox');
    for (const box of await boxes.all()) {
      if (await box.isDisabled()) continue;
      const name = (await box.locator('xpath=ancestor::label').locator('span').filter({ hasText: /./ }).first().innerText()).trim();
      await box.setChecked(labels.includes(name));
    }
  }

  async chooseSchedule(id: string): Promise<void> {
    await this.openSettings();
    await this.page.getByLabel('Schedule', { exact: true }).selectOption(id);
  }

  /** The link that Share copies. */
  async copyLink(): Promise<string> {
    await this.page.getByRole('button', { name: 'Share', exact: true }).click();
    await this.page.getByRole('menuitem', { name: 'Copy link' }).click();
    return this.linkOf(this.page.getByRole('dialog', { name: 'Link to this page' }));
  }

  /** The link that a teacher makes, with these taken off the page. */
  async copyLessonLink(...hidden: string[]): Promise<string> {
    await this.page.getByRole('button', { name: 'Share', exact: true }).click();
    await this.page.getByRole('menuitem', { name: 'For teachers' }).click();
    const dialog = this.page.getByRole('dialog', { name: 'For teachers' });
    for (const name of hidden) await dialog.getByRole('checkbox', { name, exact: true }).check();
    return this.linkOf(dialog);
  }

  private async linkOf(dialog: Locator): Promise<string> {
    const link = await dialog.getByLabel('Link').inputValue();
    await this.page.keyboard.press('Escape');
    await expect(dialog).toHaveCount(0);
    return link;
  }

  /** Opens a link as a visitor does who was sent it, on a page of its own. */
  async openLink(link: string, backend: BackendChoice): Promise<void> {
    await this.page.goto('about:blank');
    await this.page.goto(link.replace('#', `?backend=${backend}#`));
    await expect(this.page.getByRole('button', { name: 'Run', exact: true })).toBeVisible({ timeout: 60_000 });
  }

  /** Waits until all that the page may need is kept. */
  async readyForOffline(): Promise<void> {
    await this.page.evaluate(async () => (await navigator.serviceWorker.ready).active?.state);
  }

  /** Moves the focus with the keyboard until it is there. */
  async tabTo(target: Locator, key: 'Tab' | 'Shift+Tab' = 'Tab'): Promise<void> {
    for (let presses = 0; presses < 80; presses++) {
      if (await target.evaluate((element) => element === document.activeElement)) return;
      await this.page.keyboard.press(key);
    }
    await expect(target).toBeFocused();
  }

  chart(title: string): Chart {
    return new Chart(this.page, title);
  }

  /** The rows of the table of results: cells by their column's name. */
  async resultsTable(): Promise<Record<string, string>[]> {
    await this.enter('Compare');
    const table = this.page.getByRole('table', { name: 'Results' });
    await expect(table).toBeVisible();
    const texts = (cells: Locator) => cells.evaluateAll((all) => all.map((cell) => (cell.textContent ?? '').trim()));
    const header = await table
      .locator('thead th button > span')
      .evaluateAll((all) => all.map((name) => (name.firstChild?.textContent ?? '').trim()));
    const rows = await table.locator('tbody tr').all();
    return Promise.all(
      rows.map(async (row) => {
        const cells = await texts(row.locator('th, td'));
        return Object.fromEntries(header.map((name, i) => [name, cells[i]]));
      }),
    );
  }

  /** results.json, as the page hands it out. */
  async resultsFile(): Promise<ExperimentResults> {
    await this.enter('Compare');
    return JSON.parse(await this.saved(() => this.page.getByRole('button', { name: 'JSON' }).click()));
  }

  private saved(click: () => Promise<void>): Promise<string> {
    return savedText(this.page, click);
  }
}

async function savedText(page: Page, click: () => Promise<void>): Promise<string> {
  const started: Promise<Download> = page.waitForEvent('download');
  await click();
  const download = await started;
  return readFileSync(await download.path(), 'utf8');
}

/** One chart of the page, by its title. */
export class Chart {
  readonly figure: Locator;

  constructor(
    private readonly page: Page,
    private readonly title: string,
  ) {
    this.figure = page.getByRole('figure', { name: title });
  }

  /** The lines that are drawn; one of a single point is a dot. */
  get curves(): Locator {
    return this.figure.locator('g[data-curve]');
  }

  /** The raw points as the chart's CSV has them: a line a point, the first line names the columns. */
  async csv(): Promise<string> {
    await this.figure.getByRole('button', { name: `${this.title}: table and downloads` }).click();
    return savedText(this.page, () => this.page.getByRole('menuitem', { name: 'Download CSV' }).click());
  }

  /** The same once it stays as it is: a chart draws a few times a second, and may still owe its last points when a run has ended. */
  async settledCsv(): Promise<string> {
    let text = await this.csv();
    await expect(async () => {
      const before = text;
      await new Promise((resolve) => setTimeout(resolve, 700));
      text = await this.csv();
      expect(text).toEqual(before);
    }).toPass();
    return text;
  }
}
