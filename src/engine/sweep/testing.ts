/** For tests only: a small sweep of small made-up tasks, and what runs it. */
import type { SweepEvent, SweepPlan, SweepResults, SweepSpecification, SweepTask } from '../../protocol/sweep';
import type { PreparedData } from '../data/dataset';
import type { Device } from '../device/device';
import { madeUpData, smallSpecification } from '../experiment/testing';
import { models } from '../models/registry';
import { RunControl } from '../training/control';
import { SweepCosts, taskData } from './costs';
import { taskKey } from './keys';
import { SweepLedger } from './ledger';
import type { Pace } from './pace';
import { planSweep } from './plan';
import { runSweep, type SweepOptions } from './run';
import { groupsOfShare } from './shares';
import { validateSweep } from './specification';

export const sweepVersions = { 'lowrank-lab': '0' };

const dataset = { id: 'sha256:0123456789abcdef', name: 'made-up.csv' };
export const madeUpTasks: SweepTask[] = ['first', 'second'].map((task) => ({ dataset, task }));

const { dataset: _dataset, task: _task, model, schedule, ...shared } = smallSpecification;

/** Two groups of four cells, three of which can be reached, in a few epochs. */
export const smallSweep: SweepSpecification = {
  ...shared,
  tasks: [madeUpTasks[0]],
  models: [model],
  schedules: [schedule],
  methods: ['full', 'low-rank', 'quantized-min-max'],
  rates: [0.5],
  epochs: 3,
  learningRates: { full: [3e-2], 'low-rank': [1e-2] },
  seeds: [1, 2],
};

/** The second task is the first one with other sentences. */
export async function prepareMadeUp({ task }: SweepTask, seed: number): Promise<PreparedData> {
  return madeUpData(task === 'second' ? seed + 100 : seed);
}

/** All but the wall time. */
export function withoutSeconds({ cells, ...rest }: SweepResults) {
  return { ...rest, cells: cells.map(({ row: { seconds: _, ...row }, ...cell }) => ({ ...cell, row })) };
}

export interface SweepTrial {
  changes?: Partial<SweepSpecification>;
  known?: SweepResults | null;
  share?: { index: number; count: number } | null;
  onEvent?(event: SweepEvent, control: RunControl): void;
  options?: Partial<SweepOptions>;
}

/** A machine's, made up. */
export const testPace: Pace = { msPerCost: new Map(models.map(({ id }) => [id, 1e-6])), msPerOperation: 1e-5 };

/** Runs the small sweep, or another, on a device. */
export async function trySweep(device: Device, { changes = {}, known = null, share = null, onEvent, options = {} }: SweepTrial = {}) {
  const specification = validateSweep({ ...smallSweep, ...changes });
  const ledger = new SweepLedger(specification, sweepVersions, known);
  const costs = await madeUpCosts(specification);
  const groups = groupsOfShare(specification, share, costs);
  const control = new RunControl(() => performance.now());
  const events: SweepEvent[] = [];
  const keptCells: SweepResults[] = [];
  const plan: SweepPlan = planSweep(groups, ledger, costs, { adapter: device.report, ...testPace });
  const results = runSweep({
    groups,
    ledger,
    costs,
    onDevice: (work) => work(device),
    prepare: prepareMadeUp,
    plan: async () => plan,
    pace: async () => testPace,
    control,
    emit: (event) => {
      events.push(event);
      onEvent?.(event, control);
    },
    keep: async () => {
      keptCells.push(ledger.results());
    },
    wait: async () => {},
    ...options,
  });
  return { results, events, plan, kept: keptCells, ledger };
}

export async function madeUpCosts(specification: SweepSpecification): Promise<SweepCosts> {
  const [seed] = specification.seeds;
  const tasks = await Promise.all(
    specification.tasks.map(async (task) => [taskKey(task), taskData(await prepareMadeUp(task, seed))] as const),
  );
  return new SweepCosts(specification, new Map(tasks));
}
