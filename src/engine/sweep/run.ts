import type { SweepCell, SweepEvent, SweepGap, SweepGroup, SweepPlan, SweepResults, SweepTask } from '../../protocol/sweep';
import type { PreparedData } from '../data/dataset';
import type { Device } from '../device/device';
import { LabError } from '../errors';
import { ExperimentCost } from '../experiment/cost';
import { dataShape, type MethodAtRate } from '../experiment/plan';
import { SeedRun } from '../experiment/seed-run';
import { type RunControl, Stopped } from '../training/control';
import { encodeBits } from './correct-bits';
import type { SweepCosts } from './costs';
import { cellKey, groupKey } from './keys';
import type { SweepLedger } from './ledger';
import type { Pace } from './pace';
import { unreachable } from './plan';
import { SweepProgress } from './progress';
import { CellTimes } from './times';
import { groupExperiment } from './unroll';

export interface SweepOptions {
  groups: readonly SweepGroup[];
  /** What is finished already; what will be is added. */
  ledger: SweepLedger;
  costs: SweepCosts;
  /** Works on an open device; on a new one after the last was lost. */
  onDevice<T>(work: (device: Device) => Promise<T>): Promise<T>;
  prepare(task: SweepTask, seed: number): Promise<PreparedData>;
  /** What the sweep comes to, on the device that it begins on. */
  plan(device: Device): Promise<SweepPlan>;
  /** What the machine takes, before anything of the sweep was measured. */
  pace(device: Device): Promise<Pace>;
  control: RunControl;
  emit(event: SweepEvent): void;
  /** Writes down what has been added to the ledger; the sweep goes on when that is done. */
  keep(cells: readonly SweepCell[]): Promise<void>;
  /** Resolves after so many milliseconds. */
  wait(milliseconds: number): Promise<void>;
}

/** Losses of the device in a row, with nothing finished in between, after which the sweep gives up. */
const mostLosses = 3;
/** Doubled at each loss in a row: a driver that starts anew takes a moment. */
const firstWaitMs = 1000;

/**
 * Runs what of the groups is not finished, one group after the other, each with one training of `full`. Each finished cell is kept and told of at
 * once. A group that was broken off begins with `full` again: the same specification gives the same bits.
 *
 * @returns everything there is, also after a stop
 * @throws LabError `device-lost` where the device was lost again and again; and what went wrong otherwise, after `sweep-finished` was emitted
 */
export async function runSweep(options: SweepOptions): Promise<SweepResults> {
  const { ledger, emit } = options;
  const finish = (outcome: 'complete' | 'stopped' | 'failed'): SweepResults => {
    emit({ kind: 'sweep-finished', outcome });
    return ledger.results();
  };
  try {
    await untilDone(options);
    return finish('complete');
  } catch (error) {
    if (error instanceof Stopped) return finish('stopped');
    finish('failed');
    throw error;
  }
}

/** Goes on after the loss of a device, with what was finished until then. */
async function untilDone(options: SweepOptions): Promise<void> {
  const { ledger, emit, onDevice, wait } = options;
  let begun = false;
  for (let losses = 0; ; ) {
    const missing = ledger.missing().length;
    try {
      await onDevice(async (device) => {
        if (!begun) begin(options, await options.plan(device));
        begun = true;
        await onOneDevice(options, device);
      });
      return;
    } catch (error) {
      // After a loss the browser may for a moment have no device at all.
      const lost = error instanceof LabError && (error.code === 'device-lost' || (losses > 0 && error.code === 'no-webgpu'));
      losses = ledger.missing().length < missing ? 1 : losses + 1;
      if (!lost || losses > mostLosses) throw error;
      emit({ kind: 'sweep-device-lost', message: error.message });
      await wait(firstWaitMs * 2 ** (losses - 1));
    }
  }
}

/** The plan, and what was kept before. */
function begin({ ledger, emit }: SweepOptions, plan: SweepPlan): void {
  const { adapters, cells, gaps } = ledger.results();
  emit({ kind: 'sweep-started', plan });
  for (const adapter of adapters) emit({ kind: 'sweep-adapter', adapter });
  for (const cell of cells) emit({ kind: 'sweep-cell', cell });
  for (const gap of gaps) emit({ kind: 'sweep-gap', gap });
}

async function onOneDevice(options: SweepOptions, device: Device): Promise<void> {
  const { groups, ledger, costs, control, emit, pace } = options;
  const times = new CellTimes(groups, ledger, costs, { adapter: device.report, ...(await pace(device)) });
  const progress = new SweepProgress(groups, ledger, costs, times, emit);
  try {
    for (const group of groups) {
      // A possible cell whose rate can't be reached is done when it is known as a gap: so a finished group needs no data.
      if (costs.cells(group).every(({ key }) => ledger.has(key))) continue;
      await control.turn();
      await new GroupRun(options, device, progress, group).run();
    }
  } catch (error) {
    // What fails on a device that is gone fails in many ways.
    throw error instanceof Stopped ? error : (device.failure ?? error);
  }
}

/** One training of `full`, and all that builds on it. */
class GroupRun {
  private readonly name: string;

  constructor(
    private readonly options: SweepOptions,
    private readonly device: Device,
    private readonly progress: SweepProgress,
    private readonly group: SweepGroup,
  ) {
    this.name = groupKey(group);
  }

  async run(): Promise<void> {
    const { group, device } = this;
    const { ledger, control, prepare } = this.options;
    const specification = groupExperiment(ledger.specification, group);
    const data = await prepare(group.task, group.seed);
    const shape = dataShape(data);
    const cost = new ExperimentCost(specification, shape, data);
    const seedRun = new SeedRun({ specification, device, control, emit: () => {} }, group.seed, data, this.progress.meter, cost);
    // By this seed's own table, which may be a few words larger or smaller than the first seed's.
    const gaps = seedRun.methods().flatMap((at) => unreachable(group, at) ?? []);
    await this.addGaps(gaps);
    const keyOf = ({ method, requestedRate }: MethodAtRate) => cellKey(this.name, method.id, requestedRate);
    await seedRun.run({
      skip: (at) => ledger.has(keyOf(at)),
      onStarted: (at) => this.progress.start(group, keyOf(at), at.method.label),
      onFinished: (_, { row, correct }) => this.add(row, correct),
      onFailed: ({ method, requestedRate }, reason) => this.addGaps([{ group: this.name, method: method.id, requestedRate, reason }]),
    });
  }

  private async add(row: SweepCell['row'], correct: Uint8Array): Promise<void> {
    const { ledger, emit, keep } = this.options;
    const { report } = this.device;
    const { index, isNew } = ledger.addAdapter(report);
    const cell: SweepCell = { group: this.name, row, correct: encodeBits(correct), adapter: index };
    ledger.addCell(cell);
    await keep([cell]);
    if (isNew) emit({ kind: 'sweep-adapter', adapter: report });
    emit({ kind: 'sweep-cell', cell });
  }

  private async addGaps(gaps: readonly SweepGap[]): Promise<void> {
    const { ledger, emit, keep } = this.options;
    const added = gaps.filter((gap) => !ledger.has(cellKey(gap.group, gap.method, gap.requestedRate)));
    if (added.length === 0) return;
    for (const gap of added) ledger.addGap(gap);
    await keep([]);
    for (const gap of added) emit({ kind: 'sweep-gap', gap });
  }
}
