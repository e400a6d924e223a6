import { expect, test as journey } from './journey';
import { serveUnder } from './static-site';

const path = '/some/sub/path/';

/** The built page on a host of its own, under a path, with service workers. */
const test = journey.extend<{ site: Awaited<ReturnType<typeof serveUnder>> }>({
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads from the pattern what a fixture needs: nothing
  site: async ({}, use) => {
    const site = await serveUnder(path);
    await use(site);
    await site.close();
  },
  baseURL: async ({ site }, use) => use(site.address),
});
test.use({ serviceWorkers: 'allow' });

test('under a path: the page, its worker and its data; nothing is asked for outside; a link opens', async ({ lab, page, site }) => {
  await lab.open('cpu');
  await lab.chooseEpochs(2);
  const link = await lab.copyLink();
  expect(link).toContain(`${path}#/train?s=`);
  expect(link.length).toBeLessThan(2000);
  await page.goto('about:blank');
  await lab.openLink(link, 'cpu');
  await expect(page.getByLabel('Epochs')).toHaveValue('2');
  expect(new URL(page.url()).hash).toBe('#/train');

  await lab.readyForOffline();
  expect(await page.evaluate(async () => new URL((await navigator.serviceWorker.ready).scope).pathname)).toBe(path);
  const manifest = await page.evaluate(async () => {
    const address = document.querySelector<HTMLLinkElement>('link[rel=manifest]')!.href;
    const { start_url, scope, icons } = await (await fetch(address)).json();
    const pixels = await Promise.all(
      icons.map(async ({ src, type }: { src: string; type: string }) => {
        const response = await fetch(new URL(src, address));
        if (type !== 'image/png') return response.ok;
        const { width, height } = await createImageBitmap(await response.blob());
        return `${width}x${height}`;
      }),
    );
    return { start: new URL(start_url, address).pathname, scope: new URL(scope, address).pathname, icons, pixels };
  });
  expect(manifest).toMatchObject({ start: path, scope: path, pixels: [true, '192x192', '512x512', '512x512'] });
  expect(manifest.icons.map(({ purpose }: { purpose: string }) => purpose)).toContain('maskable');
  expect(site.asked.filter((one) => !one.startsWith(path))).toEqual([]);
});

test('without a network, once visited: the page opens anew, and an experiment runs', async ({ lab, page, context }) => {
  await lab.open('cpu');
  await lab.readyForOffline();
  await context.setOffline(true);
  await page.reload();
  await expect(page.getByLabel('Compression rate')).toBeEnabled({ timeout: 60_000 });
  await lab.chooseEpochs(1);
  await lab.chooseMethods('Low-rank, retrained');
  await lab.run();
  await lab.finish();
  expect(await lab.resultsTable()).toHaveLength(2);
  // Rooms and dialogs that were never opened are kept as well.
  for (const room of ['Data', 'Factorize', 'Learn'] as const) {
    await lab.enter(room);
    await expect(page.getByRole('heading', { level: 1, name: room })).toBeVisible();
  }
  expect(await lab.copyLink()).toContain('#/learn?s=');
});

test('a newer version is told of, and taken when the visitor says so', async ({ lab, page, site }) => {
  await lab.open('cpu');
  await lab.readyForOffline();
  site.publish();
  await page.reload();
  await expect(page.getByText('A new version is here.')).toBeVisible({ timeout: 60_000 });
  // Nothing happens by itself.
  expect(await page.evaluate(async () => (await navigator.serviceWorker.getRegistration())?.waiting?.state)).toBe('installed');
  await Promise.all([page.waitForEvent('load'), page.getByRole('button', { name: 'Reload' }).click()]);
  await expect(page.getByLabel('Compression rate')).toBeEnabled({ timeout: 60_000 });
  await expect(page.getByText('A new version is here.')).toBeHidden();
  expect(await page.evaluate(async () => (await navigator.serviceWorker.getRegistration())?.waiting)).toBeNull();
});
