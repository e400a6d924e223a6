// `npm run make-icons`: the icons of an installed page, drawn from public/favicon.svg by the tests' browser. Run after the drawing changed.
import { readFile, writeFile } from 'node:fs/promises';
import { chromium } from 'playwright';
import { launchOptions } from './lib/browser.mjs';
import { main } from './lib/run.mjs';

const ink = '#14181d';
const paper = '#ffffff';
/** Systems cut a maskable icon to their own shape, and leave the middle 80 % of it. */
const icons = [
  { file: '192.png', pixels: 192, share: 1, radius: 0.22 },
  { file: '512.png', pixels: 512, share: 1, radius: 0.22 },
  { file: 'maskable-512.png', pixels: 512, share: 0.72, radius: 0 },
];

await main(async () => {
  const drawing = (await readFile('public/favicon.svg', 'utf8')).replace(
    /<style>[\s\S]*<\/style>/,
    `<style>rect { fill: ${paper} }</style>`,
  );
  const browser = await chromium.launch(await launchOptions());
  const page = await browser.newPage();
  for (const { file, pixels, share, radius } of icons) {
    await page.setViewportSize({ width: pixels, height: pixels });
    await page.setContent(`<style>
      body { display: grid; place-items: center; width: 100vw; height: 100vh; margin: 0; background: ${ink}; border-radius: ${100 * radius}% }
      svg { width: ${86 * share}%; height: ${86 * share}% }
      html { background: transparent }
    </style>${drawing}`);
    await writeFile(`public/icons/${file}`, await page.screenshot({ omitBackground: true }));
  }
  await browser.close();
  return 0;
});
