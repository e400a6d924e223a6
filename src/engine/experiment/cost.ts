import type { ExperimentSpecification } from '../../protocol/specification';
import type { CompressionMethod, MethodSetting, Phase, TableShape } from '../compression/method';
import { numberOf } from '../compression/setting';
import type { PreparedData } from '../data/dataset';
import { findOptimizer } from '../kernels/optimizer/registry';
import { type BatchShape, meanBatch, type StepCost, trainingStepCost } from '../plan/cost';
import type { NetworkShape } from '../plan/layer-stack';
import { stepsPerEpoch } from '../training/trial';
import { type DataShape, type MethodAtRate, methodsAtRates, networkLayers, trainedEpochs } from './plan';

/** What a byte of memory and a dispatch take beside a floating-point operation; fitted to DAN, LSTM and CNN on both backends (`cost.test.ts`). */
const flopsPerByte = 4;
const flopsPerDispatch = 150_000;

/** A step's cost in one number, in floating-point operations: for shares of a whole, not for seconds. */
export function stepWeight({ flops, bytes, dispatches }: StepCost): number {
  return flops + flopsPerByte * bytes + flopsPerDispatch * dispatches;
}

/** What each method's training costs, relative to the others': the progress bar's, before anything was measured. */
export class ExperimentCost {
  private readonly batch: BatchShape;
  private readonly shape: DataShape;

  /** @param data of the first seed; the batches of the others are much alike */
  constructor(
    private readonly specification: ExperimentSpecification,
    shape: DataShape,
    { train }: Pick<PreparedData, 'train'>,
  ) {
    this.shape = shape;
    this.batch = meanBatch(train, specification.batchSize);
  }

  /** Of one training step. */
  step({ method, settings: [setting] }: MethodAtRate, phase: Phase): number {
    const { specification, shape } = this;
    return stepWeight(
      trainingStepCost(
        {
          layers: networkLayers(specification, shape.classes),
          embedding: embeddingShape(method, setting, shape.table),
          frozenEmbedding: phase.kind === 'train' && phase.frozen === true,
        },
        findOptimizer(specification.optimizer),
        this.batch,
      ),
    );
  }

  /** Of all that a method trains at a rate, in one seed. */
  method(at: MethodAtRate): number {
    const { specification, shape } = this;
    const perEpoch = stepsPerEpoch(shape.split.train, specification.batchSize);
    return at.method.phases.reduce((sum, phase) => {
      const steps = trainedEpochs(phase, specification.epochs) * perEpoch * at.planned.learningRates.length;
      return steps === 0 ? sum : sum + steps * this.step(at, phase);
    }, 0);
  }

  /** Of the whole experiment, by method. */
  byMethod(): Map<string, number> {
    const costs = new Map<string, number>();
    for (const at of methodsAtRates(this.specification, this.shape)) {
      if (at.settings.length === 0) continue;
      const { id } = at.method;
      costs.set(id, (costs.get(id) ?? 0) + this.specification.seeds.length * this.method(at));
    }
    return costs;
  }
}

/** A method with a rank whose vectors are as wide as the table's holds them as two factors. */
function embeddingShape(method: CompressionMethod, setting: MethodSetting, table: TableShape): NetworkShape['embedding'] {
  const columns = method.outputDimension(table, setting);
  const factors = setting.rank !== undefined && columns === table.columns;
  return { rows: table.rows, columns, rank: factors ? numberOf(setting, 'rank') : null };
}
