import type { SweepGroup, SweepSpecification } from '../../protocol/sweep';
import type { PreparedData } from '../data/dataset';
import { ExperimentCost } from '../experiment/cost';
import { type DataShape, dataShape, type MethodAtRate, methodsAtRates, trainedEpochs } from '../experiment/plan';
import { buildsOnFull } from '../experiment/seed-run';
import { referenceMethod } from '../experiment/specification';
import { stepsPerEpoch } from '../training/trial';
import { cellKey, groupKey, taskKey } from './keys';
import { groupExperiment } from './unroll';

/** What costs need of a task's data, in its first seed: the other seeds are much alike. */
export interface TaskData {
  shape: DataShape;
  train: PreparedData['train'];
}

export function taskData(data: PreparedData): TaskData {
  return { shape: dataShape(data), train: data.train };
}

/** A method at a rate in a group, as it can be run or not. */
export interface CostedCell {
  key: string;
  at: MethodAtRate;
  /** Of its training, counted in the unit of `stepWeight`; 0 where it trains nothing of its own. */
  cost: number;
  /** Of what else the device does for it, in the same unit. */
  beside: number;
  /** What the host does for it, in the unit of `TransformPhase.operations`. */
  operations: number;
  /** Training steps, learning-rate trials included. */
  steps: number;
  reusesFull: boolean;
}

/** What an operation of the host takes beside a unit of cost on the CPU backend, where both were measured: which machine runs a share is not known. */
const costPerOperation = 20;

type Costed = Omit<CostedCell, 'key'>;

/** What a sweep's groups cost, by count: the same figures on every machine. */
export class SweepCosts {
  /** A group costs what others with its task and network do. */
  private readonly known = new Map<string, readonly Costed[]>();

  /**
   * @param specification validated
   * @param tasks by `taskKey`: those of the groups that are asked for
   */
  constructor(
    private readonly specification: SweepSpecification,
    private readonly tasks: ReadonlyMap<string, TaskData>,
  ) {}

  cells(group: SweepGroup): CostedCell[] {
    const name = groupKey(group);
    return this.costed(group).map((cell) => ({ ...cell, key: cellKey(name, cell.at.method.id, cell.at.requestedRate) }));
  }

  /** Of all that a group takes. */
  group(group: SweepGroup): number {
    return this.costed(group).reduce((sum, { cost, beside, operations }) => sum + cost + beside + costPerOperation * operations, 0);
  }

  private costed(group: SweepGroup): readonly Costed[] {
    const key = `${taskKey(group.task)}/${group.model}`;
    const known = this.known.get(key) ?? this.count(group);
    this.known.set(key, known);
    return known;
  }

  private count(group: SweepGroup): Costed[] {
    const data = this.tasks.get(taskKey(group.task));
    if (!data) throw new RangeError(`no data of ${taskKey(group.task)}`);
    const experiment = groupExperiment(this.specification, group);
    const cost = new ExperimentCost(experiment, data.shape, data);
    const perEpoch = stepsPerEpoch(data.shape.split.train, experiment.batchSize);
    return methodsAtRates(experiment, data.shape).map((at) => {
      const reachable = at.settings.length > 0;
      const epochs = at.method.phases.reduce((sum, phase) => sum + trainedEpochs(phase, experiment.epochs), 0);
      return {
        at,
        cost: reachable ? cost.method(at) : 0,
        beside: reachable ? cost.beside(at) : 0,
        operations: reachable ? cost.operations(at) : 0,
        steps: reachable ? epochs * perEpoch * at.planned.learningRates.length : 0,
        reusesFull: buildsOnFull(at.method),
      };
    });
  }
}

/** What of a group is still to be run: its cells that are missing, and `full` where one of them builds on it. */
export function cellsToRun(cells: readonly CostedCell[], isDone: (key: string) => boolean): CostedCell[] {
  const wanted = new Set(cells.filter(({ at, key }) => at.settings.length > 0 && !isDone(key)));
  const reusesFull = [...wanted].some((cell) => cell.reusesFull);
  return cells.filter((cell) => wanted.has(cell) || (reusesFull && cell.at.method.id === referenceMethod));
}
