import { expect, test } from './journey';

test.describe('where the time went', () => {
  for (const backend of ['cpu', 'webgpu'] as const) {
    test(`is shown after a short run on ${backend}, and adds up`, async ({ lab, page }) => {
      await lab.open(backend);
      await lab.chooseEpochs(1);
      await lab.chooseMethods('Low-rank, retrained');
      await lab.run();
      await lab.finish();
      const profile = await lab.openProfile();
      const sum = profile.phases.reduce((total, { seconds }) => total + seconds, 0);
      // Each of eleven figures is rounded to a hundredth of a second.
      expect(Math.abs(sum - profile.together)).toBeLessThan(0.06);
      const named = profile.phases.map(({ name }) => name);
      expect(named).toEqual(expect.arrayContaining(['Load', 'Factorize', 'Evaluate']));
      if (backend === 'cpu') {
        expect(named).toEqual(expect.arrayContaining(['Forward', 'Backward', 'Update']));
        await expect(page.getByText('Steps per second')).toBeVisible();
        return;
      }
      expect(named).toContain('Training steps, not split');
      await page.getByLabel(/^Split the steps of the next run/).check();
      await lab.run();
      await lab.finish();
      expect((await lab.openProfile()).phases.map(({ name }) => name)).toEqual(expect.arrayContaining(['Forward', 'Backward', 'Update']));
    });
  }
});

test('the backend that was measured is remembered, and measured again when asked', async ({ lab, page }) => {
  await lab.open('auto');
  const measured = () => page.evaluate(() => JSON.parse(localStorage.getItem('lowrank-lab.probes') ?? '[]')[0]?.measuredAt as number);
  const first = await measured();
  expect(first).toBeGreaterThan(0);
  await lab.open('auto');
  expect(await measured()).toBe(first);
  await lab.device.click();
  const settings = page.getByRole('dialog', { name: 'Device' });
  await expect(settings).toContainText(/faster.*ms against .* ms a training step/);
  await settings.getByRole('button', { name: 'Measure again' }).click();
  await expect.poll(measured).toBeGreaterThan(first);
});
