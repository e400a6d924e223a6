import type { SweepEvent, SweepLab } from '../../protocol/sweep';
import { EventBatcher } from '../event-batcher';
import { measuredPace } from '../sweep/pace';
import { planSweep } from '../sweep/plan';
import { runSweep } from '../sweep/run';
import { unrollSweep } from '../sweep/unroll';
import { RunControl } from '../training/control';
import type { LoadedData } from './data';
import type { OnDevice } from './device';
import type { LabEnvironment } from './environment';
import type { Going } from './going';
import type { Kept } from './storage';
import type { SweepLayout } from './sweep-layout';

/** Sweeps: planned, run, kept. */
export function sweepVerbs(
  { now }: Pick<LabEnvironment, 'now'>,
  going: Going,
  data: LoadedData,
  onDevice: OnDevice,
  layout: SweepLayout,
  { sweeps }: Kept,
): SweepLab {
  return {
    async planSweep(specification, share) {
      const { groups, ledger, costs } = await layout.layOut(specification, share);
      return onDevice(async (device) =>
        planSweep(groups, ledger, costs, {
          adapter: device.report,
          ...(await measuredPace(device, ledger.specification.models, now)),
        }),
      );
    },

    async runSweep(specification, onEvents, share) {
      going.refuseWhileRunning('Stop what is going on, or wait for its end.');
      data.refuseWhileLoading();
      const batcher = new EventBatcher<SweepEvent>(onEvents);
      const emit = (event: SweepEvent) => batcher.add(event);
      const control = new RunControl(now, () => emit({ kind: 'paused' }));
      try {
        return await going.hold({ what: 'A sweep is running.', control, tell: emit }, async () => {
          const { groups, ledger, costs } = await layout.layOut(specification, share);
          const kept = await sweeps;
          let plannedCells = 0;
          return runSweep({
            groups,
            ledger,
            costs,
            onDevice,
            prepare: (task, seed) => layout.prepareTask(ledger.specification, task, seed),
            plan: async (device) => {
              const pace = { adapter: device.report, ...(await measuredPace(device, ledger.specification.models, now)) };
              plannedCells = planSweep(unrollSweep(ledger.specification), ledger, costs, pace).cells;
              await kept.begin(ledger, plannedCells);
              return planSweep(groups, ledger, costs, pace);
            },
            pace: (device) => measuredPace(device, ledger.specification.models, now),
            control,
            emit,
            keep: (cells) => kept.add(ledger, cells, plannedCells),
            wait: (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds)),
          });
        });
      } finally {
        await batcher.flush();
      }
    },

    keptSweeps: async () => (await sweeps).list(),
    openSweep: async (id) => (await sweeps).open(id),

    async importSweep(file) {
      going.refuseWhileRunning('A file can be opened when the run has ended.');
      return (await sweeps).import(file);
    },

    async forgetSweep(id) {
      going.refuseWhileRunning('It can be forgotten when the run has ended.');
      return (await sweeps).forget(id);
    },
  };
}
