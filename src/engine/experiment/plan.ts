import type { ExperimentPlan, PlannedMethod, Size } from '../../protocol/plan';
import type { ExperimentSpecification } from '../../protocol/specification';
import type { CompressionMethod, MethodSetting, Phase, TableShape } from '../compression/method';
import { findMethod, isTrained } from '../compression/registry';
import type { Stored } from '../compression/stored';
import type { PreparedData } from '../data/dataset';
import { LabError } from '../errors';
import { type LayerSpecification, layerParameters } from '../models/model';
import { findModel } from '../models/registry';
import { previewSteps } from '../schedules/preview';
import { createSchedule } from '../schedules/registry';
import { stepsPerEpoch } from '../training/trial';

/** What the plan must know of the data. */
export interface DataShape {
  table: TableShape;
  classes: number;
  split: { train: number; validation: number; test: number };
}

/** What the plan needs of prepared data. */
export function dataShape(data: PreparedData): DataShape {
  return {
    table: { rows: data.table.rows, columns: data.table.columns },
    classes: data.classes.length,
    split: { train: data.train.labels.length, validation: data.validation.labels.length, test: data.test.labels.length },
  };
}

/** How the budget of N epochs is shared: phase 1 has the first 2N/3, rounded up, phase 3 the rest. */
export function phaseEpochs(epochs: number): { first: number; rest: number; all: number } {
  const first = Math.ceil((2 * epochs) / 3);
  return { first, rest: epochs - first, all: epochs };
}

/** Epochs that a phase trains by itself. */
export function trainedEpochs(phase: Phase, epochs: number): number {
  return phase.kind === 'train' ? phaseEpochs(epochs)[phase.epochs] : 0;
}

/** What an experiment or a sweep says of peaks. */
type Grids = Pick<ExperimentSpecification, 'methods' | 'optimizer' | 'learningRates'>;

/** The peaks that a method tries: the specification's, or its own default grid for the optimizer. */
export function learningRateGrid(method: CompressionMethod, specification: Grids): readonly number[] {
  if (!isTrained(method)) {
    return [];
  }
  const grid = specification.learningRates[method.id] ?? method.learningRates[specification.optimizer];
  if (!grid) {
    throw new LabError(
      'bad-specification',
      `${method.label} has no default learning rates for the optimizer "${specification.optimizer}".`,
      'Name learning rates for it.',
    );
  }
  return grid;
}

/** Does every trained method try equally many learning rates? */
export function hasEqualTrials(specification: Grids): boolean {
  const grids = specification.methods.map((id) => learningRateGrid(findMethod(id), specification).length).filter((count) => count > 0);
  return new Set(grids).size <= 1;
}

/** The network's layers above the embedding. */
export function networkLayers(
  specification: Pick<ExperimentSpecification, 'model' | 'hidden' | 'dropout'>,
  classes: number,
): readonly LayerSpecification[] {
  const { hidden, dropout } = specification;
  return findModel(specification.model).layers({ hidden, classes, dropout });
}

/**
 * Bytes and parameters of a method's embedding and of the network over it (float32 above the embedding).
 *
 * @param storage as counted on the embedding itself; without it, as the method says ahead
 */
export function networkSize(
  method: CompressionMethod,
  setting: MethodSetting,
  table: TableShape,
  layers: readonly LayerSpecification[],
  storage: Stored = method.storage(table, setting),
): Size {
  const above = layerParameters(layers, method.outputDimension(table, setting));
  return {
    embeddingBytes: storage.bytes,
    networkBytes: storage.bytes + 4 * above,
    embeddingParameters: storage.parameters,
    networkParameters: storage.parameters + above,
    rate: 1 - storage.bytes / (4 * table.rows * table.columns),
  };
}

/** A setting as rows and plans show it. */
export function settingNumbers({ rank = null, levels = null, groups = null }: { [Kind in keyof MethodSetting]?: number | null }) {
  return { rank, levels, groups };
}

/** A method at a rate, as it can be run: with the settings that reach it (one without numbers where it has none), or why there are none. */
export interface MethodAtRate {
  method: CompressionMethod;
  requestedRate: number | null;
  settings: readonly MethodSetting[];
  planned: PlannedMethod;
}

/** Every method with every rate, in the order in which they run; those without a rate (`full`) come first and once. */
export function methodsWithRates({
  methods,
  rates,
}: Pick<ExperimentSpecification, 'methods' | 'rates'>): { method: CompressionMethod; rate: number | null }[] {
  const chosen = methods.map(findMethod);
  return [
    ...chosen.filter(({ setting }) => setting === null).map((method) => ({ method, rate: null })),
    ...rates.flatMap((rate) => chosen.filter(({ setting }) => setting !== null).map((method) => ({ method, rate }))),
  ];
}

/** The same on a table: with the settings that reach the rate. */
export function methodsAtRates(specification: ExperimentSpecification, { table, classes }: DataShape): MethodAtRate[] {
  const layers = networkLayers(specification, classes);
  return methodsWithRates(specification).map(({ method, rate }) => {
    const found = method.setting && rate !== null ? method.setting.candidates(table, rate) : [{}];
    const settings = 'unreachable' in found ? [] : found;
    return {
      method,
      requestedRate: rate,
      settings,
      planned: {
        method: method.id,
        requestedRate: rate,
        ...settingNumbers(settings[0] ?? {}),
        candidates: settings.length,
        size: settings.length === 0 ? null : networkSize(method, settings[0], table, layers),
        unreachable: 'unreachable' in found ? found.unreachable : null,
        learningRates: [...learningRateGrid(method, specification)],
      },
    };
  });
}

/** What a specification comes to on this data: settings, sizes, steps, and the schedule's curve. */
export function planExperiment(specification: ExperimentSpecification, data: DataShape): ExperimentPlan {
  const { table, classes, split } = data;
  const perEpoch = stepsPerEpoch(split.train, specification.batchSize);
  const runnable = methodsAtRates(specification, data);
  const epochs = runnable
    .filter(({ settings }) => settings.length > 0)
    .flatMap(({ method, planned }) =>
      method.phases.map((phase) => trainedEpochs(phase, specification.epochs) * planned.learningRates.length),
    );
  return {
    vocabulary: table.rows,
    dimension: table.columns,
    classes,
    split,
    stepsPerEpoch: perEpoch,
    retrainingEpochs: phaseEpochs(specification.epochs).rest,
    totalSteps: epochs.reduce((sum, count) => sum + count, 0) * perEpoch * specification.seeds.length,
    methods: runnable.map(({ planned }) => planned),
    rateByRank: rateByRank(table),
    schedulePreview: previewSchedule(specification, perEpoch * specification.epochs),
  };
}

/** 1 - (V r + r d) / (V d) for r = 1 .. d. */
function rateByRank({ rows, columns }: TableShape): number[] {
  return Array.from({ length: columns }, (_, i) => 1 - ((i + 1) * (rows + columns)) / (rows * columns));
}

function previewSchedule(specification: ExperimentSpecification, totalSteps: number): ExperimentPlan['schedulePreview'] {
  const steps = previewSteps(totalSteps);
  return { steps, learningRates: steps.map(createSchedule(specification.schedule, { peak: 1, totalSteps })) };
}
