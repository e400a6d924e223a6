import type { Embedding } from '../compression/method';
import type { Device, DeviceBuffer, Dispatch, Program, StepValues } from '../device/device';
import { noStep } from '../device/device';
import { during, spent } from '../device/recorder';
import { BatchEncoder, type EncodedBatch, encodeSet, largestBatch, type WordDropout } from '../kernels/batch/encoder';
import { batchLayout } from '../kernels/batch/layout';
import { biasCorrections } from '../kernels/optimizer/adam';
import { gradientOnly } from '../kernels/optimizer/gradient';
import type { Optimizer } from '../kernels/optimizer/optimizer';
import { outcomeFields } from '../kernels/softmax-cross-entropy/softmax-cross-entropy';
import type { Parameter, Workspace } from '../models/layers/layer';
import type { LayerSpecification } from '../models/model';
import type { Sentences } from '../sentences';
import { LayerStack } from './layer-stack';
import { RowOrder } from './row-order';

/** Of one evaluation batch: large, since nothing is learned between two of them. */
export const evaluationCapacity = { sentences: 256, tokens: 4096 };
/** Steps whose outcomes the GPU keeps before the host has to read them. */
const outcomeSlots = 256;
/** The parameter whose rows are the words'. */
const tableName = 'embedding';
const inferenceOnly = 'this network was compiled for inference';
/** Steps that one upload and one submit may hold. */
export const maxStepsPerSubmit = 16;

export interface NetworkOptions {
  layers: readonly LayerSpecification[];
  /** Initial embedding; a network over factors gets the layer B above the lookup. */
  embedding: Embedding;
  /** Initial values by layer name; dense: (inputs + 1) x units. */
  weights: ReadonlyMap<string, Float32Array>;
  training: {
    optimizer: Optimizer;
    sentences: Sentences;
    batchSize: number;
    frozenEmbedding: boolean;
    dropoutSeed: number;
  } | null;
}

/** What one sentence came to. */
export interface Outcomes {
  /** Cross-entropy of each sentence, in nats. */
  losses: Float32Array;
  /** Predicted class of each sentence. */
  predictions: Uint32Array;
}

/** A set that was uploaded for evaluation. */
export interface EvaluationSet {
  evaluate(): Promise<Outcomes>;
  /** Sentences x classes. Each batch is waited for: for results that are looked at, not for training. */
  logits(): Promise<Float32Array>;
  free(): void;
}

interface PendingStep {
  sentences: number;
}

/** Consecutive training batches as they go to the device: networks over the same sentences may train on the same ones. */
export interface EncodedSteps {
  data: Uint32Array;
  batches: readonly EncodedBatch[];
}

/** All that a training step changes, as it was at some time, on the device. */
export interface Snapshot {
  parameters: readonly DeviceBuffer[];
  states: readonly (DeviceBuffer | null)[];
  optimizerSteps: number;
  free(): void;
}

/**
 * A network, an embedding and an optimizer, compiled once to a fixed list of dispatches over buffers that are allocated ahead: a training
 * step makes no buffer, no bind group and no read-back. It owns its buffers; `free` releases them all.
 */
export class Network {
  private readonly buffers: DeviceBuffer[] = [];
  private readonly programs: Program[] = [];
  private readonly capacity: Workspace['capacity'];
  /** How the table's rows lie on the device; null where they lie as they come. */
  private readonly rowOrder: RowOrder | null;
  /** What is trained on, its words as they lie on the device. */
  private readonly sentences: Sentences | null;
  private stack!: LayerStack;
  private kept: DeviceBuffer[] | null = null;
  private trainProgram: Program | null = null;
  private encoder: BatchEncoder | null = null;
  private batch!: DeviceBuffer;
  private outcomes!: DeviceBuffer;
  private staging = new Uint32Array(0);
  private pending: PendingStep[] = [];
  private optimizerSteps = 0;

  private constructor(
    private readonly device: Device,
    private readonly options: NetworkOptions,
    private readonly rows: number,
  ) {
    const { training } = options;
    this.rowOrder = training && RowOrder.of(training.sentences, rows);
    this.sentences = training && this.placed(training.sentences);
    const tokens = Math.max(evaluationCapacity.tokens, training ? largestBatch(training.sentences, training.batchSize).tokens : 0);
    this.capacity = {
      sentences: Math.max(evaluationCapacity.sentences, training?.batchSize ?? 0),
      tokens,
      words: Math.min(tokens, rows),
    };
  }

  /** Compiles pipelines and makes every buffer; on failure nothing is left behind. */
  static async compile(device: Device, options: NetworkOptions): Promise<Network> {
    const { embedding } = options;
    const network = new Network(device, options, (embedding.kind === 'table' ? embedding.table : embedding.a).rows);
    try {
      await during(device.recorder, 'compile', async () => {
        network.build();
        await network.prepare();
      });
      return network;
    } catch (error) {
      network.free();
      throw error;
    }
  }

  get parameters(): readonly Parameter[] {
    return this.stack.parameters;
  }

  /** Bytes of a training step's batch that travel to the device, and the list of its dispatches: for the bench and the tests. */
  get trainingDispatches(): readonly Dispatch[] {
    return this.trainProgram?.dispatches ?? [];
  }

  /** Of its buffers on the device. */
  get sizeBytes(): number {
    return this.buffers.reduce((sum, { length }) => sum + 4 * length, 0);
  }

  /** Training steps whose outcomes have not been read. */
  get unreadSteps(): number {
    return this.pending.length;
  }

  /** Room for the outcomes of that many more steps. */
  get freeSlots(): number {
    return outcomeSlots - this.pending.length;
  }

  /**
   * Records consecutive training steps and submits them at once. `batches` name ranges of `order`, a permutation of the training sentences.
   * @param learningRates one a batch
   * @param firstStep global step of the first batch: the dropout counter
   */
  train(
    order: Uint32Array,
    batches: readonly { from: number; to: number }[],
    learningRates: readonly number[],
    firstStep: number,
    wordDropout: WordDropout | null,
  ): void {
    const encoded = spent(this.device.recorder, 'upload', () => this.encode(order, batches, wordDropout));
    this.trainEncoded(encoded, learningRates, firstStep);
  }

  /** The first half of `train`: the batches as the device takes them. They are good until the next call. */
  encode(order: Uint32Array, batches: readonly { from: number; to: number }[], wordDropout: WordDropout | null): EncodedSteps {
    const { encoder, sentences } = this;
    if (!sentences || !encoder) {
      throw new RangeError(inferenceOnly);
    }
    if (batches.length > maxStepsPerSubmit) {
      throw new RangeError(`${batches.length} steps, where ${maxStepsPerSubmit} fit`);
    }
    let offset = 0;
    const encoded = batches.map(({ from, to }) => {
      const batch = encoder.encode(this.staging, offset, sentences, order, from, to, wordDropout);
      offset = batchLayout(batch).end;
      return batch;
    });
    return { data: this.staging.subarray(0, offset), batches: encoded };
  }

  /** The second half of `train`, on batches that this network has encoded, or another one over the same sentences and as many rows. */
  trainEncoded({ data, batches }: EncodedSteps, learningRates: readonly number[], firstStep: number): void {
    const { training } = this.options;
    const program = this.trainProgram;
    if (!training || !program) {
      throw new RangeError(inferenceOnly);
    }
    if (batches.length > this.freeSlots) {
      throw new RangeError(`${batches.length} steps, where ${this.freeSlots} fit`);
    }
    const work = batches.map((encoded, i) => {
      const step: StepValues = {
        ...encoded,
        sentenceOffset: (this.pending.length + i) * training.batchSize,
        dropoutStep: firstStep + i,
        dropoutSeed: training.dropoutSeed,
        training: 1,
        learningRate: learningRates[i],
        ...biasCorrections(++this.optimizerSteps),
      };
      return { program, step };
    });
    const { recorder } = this.device;
    spent(recorder, 'upload', () => this.device.write(this.batch, data));
    spent(recorder, 'step', () => this.device.submit(work));
    for (const { step } of work) {
      this.pending.push({ sentences: step.sentences });
    }
  }

  /** Waits for the steps submitted since the last call: the mean cross-entropy of each one's batch, in nats. */
  async readLosses(): Promise<number[]> {
    const { training } = this.options;
    const steps = this.pending;
    this.pending = [];
    if (!training || steps.length === 0) {
      return [];
    }
    const values = await during(this.device.recorder, 'step', () =>
      this.device.read(this.outcomes, 0, steps.length * training.batchSize * outcomeFields),
    );
    return steps.map(({ sentences }, i) => {
      const start = i * training.batchSize * outcomeFields;
      let sum = 0;
      for (let s = 0; s < sentences; s++) {
        sum += values[start + s * outcomeFields];
      }
      return sum / sentences;
    });
  }

  /** Uploads a set once, for any number of evaluations of the parameters as they are at that time. */
  async evaluationSet(sentences: Sentences): Promise<EvaluationSet> {
    const { recorder } = this.device;
    const total = sentences.labels.length;
    const { data, batches } = spent(recorder, 'upload', () =>
      encodeSet(this.placed(sentences), this.rows, this.capacity, this.stack.reads),
    );
    const made: DeviceBuffer[] = [];
    const free = () => {
      for (const buffer of made.splice(0)) {
        this.device.destroyBuffer(buffer);
      }
    };
    const create = (label: string, type: 'f32' | 'u32', lengthOrData: number | Uint32Array): DeviceBuffer => {
      made.push(this.device.createBuffer(label, type, lengthOrData));
      return made[made.length - 1];
    };
    let outcomes: DeviceBuffer;
    let program: Program;
    try {
      const batch = spent(recorder, 'upload', () => create('evaluation batches', 'u32', data));
      outcomes = create('evaluation outcomes', 'f32', Math.max(1, total) * outcomeFields);
      program = await during(recorder, 'compile', () => this.device.compile(this.stack.forward(batch, outcomes)));
    } catch (error) {
      free();
      throw error;
    }
    let sentenceOffset = 0;
    const work = batches.map((encoded: EncodedBatch) => {
      const step = { ...noStep, ...encoded, sentenceOffset };
      sentenceOffset += encoded.sentences;
      return { program, step };
    });
    const evaluate = async (): Promise<Outcomes> => {
      for (let from = 0; from < work.length; from += maxStepsPerSubmit) {
        this.device.submit(work.slice(from, from + maxStepsPerSubmit));
      }
      const values = await this.device.read(outcomes, 0, total * outcomeFields);
      const losses = new Float32Array(total);
      const predictions = new Uint32Array(total);
      for (let s = 0; s < total; s++) {
        losses[s] = values[s * outcomeFields];
        predictions[s] = values[s * outcomeFields + 1];
      }
      return { losses, predictions };
    };
    const logits = async (): Promise<Float32Array> => {
      const { classes } = this.stack;
      const all = new Float32Array(total * classes);
      for (const { step } of work) {
        this.device.submit([{ program, step }]);
        all.set(await this.readLogits(step.sentences), step.sentenceOffset * classes);
      }
      return all;
    };
    return {
      evaluate: () => during(this.device.recorder, 'evaluate', evaluate),
      logits: () => during(this.device.recorder, 'evaluate', logits),
      free: () => {
        program.destroy();
        free();
      },
    };
  }

  /** The logits of the sentences of the last batch that was run, sentences x classes. */
  async readLogits(sentences: number): Promise<Float32Array> {
    const { logits, classes } = this.stack;
    return (await this.device.read(logits, 0, sentences * classes)) as Float32Array;
  }

  /** Keeps the parameters as they are now, on the device; a later call replaces what was kept. */
  keep(): void {
    this.kept ??= this.parameters.map(({ name, buffer }) => this.create(`${name} kept`, 'f32', buffer.length));
    this.parameters.forEach(({ buffer }, i) => {
      this.device.copy(buffer, (this.kept as DeviceBuffer[])[i]);
    });
  }

  /** Copies parameters and optimizer state, on the device; whoever takes a snapshot frees it. What `keep` kept is not part of it. */
  snapshot(): Snapshot {
    const made: DeviceBuffer[] = [];
    const free = () => {
      for (const buffer of made.splice(0)) {
        this.device.destroyBuffer(buffer);
      }
    };
    const duplicate = (buffer: DeviceBuffer): DeviceBuffer => {
      const copy = this.device.createBuffer(`${buffer.label} snapshot`, buffer.type, buffer.length);
      made.push(copy);
      this.device.copy(buffer, copy);
      return copy;
    };
    try {
      return {
        parameters: this.parameters.map(({ buffer }) => duplicate(buffer)),
        states: this.parameters.map(({ state }) => state && duplicate(state)),
        optimizerSteps: this.optimizerSteps,
        free,
      };
    } catch (error) {
      free();
      throw error;
    }
  }

  /** Puts back what a snapshot of this network holds: it goes on bit for bit as it would have then. */
  restore({ parameters, states, optimizerSteps }: Snapshot): void {
    this.copyState(parameters, states);
    this.optimizerSteps = optimizerSteps;
  }

  /**
   * Becomes what a network of the same shape is: its parameters, optimizer state, and what it kept.
   * @throws RangeError where that one has steps whose outcomes were not read: they are nobody else's
   */
  copyFrom(other: Network): void {
    if (other.unreadSteps > 0 || this.unreadSteps > 0) {
      throw new RangeError('a network is copied between two reads');
    }
    if (other.kept) {
      this.keep();
      other.kept.forEach((buffer, i) => {
        this.device.copy(buffer, (this.kept as DeviceBuffer[])[i]);
      });
    }
    this.copyState(
      other.parameters.map(({ buffer }) => buffer),
      other.parameters.map(({ state }) => state),
    );
    this.optimizerSteps = other.optimizerSteps;
  }

  /** Reads the parameters that were kept, or those of now where none were, by name. */
  async read(): Promise<Map<string, Float32Array>> {
    const buffers = this.kept ?? this.parameters.map(({ buffer }) => buffer);
    const values = await Promise.all(buffers.map((buffer) => this.device.read(buffer)));
    const byName = new Map(this.parameters.map(({ name }, i) => [name, values[i] as Float32Array]));
    const table = byName.get(tableName) as Float32Array;
    this.rowOrder?.restore(table, table.length / this.rows);
    return byName;
  }

  /** Frees every buffer and program. */
  free(): void {
    for (const program of this.programs.splice(0)) {
      program.destroy();
    }
    for (const buffer of this.buffers.splice(0)) {
      this.device.destroyBuffer(buffer);
    }
  }

  private copyState(parameters: readonly DeviceBuffer[], states: readonly (DeviceBuffer | null)[]): void {
    this.parameters.forEach(({ buffer, state }, i) => {
      this.device.copy(parameters[i], buffer);
      const source = states[i];
      if (state && source) {
        this.device.copy(source, state);
      }
    });
  }

  private placed(sentences: Sentences): Sentences {
    return this.rowOrder?.place(sentences) ?? sentences;
  }

  private create(label: string, type: 'f32' | 'u32', lengthOrData: number | Float32Array): DeviceBuffer {
    const { device } = this;
    const make = () => device.createBuffer(label, type, lengthOrData);
    const buffer = typeof lengthOrData === 'number' ? make() : spent(device.recorder, 'upload', make);
    this.buffers.push(buffer);
    return buffer;
  }

  /** Makes parameters, activations and, for training, the batch and outcome buffers. */
  private build(): void {
    const { embedding, layers, weights, training } = this.options;
    const workspace: Workspace = {
      create: (label, type, lengthOrData) => this.create(label, type, lengthOrData),
      capacity: this.capacity,
      optimizer: training?.optimizer ?? gradientOnly,
    };
    const columns = embedding.kind === 'table' ? embedding.table.columns : embedding.b.columns;
    const rank = embedding.kind === 'table' ? null : embedding.a.columns;
    const values = new Map(weights)
      .set(tableName, (embedding.kind === 'table' ? embedding.table : embedding.a).values)
      .set('projection', embedding.kind === 'table' ? new Float32Array(0) : embedding.b.values);
    this.stack = new LayerStack(workspace, { layers, embedding: { rows: this.rows, columns, rank }, training }, (name, length) => {
      const initial = values.get(name);
      if (initial?.length !== length) {
        throw new RangeError(`"${name}" takes ${length} weights, not ${initial?.length ?? 'none'}`);
      }
      // In an order of their own the rows are written when there is a buffer for them.
      return name === tableName && this.rowOrder ? length : initial;
    });
    this.writeInOrder(values.get(tableName) as Float32Array);
    if (training) {
      const batchElements = largestBatch(training.sentences, training.batchSize).elements * maxStepsPerSubmit;
      this.staging = new Uint32Array(batchElements);
      this.batch = this.create('batches', 'u32', batchElements);
      this.outcomes = this.create('outcomes', 'f32', outcomeSlots * training.batchSize * outcomeFields);
      this.encoder = new BatchEncoder(this.rows, this.stack.reads);
    }
  }

  private writeInOrder(values: Float32Array): void {
    const table = this.parameters.find(({ name }) => name === tableName);
    if (!this.rowOrder || !table) return;
    const { recorder } = this.device;
    for (const { offset, data } of this.rowOrder.blocks(values, values.length / this.rows)) {
      spent(recorder, 'upload', () => this.device.write(table.buffer, data, offset));
    }
  }

  private async prepare(): Promise<void> {
    if (this.options.training) {
      this.trainProgram = await this.device.compile(this.stack.trainingStep(this.batch, this.outcomes));
      this.programs.push(this.trainProgram);
    }
  }
}
