import type { DeviceBuffer, Dispatch } from '../../device/device';
import type { Optimizer } from '../../kernels/optimizer/optimizer';
import type { BatchRows } from '../../kernels/shared/rows';

/** A trainable buffer, with its optimizer's state where it is trained. */
export interface Parameter {
  /** `embedding`, `projection`, or the layer's own name for it. */
  name: string;
  buffer: DeviceBuffer;
  state: DeviceBuffer | null;
}

/** A trainable matrix of a layer, and how it begins. */
export interface WeightSpecification {
  /** In checkpoints; unique in the network. */
  name: string;
  /** Without the bias. */
  rows: number;
  columns: number;
  /**
   * How many rows of the layer's input it multiplies at once, one above the other: 1, or the tokens that a filter sees; 0 where it multiplies
   * something else, as a recurrent state.
   */
  inputBlocks: number;
  /** Uniform in +-bound at first. */
  bound: number;
  /** First value of the bias of each column, the matrix's last row; null where it has none. */
  bias: ((column: number) => number) | null;
}

/** A layer over its buffers. */
export interface CompiledLayer {
  /** Rows (of the kind `rows`) x width. */
  output: DeviceBuffer;
  width: number;
  rows: BatchRows;
  /** Its output is zero exactly where ReLU or dropout stopped it, so that the layer above can mask its gradient by it, times keepScale. */
  relu: boolean;
  keepScale: number;
  /** B (r x d), where the rows are A's and the layer above takes B in (`effective-weights.ts`). */
  projection: Parameter | null;
  parameters: readonly Parameter[];
  /** Dispatches over a batch that lies in `batch`. */
  forward(batch: DeviceBuffer): Dispatch[];
  /** Dispatches that send the gradient of the layer's output down (null: nobody below wants it), then update its parameters. */
  backward(batch: DeviceBuffer, outputGradient: DeviceBuffer, inputGradient: DeviceBuffer | null): Dispatch[];
}

/** How buffers are made: the network owns and frees them all. */
export interface Workspace {
  create(label: string, type: 'f32' | 'u32', lengthOrData: number | Float32Array): DeviceBuffer;
  /** Sentences, tokens, and distinct words of the largest batch: what activations have room for. */
  capacity: Record<BatchRows, number>;
  optimizer: Optimizer;
}

/** The table that the network looks words up in. */
export interface EmbeddingParameters {
  table: Parameter;
  /** V. */
  rows: number;
  /** d, or r over factors. */
  columns: number;
  /** B, over factors. */
  projection: { parameter: Parameter; columns: number } | null;
}

export interface CompileContext {
  workspace: Workspace;
  embedding: EmbeddingParameters;
  /** Null for the bottom layer. */
  below: CompiledLayer | null;
  /** What the layer above reads; null for the top layer. */
  above: BatchRows | null;
  /** Of the model's own layers: tells dropout masks from another layer's, whatever stands between them. */
  index: number;
  /** The layer's weights, in the order of its `weights`. */
  weights: readonly Parameter[];
}

/** What a kind of layer is. To add one is to write a file like its siblings and a line in `registry.ts`. */
export interface LayerKind<Layer> {
  /** The rows of its input; null where it looks words up. Who reads words has each row of the embedding once, however often a batch names it. */
  reads: BatchRows | null;
  /** Numbers that it gives for a row of `inputWidth` numbers. */
  outputWidth(layer: Layer, inputWidth: number): number;
  weights(layer: Layer, inputWidth: number): readonly WeightSpecification[];
  /** Makes its buffers and dispatches; more than one layer where one over factors takes two, the lower first. */
  compile(layer: Layer, context: CompileContext): CompiledLayer[];
}

/** Glorot, Bengio 2010: the bound of a uniform distribution that keeps variances through a layer. */
export function glorotBound(inputs: number, outputs: number): number {
  return Math.sqrt(6 / (inputs + outputs));
}

/** A parameter with its initial values, or that many zeros; untrained ones get no state. */
export function createParameter(workspace: Workspace, name: string, initial: Float32Array | number, trained: boolean): Parameter {
  const buffer = workspace.create(name, 'f32', initial);
  // The binding must hold an element even where the optimizer keeps nothing.
  const state = trained ? workspace.create(`${name} state`, 'f32', Math.max(1, workspace.optimizer.stateSlots * buffer.length)) : null;
  return { name, buffer, state };
}

/** The layer below, which every layer but the bottom one has. */
export function belowOf({ below }: CompileContext): CompiledLayer {
  if (below === null) throw new RangeError('the bottom layer must look words up');
  return below;
}

/** `params` of a dropout of probability p, for the layer at `index`. */
export function dropoutValues(dropout: number, index: number): Record<'dropThreshold' | 'keepScale' | 'dropoutSalt', number> {
  return { dropThreshold: Math.floor(dropout * 2 ** 32), keepScale: 1 / (1 - dropout), dropoutSalt: index };
}
