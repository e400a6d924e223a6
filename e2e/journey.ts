import { test as base, expect } from '@playwright/test';
import { LabPage } from './lab-page';

export { expect } from '@playwright/test';

/**
 * Every journey has the lab, and ends with what must hold for all of them: no request left the page's origin but for a host that was confirmed, and nothing was logged as an
 * error.
 */
export const test = base.extend<{ lab: LabPage }>({
  lab: async ({ page, context, baseURL }, use) => {
    const away: string[] = [];
    const errors: string[] = [];
    const lab = new LabPage(page);
    const { origin } = new URL(baseURL ?? '');
    // The context's, since the worker asks for files too.
    context.on('request', (request) => {
      const url = request.url();
      if (lab.confirmedOrigins.has(new URL(url).origin)) return;
      if (!url.startsWith(`${origin}/`) && !url.startsWith('data:') && !url.startsWith(`blob:${origin}/`)) away.push(url);
    });
    context.on('console', (message) => {
      if (message.type() === 'error') errors.push(message.text());
    });
    context.on('weberror', (error) => errors.push(String(error.error())));
    await use(lab);
    expect(away, 'requests that left the origin').toEqual([]);
    expect(errors, 'errors on the console').toEqual([]);
  },
});
