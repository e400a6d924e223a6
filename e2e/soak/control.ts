import { chromium, type Page } from '@playwright/test';
import { launchOptions } from '../../scripts/lib/browser.mjs';
import { collectGarbage, heapOf, processMB } from './memory';

/** A page of nothing but what every page does: elements come and go, and a drawing changes ten times a second. It keeps nothing. */
const html = `<!doctype html>
<title>Control</title>
<button>Again</button>
<svg width="600" height="200"><path fill="none" stroke="black" /></svg>
<ul></ul>
<script>
  const list = document.querySelector('ul');
  const path = document.querySelector('path');
  const again = () => {
    list.replaceChildren(...Array.from({ length: 300 }, (_, i) => {
      const item = document.createElement('li');
      const name = document.createElement('label');
      const slider = document.createElement('input');
      slider.type = 'range';
      slider.addEventListener('input', () => { name.dataset.value = slider.value; });
      name.append('Item ' + i, slider);
      item.append(name);
      return item;
    }));
  };
  let frame = 0;
  setInterval(() => {
    frame++;
    path.setAttribute('d', 'M' + Array.from({ length: 300 }, (_, i) => 2 * i + ',' + (100 + 90 * Math.sin(i / 20 + frame / 5)).toFixed(2)).join('L'));
  }, 100);
  document.querySelector('button').addEventListener('click', again);
  again();
</script>`;

const turnsARound = 20;

/** Figures of one moment, in millions of bytes. */
export interface ControlMemory {
  heapMB: number;
  processMB: number | null;
}

/** A page that can't leak, driven and measured as the lab's is: what its process grows by is the browser's own and that of the tools that drive it. */
export class Control {
  private constructor(
    private readonly page: Page,
    readonly close: () => Promise<void>,
  ) {}

  /** In a browser of its own, so that its process can be told from the lab's. */
  static async open(): Promise<Control> {
    const browser = await chromium.launch(await launchOptions());
    const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
    await page.setContent(html);
    return new Control(page, () => browser.close());
  }

  async round(): Promise<ControlMemory> {
    const { page } = this;
    for (let turn = 0; turn < turnsARound; turn++) {
      await page.getByRole('button', { name: 'Again' }).click();
      await page.getByRole('slider').nth(turn).press('ArrowRight');
      await page.getByText('Item 299').waitFor();
    }
    const session = await page.context().newCDPSession(page);
    await collectGarbage(page, [(method) => session.send(method)]);
    const { liveMB } = heapOf(await session.send('Runtime.getHeapUsage'));
    await session.detach();
    return { heapMB: liveMB, processMB: await processMB(page) };
  }
}
