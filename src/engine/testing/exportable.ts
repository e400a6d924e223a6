/** For tests only: models to export, of the bundled data, and what the lab's own network says of them. */
import type { DeviceReport } from '../../protocol/device';
import type { ResultRow } from '../../protocol/results';
import { codeMatrix, decodeMatrix } from '../compression/coded';
import type { CompressionMethod, Embedding, MethodSetting } from '../compression/method';
import { referenceValues } from '../compression/quantizers/codebook';
import { leastSquares } from '../compression/quantizers/mse';
import { findMethod } from '../compression/registry';
import type { PreparedData } from '../data/dataset';
import { openCpuDevice } from '../device/cpu';
import type { Device } from '../device/device';
import { networkLayers, networkSize, settingNumbers } from '../experiment/plan';
import { defaultSpecification } from '../experiment/specification';
import type { ExportableModel } from '../export/format';
import { initialWeights } from '../models/initial-weights';
import { Network } from '../plan/network';
import { Random } from '../random';
import { softmax } from '../training/metrics';

export interface MadeModel {
  /** Id of a network. */
  network: string;
  method: string;
  rate?: number;
  /** Which of the settings that reach the rate; the first where it is absent. */
  candidate?: number;
  hidden?: number;
}

/** Added to every weight, biases too, so that the probabilities are far from even. */
const deviation = 0.25;

/** A model with the method's embedding of the pretrained table and weights drawn at random: an export doesn't care what training would do to them. */
export async function madeModel(
  data: PreparedData,
  wanted: MadeModel,
  device: Device = openCpuDevice('A test asked for it.'),
): Promise<ExportableModel> {
  const { network, rate = 0.9, candidate = 0, hidden = 16 } = wanted;
  const method = findMethod(wanted.method);
  const { table } = data;
  const specification = { ...defaultSpecification, model: network, hidden, methods: [method.id], rates: [rate] };
  const layers = networkLayers(specification, data.classes.length);
  const found = method.setting?.candidates(table, rate) ?? [{}];
  if ('unreachable' in found) throw new RangeError(found.unreachable);
  const setting: MethodSetting = found[Math.min(candidate, found.length - 1)];
  const width = method.outputDimension(table, setting);
  const weights = initialWeights(layers, width, 7);
  const random = new Random(11);
  for (const [name, values] of weights)
    weights.set(
      name,
      values.map((value) => value + deviation * random.normal()),
    );
  const embedding = await embeddingOf(data, method, setting, device);
  const size = networkSize(method, setting, table, layers);
  const row: ResultRow = {
    method: method.id,
    requestedRate: method.setting ? rate : null,
    rate: size.rate,
    bytes: size.embeddingBytes,
    networkBytes: size.networkBytes,
    ...settingNumbers(setting),
    validationAccuracy: 0.8,
    validationMacroF1: 0.8,
    testAccuracy: 0.8,
    beforeRetrainingAccuracy: null,
    beforeRetrainingMacroF1: null,
    macroF1: 0.8,
    majorityAccuracy: 0.5,
    testCount: data.test.labels.length,
    learningRate: null,
    steps: 0,
    seconds: 0,
    seed: 1,
  };
  return {
    id: method.setting ? `${method.id}@${rate}` : method.id,
    state: { embedding, weights },
    layers,
    words: data.words,
    classes: data.classes,
    tokenizer: data.tokenizer,
    row,
    rows: [row],
    specification,
    adapter: device.report as DeviceReport,
    versions: { test: '1' },
    licences: [],
  };
}

const made = new WeakMap<PreparedData, Map<string, Promise<Embedding>>>();

/** The same for every network: where a method asks what reads the table, a DAN does. */
function embeddingOf(data: PreparedData, method: CompressionMethod, setting: MethodSetting, device: Device): Promise<Embedding> {
  const known = made.get(data) ?? new Map<string, Promise<Embedding>>();
  made.set(data, known);
  const key = JSON.stringify([method.id, setting]);
  const embedding = known.get(key) ?? transformed(data, method, setting, device);
  known.set(key, embedding);
  return embedding;
}

async function transformed({ table, classes }: PreparedData, method: CompressionMethod, setting: MethodSetting, device: Device) {
  const layers = networkLayers(defaultSpecification, classes.length);
  const weights = initialWeights(layers, table.columns, 7);
  let embedding: Embedding = { kind: 'table', table };
  for (const phase of method.phases) {
    if (phase.kind === 'transform') ({ embedding } = await phase.apply(embedding, setting, { device, seed: 1, layers, weights }));
  }
  return embedding;
}

/** Codes as no method makes them yet, and every format must write: levels of each row and column, of a table, of A and of B. */
export async function oddlyCoded(data: PreparedData): Promise<[string, ExportableModel][]> {
  const model = await madeModel(data, { network: 'dan', method: 'low-rank', rate: 0.95 });
  const { embedding } = model.state;
  if (embedding.kind !== 'factors') throw new RangeError('low-rank makes factors');
  const { a, b } = embedding;
  const scopes = ['matrix', 'column', 'row'] as const;
  return scopes.flatMap((per) =>
    [leastSquares, referenceValues].flatMap((quantizer) => {
      const name = `${quantizer.id} per ${per}`;
      const codes = {
        a: codeMatrix(a, quantizer, { levels: 7, per, padding: true }),
        b: codeMatrix(b, quantizer, { levels: 200, per, padding: false }),
      };
      const factors: Embedding = { kind: 'factors', a: decodeMatrix(codes.a), b: decodeMatrix(codes.b), coded: codes };
      return [[name, { ...model, state: { ...model.state, embedding: factors } }] satisfies [string, ExportableModel]];
    }),
  );
}

/** The first sentences of the test split, after one without a word and one of a single word. */
export function sampleSentences({ test }: PreparedData, count: number): number[][] {
  const sentences = [[], [test.ids[0]]];
  for (let s = 0; sentences.length < count; s++) sentences.push([...test.ids.subarray(test.offsets[s], test.offsets[s + 1])]);
  return sentences;
}

/** What the lab's own network says: sentences x classes. */
export async function labProbabilities(
  { layers, state, classes }: ExportableModel,
  sentences: readonly (readonly number[])[],
  device: Device = openCpuDevice('A test asked for it.'),
): Promise<number[][]> {
  const network = await Network.compile(device, { layers, embedding: state.embedding, weights: state.weights, training: null });
  const offsets = new Uint32Array(sentences.length + 1);
  for (const [s, { length }] of sentences.entries()) offsets[s + 1] = offsets[s] + length;
  const set = await network.evaluationSet({ offsets, ids: Uint32Array.from(sentences.flat()), labels: new Uint32Array(sentences.length) });
  const logits = await set.logits();
  set.free();
  network.free();
  return sentences.map((_, s) => softmax(logits.subarray(s * classes.length, (s + 1) * classes.length)));
}

/** Sentences in batches of like length, the shortest first: ids filled up with zeros, row by row. */
export function batchesOf(
  sentences: readonly (readonly number[])[],
  size: number,
): { places: number[]; ids: number[]; lengths: number[]; longest: number }[] {
  const byLength = sentences.map((_, place) => place).sort((a, b) => sentences[a].length - sentences[b].length);
  return Array.from({ length: Math.ceil(sentences.length / size) }, (_, b) => {
    const places = byLength.slice(b * size, (b + 1) * size);
    const longest = Math.max(1, ...places.map((place) => sentences[place].length));
    return {
      places,
      ids: places.flatMap((place) => [...sentences[place], ...Array<number>(longest - sentences[place].length).fill(0)]),
      lengths: places.map((place) => sentences[place].length),
      longest,
    };
  });
}

/** How far the probabilities of the first class lie apart: what is the same for all sentences would prove nothing. */
export function spreadOf(probabilities: readonly (readonly number[])[]): number {
  const shares = probabilities.map(([share]) => share);
  return Math.max(...shares) - Math.min(...shares);
}

/** Runs a batch: its probabilities, row by row. */
export type RunBatch = (batch: { ids: number[]; lengths: number[]; longest: number }) => Promise<ArrayLike<number>>;

/** The largest difference between what an export and the lab say of sentences. */
export async function worstDifference(
  sentences: readonly (readonly number[])[],
  lab: readonly (readonly number[])[],
  run: RunBatch,
): Promise<number> {
  let worst = 0;
  for (const { places, ...batch } of batchesOf(sentences, 40)) {
    const found = await run(batch);
    const expected = places.flatMap((place) => lab[place]);
    if (found.length !== expected.length) throw new RangeError(`${found.length} probabilities instead of ${expected.length}`);
    // NaN is as bad as any difference.
    for (const [i, value] of expected.entries()) worst = Math.max(worst, Number.isNaN(found[i]) ? 1 : Math.abs(found[i] - value));
  }
  return worst;
}

export function modelName({ network, method, rate, candidate }: MadeModel): string {
  return [network, method, rate, candidate].filter((part) => part !== undefined).join(' ');
}

/** Every network with one method of each way to hold an embedding, and one network with every width of codes. */
export const exportedModels: readonly MadeModel[] = [
  ...['dan', 'lstm', 'bidirectional-lstm', 'cnn'].flatMap((network) => [
    ...['full', 'low-rank', 'quantized-mse', 'codebook'].map((method) => ({ network, method })),
    { network, method: 'product-quantized', rate: 0.97 },
    { network, method: 'low-rank-weighted-quantized', candidate: 2 },
  ]),
  ...[0, 1, 3].map((candidate) => ({ network: 'dan', method: 'low-rank-weighted-quantized', candidate })),
  ...[0.5, 0.6, 0.75, 0.8, 0.85, 0.885, 0.905, 0.92, 0.96].map((rate) => ({ network: 'dan', method: 'quantized-min-max', rate })),
  ...[0.6, 0.96].map((rate) => ({ network: 'dan', method: 'codebook', rate })),
  { network: 'dan', method: 'product-quantized', rate: 0.985 },
];
