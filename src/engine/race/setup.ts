import type { RaceSpecification } from '../../protocol/race';
import type { Embedding } from '../compression/method';
import { findMethod } from '../compression/registry';
import { numberOf } from '../compression/setting';
import type { PreparedData } from '../data/dataset';
import type { Device } from '../device/device';
import { LabError } from '../errors';
import { networkLayers } from '../experiment/plan';
import type { Optimizer } from '../kernels/optimizer/optimizer';
import { findOptimizer } from '../kernels/optimizer/registry';
import { initialWeights } from '../models/initial-weights';
import type { LayerSpecification } from '../models/model';
import { Network } from '../plan/network';
import { streamSeed, streams } from '../random';
import { type NetworkState, stepsPerEpoch } from '../training/trial';

/** What every lane trains: the pretrained table, split into two factors at once. */
const racedMethod = 'low-rank-direct';

/** What all lanes of a seed have in common: data, network, and the weights that they begin with. */
export interface RaceSetup {
  device: Device;
  specification: RaceSpecification;
  seed: number;
  data: PreparedData;
  layers: readonly LayerSpecification[];
  optimizer: Optimizer;
  initial: NetworkState;
  rank: number;
  /** Reached. */
  rate: number;
  stepsPerEpoch: number;
  /** T. */
  totalSteps: number;
}

/**
 * Factorizes the table of a seed and draws the weights above it.
 *
 * @throws LabError `bad-specification` where the rate is out of reach
 */
export async function setUpRace(device: Device, specification: RaceSpecification, seed: number, data: PreparedData): Promise<RaceSetup> {
  const method = findMethod(racedMethod);
  const found = method.setting?.candidates(data.table, specification.rate) ?? [];
  if ('unreachable' in found) {
    throw new LabError('bad-specification', `The race's rate can't be used. ${found.unreachable}`, 'Take a lower rate.');
  }
  const [setting] = found;
  const layers = networkLayers(specification, data.classes.length);
  const weights = initialWeights(layers, data.table.columns, seed);
  let embedding: Embedding = { kind: 'table', table: data.table };
  for (const phase of method.phases) {
    if (phase.kind === 'transform') {
      ({ embedding } = await phase.apply(embedding, setting, { device, seed, layers, weights }));
    }
  }
  const perEpoch = stepsPerEpoch(data.train.labels.length, specification.batchSize);
  return {
    device,
    specification,
    seed,
    data,
    layers,
    optimizer: findOptimizer(specification.optimizer),
    initial: { embedding, weights },
    rank: numberOf(setting, 'rank'),
    rate: 1 - method.storage(data.table, setting).parameters / (data.table.rows * data.table.columns),
    stepsPerEpoch: perEpoch,
    totalSteps: perEpoch * specification.epochs,
  };
}

/** A network for training, at the weights that the race begins with. Whoever compiles it frees it. */
export function compileRaced({ device, layers, initial, optimizer, data, specification, seed }: RaceSetup): Promise<Network> {
  return Network.compile(device, {
    layers,
    embedding: initial.embedding,
    weights: initial.weights,
    training: {
      optimizer,
      sentences: data.train,
      batchSize: specification.batchSize,
      frozenEmbedding: false,
      dropoutSeed: streamSeed(seed, streams.hiddenDropout),
    },
  });
}
