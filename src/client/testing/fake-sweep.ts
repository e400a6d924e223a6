import type { LabFailure } from '../../protocol/failure';
import type { ResultRow } from '../../protocol/results';
import type { KeptSweep, OnSweepEvents, SweepCell, SweepGroup, SweepPlan, SweepResults, SweepSpecification } from '../../protocol/sweep';
import { fakeDevice, fakeMethods } from './fake-catalogue';

const TEST_COUNT = 450;
const FULL_BYTES = 5253 * 400;
const NETWORK_BYTES = 41_208;
const STEPS_PER_EPOCH = 33;
/** As the paper's rivals fall off: accuracy of `full`, less `scale` times what is asked for beyond where it begins to hurt. */
const FALL: Record<string, { from: number; scale: number }> = {
  'low-rank': { from: 0.9, scale: 0.35 },
  'low-rank-weighted': { from: 0.96, scale: 0.2 },
  'pre-compressed': { from: 0.4, scale: 0.05 },
  'pre-compressed-frozen': { from: -0.9, scale: 0.07 },
  'quantized-min-max': { from: 0.85, scale: 0.3 },
  'quantized-mse': { from: 0.8, scale: 0.12 },
  codebook: { from: 0.8, scale: 0.1 },
};
const MODEL_BONUS: Record<string, number> = { dan: 0, lstm: 0.006, cnn: -0.004 };
const SCHEDULE_BONUS: Record<string, number> = { calr: 0.006, clr: 0.004, fixed: -0.008, linear: 0.003, cosine: 0.003 };
/** One bit a weight: no integer goes further. */
const ONE_BIT = 1 - 1 / 32;

/** Sweeps of the in-memory lab: believable figures, the same ones for the same specification. */
export class FakeSweeps {
  private readonly kept = new Map<string, { results: SweepResults; plannedCells: number; changedAt: number }>();
  private stopped = false;
  private tell: OnSweepEvents = () => {};
  private gate: { promise: Promise<void>; open: () => void } | null = null;
  running = false;

  constructor(private readonly wait: () => Promise<void>) {}

  plan(specification: SweepSpecification): SweepPlan {
    if (specification.tasks.length === 0 || specification.seeds.length === 0 || specification.models.length === 0) {
      throw {
        code: 'bad-specification',
        message: 'A sweep needs a task, a network, a schedule and a seed at least.',
        remedy: 'Choose one of each.',
      } satisfies LabFailure;
    }
    const groups = [...groupsOf(specification)];
    const gaps = groups.flatMap(([group]) =>
      methodsAndRates(specification)
        .filter(([method, rate]) => !isReachable(method, rate))
        .map(([method, requestedRate]) => ({
          ...{ group, method, requestedRate },
          reason: 'One bit a weight is 96.9 %: quantization can’t go further.',
        })),
    );
    const cells = groups.length * methodsAndRates(specification).length - gaps.length;
    const finishedCells = this.kept.get(idOf(specification))?.results.cells.length ?? 0;
    const steps = cells * 2 * specification.epochs * STEPS_PER_EPOCH;
    return { groups: groups.length, cells, gaps, steps, seconds: (cells - finishedCells) * 2.4, finishedCells };
  }

  async run(specification: SweepSpecification, onEvents: OnSweepEvents): Promise<SweepResults> {
    this.stopped = false;
    this.running = true;
    this.tell = onEvents;
    const plan = this.plan(specification);
    const id = idOf(specification);
    let results = this.kept.get(id)?.results ?? emptyResults(specification);
    onEvents([
      { kind: 'sweep-started', plan },
      { kind: 'sweep-adapter', adapter: fakeDevice },
      ...plan.gaps.map((gap) => ({ kind: 'sweep-gap' as const, gap })),
      ...results.cells.map((cell) => ({ kind: 'sweep-cell' as const, cell })),
    ]);
    results = { ...results, gaps: plan.gaps };
    const known = new Set(results.cells.map(cellId));
    for (const [key, group] of groupsOf(specification)) {
      for (const [method, rate] of methodsAndRates(specification)) {
        if (!isReachable(method, rate)) continue;
        const cell = fakeCell(key, group, method, rate);
        if (known.has(cellId(cell))) continue;
        await this.wait();
        if (this.gate) await this.gate.promise;
        if (this.stopped) break;
        results = { ...results, cells: [...results.cells, cell] };
        this.kept.set(id, { results, plannedCells: plan.cells, changedAt: Date.now() });
        const done = results.cells.length / plan.cells;
        onEvents([
          { kind: 'sweep-cell', cell },
          {
            kind: 'sweep-progress',
            label: `${fakeMethods.find((one) => one.id === method)?.label}, seed ${group.seed}`,
            fraction: done,
            secondsLeft: (plan.cells - results.cells.length) * 2.4,
          },
        ]);
      }
      if (this.stopped) break;
    }
    onEvents([{ kind: 'sweep-finished', outcome: this.stopped ? 'stopped' : 'complete' }]);
    this.running = false;
    return results;
  }

  pause(): void {
    let open = () => {};
    const promise = new Promise<void>((resolve) => {
      open = resolve;
    });
    this.gate = { promise, open };
    this.tell([{ kind: 'paused' }]);
  }

  resume(): void {
    this.release();
    this.tell([{ kind: 'resumed' }]);
  }

  stop(): void {
    this.stopped = true;
    this.release();
  }

  private release(): void {
    this.gate?.open();
    this.gate = null;
  }

  list(): KeptSweep[] {
    return [...this.kept]
      .map(([id, { results, plannedCells, changedAt }]) => ({
        id,
        specification: results.specification,
        cells: results.cells.length,
        plannedCells,
        damage: null,
        changedAt,
      }))
      .sort((a, b) => b.changedAt - a.changedAt);
  }

  open(id: string): SweepResults {
    const kept = this.kept.get(id);
    if (kept) return kept.results;
    throw { code: 'no-data', message: 'The browser does not keep this sweep any more.', remedy: 'Start it again.' } satisfies LabFailure;
  }

  import(file: unknown): SweepResults {
    if (typeof file !== 'object' || file === null || !('kind' in file) || file.kind !== 'lowrank-lab-sweep') {
      throw {
        code: 'bad-specification',
        message: 'The file holds no results of a sweep.',
        remedy: 'Take a file that the lab wrote.',
      } satisfies LabFailure;
    }
    const results = file as SweepResults;
    this.kept.set(idOf(results.specification), {
      results,
      plannedCells: this.plan(results.specification).cells,
      changedAt: Date.now(),
    });
    return results;
  }

  forget(id: string): KeptSweep[] {
    this.kept.delete(id);
    return this.list();
  }
}

/** As the engine names them. */
export function groupKey({ task: { dataset, task }, model, schedule: { id, parameters }, seed }: SweepGroup): string {
  const own = Object.entries(parameters).map(([name, value]) => `${name}=${value}`);
  return [dataset.id, task, model, own.length > 0 ? `${id}(${own.join(',')})` : id, seed].join('/');
}

export function groupsOf({ tasks, models, schedules, seeds }: SweepSpecification): Map<string, SweepGroup> {
  const groups = tasks.flatMap((task) =>
    models.flatMap((model) => schedules.flatMap((schedule) => seeds.map((seed): SweepGroup => ({ task, model, schedule, seed })))),
  );
  return new Map(groups.map((group) => [groupKey(group), group]));
}

const cellId = ({ group, row }: SweepCell) => `${group}/${row.method}@${row.requestedRate}`;

export function methodsAndRates({ methods, rates }: SweepSpecification): [string, number | null][] {
  return [['full', null], ...methods.filter((id) => id !== 'full').flatMap((id) => rates.map((rate): [string, number] => [id, rate]))];
}

function isReachable(method: string, rate: number | null): boolean {
  const setting = fakeMethods.find(({ id }) => id === method)?.setting;
  return rate === null || setting !== 'levels' || rate <= ONE_BIT;
}

function emptyResults(specification: SweepSpecification): SweepResults {
  return {
    kind: 'lowrank-lab-sweep',
    specification,
    versions: { 'lowrank-lab': '0.1.0', fake: '1' },
    adapters: [fakeDevice],
    cells: [],
    gaps: [],
  };
}

function idOf(specification: SweepSpecification): string {
  return hash(JSON.stringify(specification)).toString(16);
}

/** A whole sweep at once, finished. */
export function fakeSweepResults(specification: SweepSpecification): SweepResults {
  const { gaps } = new FakeSweeps(async () => {}).plan(specification);
  const cells = [...groupsOf(specification)].flatMap(([key, group]) =>
    methodsAndRates(specification)
      .filter(([method, rate]) => isReachable(method, rate))
      .map(([method, rate]) => fakeCell(key, group, method, rate)),
  );
  return { ...emptyResults(specification), cells, gaps };
}

function fakeCell(key: string, group: SweepGroup, method: string, requestedRate: number | null): SweepCell {
  const random = generator(hash(`${key} ${method} ${requestedRate}`));
  // What a seed's split is worth is worth it to all methods: pairs differ less than seeds do.
  const ofSeed = 0.03 * (generator(hash(`${group.seed} ${group.task.task}`))() - 0.5);
  const { from, scale } = FALL[method] ?? { from: 1, scale: 0 };
  const beyond = requestedRate === null ? 0 : Math.max(0, requestedRate - from);
  const bonus = (MODEL_BONUS[group.model] ?? 0) + (SCHEDULE_BONUS[group.schedule.id] ?? 0);
  const wanted = 0.846 + bonus + ofSeed - scale * beyond + 0.008 * (random() - 0.5);
  const right = Math.round(wanted * TEST_COUNT);
  const rate = requestedRate === null ? 0 : Math.min(0.997, requestedRate + 0.004 * random());
  const bytes = Math.round(FULL_BYTES * (1 - rate));
  const test = right / TEST_COUNT;
  const before = method.startsWith('low-rank') ? test - 0.02 - 0.3 * beyond : null;
  const row: ResultRow = {
    ...{ method, requestedRate, rate, bytes, networkBytes: bytes + NETWORK_BYTES },
    rank: method.includes('rank') || method.startsWith('pre') ? Math.max(1, Math.floor(100 * (1 - rate))) : null,
    levels: fakeMethods.find(({ id }) => id === method)?.setting === 'levels' ? 2 ** Math.max(1, Math.floor(32 * (1 - rate))) : null,
    groups: null,
    ...{ validationAccuracy: test + 0.004, validationMacroF1: test + 0.002, testAccuracy: test, macroF1: test - 0.002 },
    ...{ beforeRetrainingAccuracy: before, beforeRetrainingMacroF1: before === null ? null : before - 0.002 },
    ...{ majorityAccuracy: 0.5, testCount: TEST_COUNT, learningRate: 1e-3, steps: 400, seconds: 2 + random(), seed: group.seed },
  };
  return { group: groupKey(group), row, correct: bits(right, random), adapter: 0 };
}

/** So many of the items are right, as a string of bits. */
function bits(right: number, random: () => number): string {
  const order = Array.from({ length: TEST_COUNT }, (_, i) => i);
  for (let i = order.length - 1; i > 0; i--) {
    const j = Math.floor(random() * (i + 1));
    [order[i], order[j]] = [order[j], order[i]];
  }
  const bytes = new Uint8Array(Math.ceil(TEST_COUNT / 8));
  for (const item of order.slice(0, right)) bytes[item >> 3] |= 1 << (item & 7);
  return btoa(String.fromCharCode(...bytes));
}

function hash(text: string): number {
  return [...text].reduce((sum, letter) => (Math.imul(sum, 31) + letter.charCodeAt(0)) >>> 0, 7);
}

function generator(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state ^ (state >>> 15), 0x2c1b3c6d) + 0x9e3779b9) >>> 0;
    return ((state ^ (state >>> 13)) >>> 0) / 2 ** 32;
  };
}
