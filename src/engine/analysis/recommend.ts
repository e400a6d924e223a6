import type { Recommendation } from '../../protocol/analysis';
import type { ExperimentSpecification } from '../../protocol/specification';
import type { SweepSpecification } from '../../protocol/sweep';
import { referenceMethod } from '../experiment/specification';
import { differencesOfShares } from '../statistics/paired';
import { bestOnValidation } from './comparisons';
import { estimate, paired, spreadInterval } from './estimate';
import { groupBy } from './group-by';
import { methodName, scheduleName } from './names';
import { taskAndModelName } from './settings';
import type { CellsOfPoint, SweepData } from './sweep-data';
import { validationAccuracy } from './validation';
import { change, count, points as inPoints, percent, range } from './wording';

/**
 * For each task and network the smallest model whose mean loss on validation is within what is allowed, against `full` with the schedule that is best
 * for it. Validation chooses and test reports: a model that was chosen for its test accuracy, among many, would owe some of it to luck.
 * Only points of as many seeds as `full` has are asked.
 */
export function recommend(data: SweepData, allowedLoss: number): Recommendation[] {
  const groups = groupBy(data.points, ({ setting }) => {
    const { task, model } = data.settings[setting];
    return JSON.stringify([task.dataset.id, task.task, model]);
  });
  return [...groups.values()].flatMap((group) => recommendIn(data, group, allowedLoss));
}

function recommendIn(data: SweepData, group: readonly CellsOfPoint[], allowedLoss: number): Recommendation[] {
  const references = group.filter(({ method }) => method === referenceMethod);
  if (references.length === 0) {
    return [];
  }
  const reference = bestOnValidation(references);
  const candidates = group
    .map((point) => ({ point, pairs: paired(reference.cells, point.cells) }))
    .filter(({ pairs }) => pairs.length === reference.cells.size)
    .map(({ point, pairs }) => ({
      point,
      bytes: pairs.reduce((sum, { second }) => sum + second.row.bytes, 0) / pairs.length,
      validation: estimate(
        pairs.map(({ first, second }) => first.row.validationAccuracy - second.row.validationAccuracy),
        differencesOfShares,
      )!,
      test: estimate(
        pairs.map(({ first, second }) => first.row.testAccuracy - second.row.testAccuracy),
        differencesOfShares,
      )!,
    }));
  const within = candidates
    .filter(({ validation }) => validation.mean <= allowedLoss + 1e-12)
    .sort((a, b) => a.bytes - b.bytes || validationAccuracy(b.point) - validationAccuracy(a.point));
  // `full` itself loses nothing, so there always is one.
  const [chosen] = within;
  return [
    {
      point: chosen.point.key,
      specification: specificationOf(data, chosen.point),
      sentence: sentenceOf(data, { reference, candidates: candidates.length, allowedLoss, ...chosen }),
    },
  ];
}

interface Chosen {
  reference: CellsOfPoint;
  candidates: number;
  allowedLoss: number;
  point: CellsOfPoint;
  validation: { mean: number };
  test: NonNullable<ReturnType<typeof estimate>>;
}

function sentenceOf(data: SweepData, { reference, candidates, allowedLoss, point, validation, test }: Chosen): string {
  const setting = data.settings[point.setting];
  const where = taskAndModelName(setting, data.specification);
  const place = where ? `For ${where}: ` : '';
  if (point.method === referenceMethod) {
    return `${place}no smaller model stays within ${inPoints(allowedLoss)} of validation accuracy; keep the full table.`;
  }
  const schedule = data.specification.schedules.length > 1 ? `, trained with ${scheduleName(setting.schedule)}` : '';
  const against =
    data.specification.schedules.length > 1
      ? ` (against the full table with ${scheduleName(data.settings[reference.setting].schedule)})`
      : '';
  const interval = spreadInterval(test);
  const judged =
    interval === null
      ? `${count(test.seeds, 'seed')}, which can’t exclude a larger loss`
      : `${range(interval)}, ${count(test.seeds, 'seed')}, which ${
          interval[1] <= allowedLoss
            ? 'excludes a larger loss than is allowed'
            : `can’t exclude a loss of more than ${inPoints(allowedLoss)}`
        }`;
  return (
    `${place}${methodName(point.method)}${point.requestedRate === null ? '' : ` at ${percent(point.requestedRate)}`}${schedule} is the smallest of ${candidates} models ` +
    `whose mean loss on validation is at most ${inPoints(allowedLoss)}: there it ${change(validation.mean)}${against}. ` +
    `On test, which chose nothing, it ${change(test.mean)} (${judged}). Chosen among many, it looks somewhat better on validation than it is.`
  );
}

/** The experiment of this one point with all of the sweep's seeds: it gives the same cells again. */
function specificationOf(
  { settings, specification }: SweepData,
  { setting, method, requestedRate }: CellsOfPoint,
): ExperimentSpecification {
  const { task, model, schedule } = settings[setting];
  const methods = method === referenceMethod ? [referenceMethod] : [referenceMethod, method];
  const {
    version,
    embeddings,
    split,
    hidden,
    dropout,
    wordDropout,
    optimizer,
    batchSize,
    epochs,
    learningRates,
    seeds,
  }: SweepSpecification = specification;
  return {
    version,
    embeddings,
    dataset: task.dataset,
    task: task.task,
    split,
    model,
    hidden,
    dropout,
    wordDropout,
    methods,
    rates: requestedRate === null ? [] : [requestedRate],
    schedule,
    optimizer,
    batchSize,
    epochs,
    learningRates: Object.fromEntries(Object.entries(learningRates).filter(([id]) => methods.includes(id))),
    seeds: [...seeds],
  };
}
