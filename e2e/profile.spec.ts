import { expect, test } from './journey';

test('the faster backend is measured and remembered, and a short run says where its time went', async ({ lab, page }) => {
  await lab.open('auto');
  const measured = () => page.evaluate(() => JSON.parse(localStorage.getItem('lowrank-lab.probes') ?? '[]')[0]?.measuredAt as number);
  const first = await measured();
  expect(first).toBeGreaterThan(0);
  await lab.device.click();
  const settings = page.getByRole('dialog', { name: 'Device' });
  await expect(settings).toContainText(/faster.*ms against .* ms a training step/);
  await settings.getByRole('button', { name: 'Measure again' }).click();
  await expect.poll(measured).toBeGreaterThan(first);
  await page.keyboard.press('Escape');

  await lab.chooseEpochs(1);
  await lab.run();
  await lab.finish();
  const { phases, together } = await lab.openProfile();
  const sum = phases.reduce((total, { seconds }) => total + seconds, 0);
  // Each figure is rounded to a hundredth of a second.
  expect(Math.abs(sum - together)).toBeLessThan(0.01 * phases.length);
  expect(phases.map(({ name }) => name)).toEqual(expect.arrayContaining(['Load', 'Factorize', 'Quantize', 'Evaluate']));
  await expect(page.getByText('Steps per second')).toBeVisible();
});
