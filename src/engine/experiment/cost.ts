import type { ExperimentSpecification } from '../../protocol/specification';
import type { CompressionMethod, MethodSetting, Phase, TableShape } from '../compression/method';
import { numberOf } from '../compression/setting';
import type { PreparedData } from '../data/dataset';
import { findOptimizer } from '../kernels/optimizer/registry';
import { type BatchShape, evaluationCost, meanBatch, meanEvaluationBatch, type StepCost, trainingStepCost } from '../plan/cost';
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

/** Of the embedding, as a trial puts it on the device and takes its best state home, with the optimizer's state beside it; and once an epoch. */
const trialCopies = 8;
const floatBytes = 4;

/** What each method's training costs, relative to the others': the progress bar's, before anything was measured. */
export class ExperimentCost {
  private readonly batch: BatchShape;
  private readonly evaluationBatch: BatchShape;
  private readonly shape: DataShape;

  /** @param data of the first seed; the batches of the others are much alike */
  constructor(
    private readonly specification: ExperimentSpecification,
    shape: DataShape,
    { train }: Pick<PreparedData, 'train'>,
  ) {
    this.shape = shape;
    this.batch = meanBatch(train, specification.batchSize);
    this.evaluationBatch = meanEvaluationBatch(train, shape.split.validation);
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

  /** Of what the device does for a method beside its training steps: evaluations, and the states that are put there and taken home. */
  beside(at: MethodAtRate): number {
    const { epochs } = this.specification;
    const { validation, test } = this.shape.split;
    const sentence = this.evaluation(at);
    const copy = flopsPerByte * floatBytes * this.embeddingNumbers(at);
    const transforms = at.method.phases.some(({ kind }) => kind === 'transform');
    // Chosen among by their accuracy; then validation and test, and where training follows a factorization, both before it.
    const evaluations = at.settings.length > 1 ? at.settings.length : 0;
    let cost = evaluations * (validation * sentence + copy) + (validation + test) * sentence + 2 * copy;
    for (const phase of at.method.phases) {
      const trained = trainedEpochs(phase, epochs);
      if (trained === 0) continue;
      cost += at.planned.learningRates.length * (trained * (validation * sentence + copy) + trialCopies * copy);
      if (transforms) cost += (validation + test) * sentence + 2 * copy;
    }
    return cost;
  }

  /** What the host does of a method's transformations, in the unit of `TransformPhase.operations`: for each setting it chooses among, and for the chosen one. */
  operations({ method, settings }: MethodAtRate): number {
    const { table } = this.shape;
    const each = settings.map((setting) =>
      method.phases.reduce((sum, phase) => (phase.kind === 'transform' ? sum + phase.operations(table, setting) : sum), 0),
    );
    const all = each.reduce((sum, operations) => sum + operations, 0);
    return settings.length > 1 ? all + all / settings.length : all;
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

  /** Of one sentence's evaluation. */
  private evaluation({ method, settings: [setting] }: MethodAtRate): number {
    const { specification, shape, evaluationBatch: batch } = this;
    const layers = networkLayers(specification, shape.classes);
    return stepWeight(evaluationCost({ layers, embedding: embeddingShape(method, setting, shape.table) }, batch)) / batch.sentences;
  }

  private embeddingNumbers({ method, settings: [setting] }: MethodAtRate): number {
    const { rows, columns, rank } = embeddingShape(method, setting, this.shape.table);
    return rank === null ? rows * columns : rank * (rows + columns);
  }
}

/** A method with a rank whose vectors are as wide as the table's holds them as two factors. */
function embeddingShape(method: CompressionMethod, setting: MethodSetting, table: TableShape): NetworkShape['embedding'] {
  const columns = method.outputDimension(table, setting);
  const factors = setting.rank !== undefined && columns === table.columns;
  return { rows: table.rows, columns, rank: factors ? numberOf(setting, 'rank') : null };
}
