import type { DeviceBuffer, Dispatch, Role } from '../device/device';
import { softmaxCrossEntropy } from '../kernels/softmax-cross-entropy/softmax-cross-entropy';
import { type CompiledLayer, createParameter, type EmbeddingParameters, type Parameter, type Workspace } from '../models/layers/layer';
import { kindOf } from '../models/layers/registry';
import { type LayerSpecification, weightLength, weightSpecifications } from '../models/model';

/** All that decides a network's dispatches, without its numbers. */
export interface NetworkShape {
  layers: readonly LayerSpecification[];
  /** A table of rows (V) x columns (d), or with a rank its factors: rows x rank, and rank x columns. */
  embedding: { rows: number; columns: number; rank: number | null };
  /** Null for inference. */
  training: { frozenEmbedding: boolean } | null;
}

/** The initial values of a parameter, or just how many there are: then they are zero. */
export type InitialValues = (name: string, length: number) => Float32Array | number;

/** Compiled layers over the embedding, with the loss on top: their parameters, and the dispatches of a pass each way. */
export class LayerStack {
  readonly parameters: readonly Parameter[];
  /** What the bottom layer makes rows of: how batches are encoded. */
  readonly reads: CompiledLayer['rows'];
  readonly classes: number;
  private readonly layers: CompiledLayer[] = [];
  private readonly logitsGradient: DeviceBuffer;

  /** @throws RangeError where the top layer gives no logits */
  constructor(
    private readonly workspace: Workspace,
    { layers, embedding, training }: NetworkShape,
    initial: InitialValues,
  ) {
    const last = layers[layers.length - 1];
    if (last.kind !== 'dense') {
      throw new RangeError('the last layer must be dense: it gives the logits');
    }
    this.classes = last.units;
    const parameter = (name: string, length: number, trained: boolean) => createParameter(workspace, name, initial(name, length), trained);
    const width = embedding.rank ?? embedding.columns;
    const bottom: EmbeddingParameters = {
      table: parameter('embedding', embedding.rows * width, training !== null && !training.frozenEmbedding),
      rows: embedding.rows,
      columns: width,
      projection:
        embedding.rank === null
          ? null
          : { parameter: parameter('projection', embedding.rank * embedding.columns, training !== null), columns: embedding.columns },
    };
    const matrices = weightSpecifications(layers, embedding.columns);
    for (const [index, layer] of layers.entries()) {
      const weights = matrices[index].map((matrix) => parameter(matrix.name, weightLength(matrix), training !== null));
      const below = index === 0 ? null : this.top();
      const kind = kindOf(layer);
      if (below !== null && below.rows !== kind.reads)
        throw new RangeError(`layer ${index}, ${layer.kind}, reads ${kind.reads}, not ${below.rows}`);
      const above = index + 1 < layers.length ? kindOf(layers[index + 1]).reads : null;
      this.layers.push(...kind.compile(layer, { workspace, embedding: bottom, below, above, index, weights }));
    }
    this.parameters = this.layers.flatMap(({ parameters }) => parameters);
    this.reads = this.layers[0].rows;
    this.logitsGradient = workspace.create('logits gradient', 'f32', workspace.capacity.sentences * this.classes);
  }

  /** Sentences x classes. */
  get logits(): DeviceBuffer {
    return this.top().output;
  }

  /** Through all layers and the loss, over a batch that lies in `batch`. */
  forward(batch: DeviceBuffer, outcomes: DeviceBuffer): Dispatch[] {
    return [
      ...this.layers.flatMap((layer) => layer.forward(batch)),
      {
        kernel: softmaxCrossEntropy,
        buffers: { batch, logits: this.logits, logitsGradient: this.logitsGradient, outcomes },
        params: { classes: this.classes },
      },
    ];
  }

  /** From the top layer down, updates included; the gradient stops at the lowest layer that is trained. */
  backward(batch: DeviceBuffer): Dispatch[] {
    const lowestTrained = this.layers.findIndex(({ parameters }) => parameters.some(({ state }) => state !== null));
    const dispatches: Dispatch[] = [];
    let gradient = this.logitsGradient;
    for (let i = this.layers.length - 1; i >= lowestTrained; i--) {
      const below = this.layers[i - 1];
      const inputGradient = i > lowestTrained ? this.workspace.create(`${below.output.label} gradient`, 'f32', below.output.length) : null;
      dispatches.push(...this.layers[i].backward(batch, gradient, inputGradient));
      gradient = inputGradient ?? gradient;
    }
    return dispatches;
  }

  /** Both ways, each dispatch with what it is for. */
  trainingStep(batch: DeviceBuffer, outcomes: DeviceBuffer): Dispatch[] {
    return [
      ...this.forward(batch, outcomes).map((dispatch) => ({ ...dispatch, role: 'forward' as const })),
      ...this.backward(batch).map((dispatch) => ({ ...dispatch, role: this.backwardRole(dispatch) })),
    ];
  }

  /** What writes a parameter updates it, whether or not it sums the gradient as well. */
  private backwardRole({ kernel, buffers }: Dispatch): Role {
    const written = kernel.bindings.filter(({ access }) => access === 'read_write').map(({ name }) => buffers[name]);
    return this.parameters.some(({ buffer }) => written.includes(buffer)) ? 'update' : 'backward';
  }

  private top(): CompiledLayer {
    return this.layers[this.layers.length - 1];
  }
}
