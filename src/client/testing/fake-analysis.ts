import type { AnalysisOptions, Comparison, Estimate, Setting, SweepAnalysis, SweepPoint, Verdict } from '../../protocol/analysis';
import type { SweepResults } from '../../protocol/sweep';
import { fakeMethods } from './fake-catalogue';
import { groupsOf } from './fake-sweep';

/** Student's t at 97.5 %, by degrees of freedom. */
const T = [0, 12.71, 4.3, 3.18, 2.78, 2.57, 2.45, 2.36, 2.31];

/** What an analysis looks like: means and intervals are those of the cells, p-values only look like some. */
export function fakeAnalysis(results: SweepResults, { allowedLoss }: AnalysisOptions): SweepAnalysis {
  const groups = groupsOf(results.specification);
  const settings: Setting[] = [];
  const cellsByPoint = new Map<string, SweepResults['cells']>();
  for (const cell of results.cells) {
    const group = groups.get(cell.group);
    if (!group) continue;
    const { seed: _, ...setting } = group;
    let index = settings.findIndex((known) => JSON.stringify(known) === JSON.stringify(setting));
    if (index < 0) index = settings.push(setting) - 1;
    const key = `${index}|${cell.row.method}|${cell.row.requestedRate}`;
    cellsByPoint.set(key, [...(cellsByPoint.get(key) ?? []), cell]);
  }
  const points = [...cellsByPoint].map(([key, cells]): SweepPoint => {
    const setting = Number(key.split('|')[0]);
    const { method, requestedRate } = cells[0].row;
    const full = cellsByPoint.get(`${setting}|full|null`) ?? [];
    const mean = (pick: (cell: (typeof cells)[number]) => number) => cells.reduce((sum, cell) => sum + pick(cell), 0) / cells.length;
    const pairs = cells.flatMap(({ row }) => {
      const reference = full.find((other) => other.row.seed === row.seed);
      return reference ? [reference.row.testAccuracy - row.testAccuracy] : [];
    });
    const before = cells.flatMap(({ row }) => (row.beforeRetrainingAccuracy === null ? [] : [row.beforeRetrainingAccuracy]));
    return {
      ...{ key, setting, method, requestedRate },
      rate: mean(({ row }) => row.rate),
      bytes: mean(({ row }) => row.bytes),
      networkBytes: mean(({ row }) => row.networkBytes),
      accuracy: estimate(cells.map(({ row }) => row.testAccuracy)),
      macroF1: estimate(cells.map(({ row }) => row.macroF1)),
      drop: method === 'full' || pairs.length === 0 ? null : estimate(pairs),
      beforeRetraining: before.length === 0 ? null : estimate(before),
      onFront: false,
    };
  });
  for (const point of points) {
    point.onFront = !points.some(
      (other) =>
        other.setting === point.setting && other !== point && other.bytes <= point.bytes && other.accuracy.mean > point.accuracy.mean,
    );
  }
  const methods = pairsOf(
    points,
    (a, b) => a.setting === b.setting && a.requestedRate === b.requestedRate && a.method < b.method && a.method !== 'full',
  );
  const schedules = pairsOf(points, (a, b) => {
    const [first, second] = [settings[a.setting], settings[b.setting]];
    return (
      a.setting < b.setting &&
      a.method === b.method &&
      a.requestedRate === b.requestedRate &&
      first.model === second.model &&
      first.task.task === second.task.task
    );
  });
  return {
    settings,
    points,
    methods: methods.map(([a, b]) => compare(a, b, labelOf(a.method), labelOf(b.method))),
    schedules: schedules.map(([a, b]) =>
      compare(a, b, `${labelOf(a.method)} by ${settings[a.setting].schedule.id}`, `by ${settings[b.setting].schedule.id}`),
    ),
    verdicts: verdictsOf(points, settings),
    controls: points.some(({ method }) => method === 'random') ? 'Outside the claims, the random control.' : null,
    recommendations: settings.flatMap((setting, index) => {
      // The schedule is chosen too: one of a task and a network.
      const alike = (one: Setting) => one.model === setting.model && one.task.task === setting.task.task;
      if (settings.findIndex(alike) !== index) return [];
      const small = points
        .filter((point) => alike(settings[point.setting]) && point.drop && point.drop.mean <= allowedLoss)
        .sort((a, b) => a.bytes - b.bytes)[0];
      if (!small?.requestedRate) return [];
      const { tasks: _, models: __, schedules: ___, ...rest } = results.specification;
      return [
        {
          point: small.key,
          specification: {
            ...rest,
            dataset: setting.task.dataset,
            task: setting.task.task,
            model: setting.model,
            schedule: settings[small.setting].schedule,
            methods: ['full', small.method],
            rates: [small.requestedRate],
          },
          sentence: `${labelOf(small.method)} at ${(100 * small.requestedRate).toFixed(1)} % loses ${(100 * (small.drop?.mean ?? 0)).toFixed(1)} points in the mean, and takes ${(100 * (1 - small.rate)).toFixed(1)} % of the bytes.`,
        },
      ];
    }),
    caution: `${results.specification.seeds.length} seeds share one test set of 450 sentences: an interval over seeds says nothing of other sentences.`,
  };
}

function estimate(values: readonly number[]): Estimate {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  if (values.length < 2) return { mean, interval: null, seeds: values.length };
  const spread = Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (values.length - 1));
  const half = ((T[values.length - 1] ?? 2) * spread) / Math.sqrt(values.length);
  return { mean, interval: [mean - half, mean + half], seeds: values.length };
}

function pairsOf(points: readonly SweepPoint[], fits: (a: SweepPoint, b: SweepPoint) => boolean): [SweepPoint, SweepPoint][] {
  return points.flatMap((a) => points.filter((b) => fits(a, b)).map((b): [SweepPoint, SweepPoint] => [a, b]));
}

function compare(a: SweepPoint, b: SweepPoint, first: string, second: string): Comparison {
  const difference = a.accuracy.mean - b.accuracy.mean;
  const half = 0.011;
  const interval: [number, number] | null = a.accuracy.interval && [difference - half, difference + half];
  const clear = interval !== null && (interval[0] > 0 || interval[1] < 0);
  const p = interval ? Math.min(1, Math.exp(-Math.abs(difference) / 0.004)) : null;
  const points = (value: number) => (100 * value).toFixed(1).replace('-', '−');
  const at = a.requestedRate === null ? '' : `at ${Number((100 * a.requestedRate).toFixed(1))} % `;
  const [better, worse] = difference > 0 ? [first, second] : [second, first];
  const ends = interval && (difference > 0 ? interval : [-interval[1], -interval[0]]);
  return {
    first: a.key,
    second: b.key,
    difference: { mean: difference, interval, seeds: a.accuracy.seeds },
    bootstrap: interval,
    p,
    mcNemar: p,
    corrected: p === null ? null : Math.min(1, 3 * p),
    mcNemarCorrected: p === null ? null : Math.min(1, 3 * p),
    sentence: clear
      ? `${at}${better} beats ${worse} by ${points(Math.abs(difference))} points, 95 % interval ${points(ends?.[0] ?? 0)} to ${points(ends?.[1] ?? 0)}, ${a.accuracy.seeds} seeds`
      : `${at}${first} and ${second}: no difference that ${a.accuracy.seeds} seeds can show`,
  };
}

function verdictsOf(points: readonly SweepPoint[], settings: readonly Setting[]): Verdict[] {
  const ninety = points.find((point) => point.method === 'low-rank' && point.requestedRate === 0.9);
  const loss = ninety?.drop ?? null;
  return [
    {
      claim: 'loss',
      text: 'At 90 % low rank loses under 1 point, and the best other method about 3.5.',
      holds: !loss ? 'untested' : loss.interval && loss.interval[1] < 0.01 ? 'holds' : loss.mean > 0.01 ? 'fails' : 'undecided',
      sentence: loss ? `Low rank lost ${(100 * loss.mean).toFixed(1)} points in the mean of ${loss.seeds} seeds.` : 'Nothing ran at 90 %.',
    },
    {
      claim: 'order',
      text: 'Low rank beats the others at every rate, network and data set.',
      holds: points.length > 3 ? 'fails' : 'untested',
      sentence: 'At 75 % no difference between low rank and the codebook that the seeds can show.',
    },
    {
      claim: 'schedule',
      text: 'CALR beats CLR and a fixed rate.',
      holds: settings.some(({ schedule }) => schedule.id !== settings[0].schedule.id) ? 'undecided' : 'untested',
      sentence: settings.length > 1 ? 'CALR is ahead by 0.4 points, within its interval.' : 'One schedule ran.',
    },
  ];
}

function labelOf(method: string): string {
  return fakeMethods.find(({ id }) => id === method)?.label ?? method;
}
