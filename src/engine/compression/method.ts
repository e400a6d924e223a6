import type { ProfilePhase } from '../../protocol/profile';
import type { Device } from '../device/device';
import type { Matrix } from '../matrix';
import type { LayerSpecification } from '../models/model';
import type { CodedMatrix } from './coded';
import type { Stored } from './stored';

/**
 * How the network looks a word up: rows of one table (V x n), or rows of A (V x r) that the layer above multiplies by B (r x d). Where a method stores whole
 * numbers, `coded` has them, and the matrices are what they stand for; what is trained further loses them.
 */
export type Embedding =
  | { kind: 'table'; table: Matrix; coded?: CodedMatrix }
  | { kind: 'factors'; a: Matrix; b: Matrix; coded?: { a: CodedMatrix; b: CodedMatrix } };

/** Of the experiment's table: V rows (padding and unknown included) and d columns. */
export interface TableShape {
  rows: number;
  columns: number;
}

export interface TransformContext {
  /** For the factorization's matrix products. */
  device: Device;
  /** For whatever is drawn at random. */
  seed: number;
  /** The network over the embedding, with its weights as they are after the phases before. */
  layers: readonly LayerSpecification[];
  weights: ReadonlyMap<string, Float32Array>;
}

/** The numbers that a method has at a wanted rate. */
export interface MethodSetting {
  /** r. */
  rank?: number;
  /** Of a code. */
  levels?: number;
  /** Into which a row's d numbers are cut. */
  groups?: number;
}

export interface Transformed {
  embedding: Embedding;
  /** Where a factorization made it: what the screen shows of it. */
  factorization?: { singularValues: Float64Array; rank: number; retainedEnergy: number };
}

/** Makes an embedding out of another one. */
export type Transform = (embedding: Embedding, setting: MethodSetting, context: TransformContext) => Promise<Transformed>;

/** Makes the embedding anew from the one that the phases before left (at first the pretrained table). */
export interface TransformPhase {
  kind: 'transform';
  /** What a profile books its time under. */
  timedAs: Extract<ProfilePhase, 'load' | 'factorize' | 'quantize'>;
  apply: Transform;
  /**
   * About how many operations `apply` takes of one thread of the host, for whoever has to say ahead how long. One is a nanosecond on the machine that
   * the factors were fitted on; another machine's pace is measured in them.
   */
  operations(shape: TableShape, setting: MethodSetting): number;
}

/** A method declares its phases as data; the experiment runs them in order. */
export type Phase =
  /** Goes on from the `full` run: its best checkpoint of the first 2N/3 epochs (`first`), or of all N. Shared, not run again. */
  | { kind: 'reuse-full'; epochs: 'first' | 'all' }
  | TransformPhase
  /** Trains embedding and network jointly (`frozen`: the network alone) for all N epochs, or for the rest after 2N/3. */
  | { kind: 'train'; epochs: 'all' | 'rest'; frozen?: true };

/** What the wanted rate decides. */
export interface Setting {
  /** What grows with the bytes that are left. */
  kind: 'rank' | 'levels' | 'groups';
  /**
   * The largest settings whose payload is at most (1 - rate) 4 V d bytes, or why there is none (one sentence). Where there are several,
   * validation chooses among them before the method trains anything; a plan shows the first.
   */
  candidates(shape: TableShape, rate: number): readonly MethodSetting[] | Unreachable;
}

export interface Unreachable {
  unreachable: string;
}

/** One way to hold an embedding. To add one is to write a file like its siblings and a line in `registry.ts`. */
export interface CompressionMethod {
  id: string;
  label: string;
  /** One sentence for a person who meets it for the first time. */
  help: string;
  /** Command-line name that stands for this method and its siblings. */
  family: string;
  /**
   * Where it stands in the paper's claims: what every drop is against, the method that the paper proposes, a further way of factors that this
   * lab adds to it, what it is held against, or a control: that is compared and shown, and decides no claim.
   */
  standing: 'reference' | 'paper' | 'ours' | 'rival' | 'control';
  byDefault: boolean;
  setting: Setting | null;
  phases: readonly Phase[];
  /**
   * What will be stored at most: scales, zero points and codebooks included. The setting is empty where the method has none. A finished embedding is
   * counted on itself (`storedSize`): levels that fall together are held once.
   */
  storage(shape: TableShape, setting: MethodSetting): Stored;
  /** Width of the vectors that the network reads: d, or r where the network is built on r dimensions. */
  outputDimension(shape: TableShape, setting: MethodSetting): number;
  /** Default grid of peak rates by optimizer id; empty where nothing is trained. */
  learningRates: Readonly<Record<string, readonly number[]>>;
}
