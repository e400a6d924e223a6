import { expect, test } from './journey';
import { expectShortTasks } from './main-thread';
import { RacePage } from './race-page';

test('no task of the main thread takes over 50 ms of CPU time while an experiment trains, from its start to its results', async ({
  lab,
  page,
}) => {
  await lab.open('cpu');
  await lab.chooseEpochs(6);
  await expectShortTasks(page, async () => {
    await lab.run();
    await lab.finish();
  });
});

test('nor while six lanes are charted live, one of the charts under the pointer', async ({ lab, page }) => {
  await lab.open('webgpu');
  const race = new RacePage(page);
  await race.enter();
  for (let lanes = 3; lanes < 6; lanes++) await race.addLane();
  await expect(race.lanes).toHaveCount(6);
  const schedules = await race.lanes.getByLabel('Schedule').evaluateAll((all) => all.map((select) => (select as HTMLSelectElement).value));
  expect(new Set(schedules).size).toBe(6);
  await race.specify({ epochs: 6, seeds: '1', batchSize: 64 });
  await expectShortTasks(page, async () => {
    await race.start();
    await expect(race.chart('Training loss').curves).toHaveCount(12);
    await race.chart('Training loss').figure.hover();
    await race.finish();
  });
});
