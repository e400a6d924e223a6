import type { AnalysisLab } from './analysis';
import type { Catalogue } from './catalogue';
import type {
  ColumnChoice,
  DataReport,
  DatasetPreview,
  EmbeddingsChoice,
  EmbeddingsPreview,
  LoadProgress,
  SavedSource,
  SourceInput,
  StorageReport,
} from './data';
import type { BackendChoice, DeviceReport, ProbeFigures } from './device';
import type { LabEvent } from './events';
import type { ExportLab } from './export';
import type { LandscapeLab } from './landscape';
import type { NumberLineLab } from './number-line';
import type { ExperimentPlan } from './plan';
import type { ProjectionLab } from './projection';
import type { RaceLab } from './race';
import type { ReportLab } from './report';
import type { ExperimentResults } from './results';
import type { RunsLab } from './runs';
import type { ExperimentSpecification } from './specification';
import type { SweepLab } from './sweep';
import type { TryLab } from './try';

/** A model of the last run that can be tried out. */
export interface TrainedModel {
  /** `METHOD` or `METHOD@RATE`. */
  id: string;
  method: string;
  requestedRate: number | null;
  embeddingBytes: number;
}

/** Which table is factorized: the experiment's (its vocabulary alone), or every row of the loaded one. */
export type SpectrumOf = 'experiment' | 'table';

/** A factorization on its way. */
export interface RowProgress {
  /** What is being done, ready to be shown. */
  stage: string;
  doneRows: number;
  totalRows: number;
}

/** The spectrum of a table as it is loaded, and what each rank keeps of it. */
export interface TableSpectrum {
  of: SpectrumOf;
  rows: number;
  dimension: number;
  /** Descending, min(V, d) of them. */
  singularValues: number[];
  /** Sum of the first r squares over the sum of all, at index r - 1. */
  retainedEnergy: number[];
  /** ||E - E_r||_F / ||E||_F at index r - 1. */
  relativeError: number[];
  milliseconds: number;
}

export type OnProgress = (progress: LoadProgress) => void;
export type OnRowProgress = (progress: RowProgress) => void;
/** Events come in batches, at most ten a second. */
export type OnEvents = (events: LabEvent[]) => void;

/**
 * The lab's few verbs, as the page calls them over the worker's boundary. Each rejects with a `LabFailure`, and leaves what was there
 * before in place. Loads, runs, races, sweeps and range tests are exclusive: a second one is refused with `busy`.
 */
export interface Lab
  extends RaceLab,
    SweepLab,
    AnalysisLab,
    ReportLab,
    ExportLab,
    RunsLab,
    LandscapeLab,
    ProjectionLab,
    NumberLineLab,
    TryLab {
  /**
   * Opens the backend, compiles ahead what the default experiment needs, and says what there is. `auto` measures, unless `known` has figures of
   * this adapter, browser and version of the lab.
   */
  open(choice: BackendChoice, known?: readonly ProbeFigures[]): Promise<{ catalogue: Catalogue; device: DeviceReport }>;
  /** Loads the bundled table and data set, from the page's own origin. */
  loadBundled(onProgress: OnProgress): Promise<DataReport>;
  /** What one file (or two: vectors and vocabulary, in any order) says of itself; packed files are looked into. */
  previewEmbeddings(inputs: SourceInput[]): Promise<EmbeddingsPreview>;
  /** Reads a table in any of the formats, recognized by content, into memory: it can be used from then on, and `keep` writes it down. */
  loadEmbeddings(inputs: SourceInput[], choice: EmbeddingsChoice, onProgress: OnProgress): Promise<DataReport>;
  /** The head of a data set: one file, or three (train, validation, test) with the same columns. */
  previewDataset(inputs: SourceInput[]): Promise<DatasetPreview>;
  loadDataset(inputs: SourceInput[], columns: ColumnChoice, onProgress: OnProgress): Promise<DataReport>;
  /**
   * Keeps what is loaded for the next visit, in the browser's storage; runs and other loads may go on meanwhile. Rejects with `out-of-memory` where the
   * browser has no room left, with `cancelled`, and with `busy` where something is being kept already; what is loaded stays loaded, and nothing is
   * left half-written.
   */
  keep(kind: SavedSource['kind'], onProgress: OnProgress): Promise<StorageReport>;
  /** Ends a `keep` in progress. */
  cancelKeep(): Promise<void>;
  /** What the browser keeps from earlier visits. */
  storage(): Promise<StorageReport>;
  /** Are kept runs and sweeps there at the next visit? Not where the browser refuses a database, as some private windows do: they are in memory then. */
  keepsOnDisk(): Promise<{ runs: boolean; sweeps: boolean }>;
  /** Loads what was kept; the ids of its sources. What is not there any more is named in the failure. */
  loadSaved(embeddings: string | null, dataset: string | null, onProgress: OnProgress): Promise<DataReport>;
  /** Forgets a kept source; what is loaded stays loaded. */
  forget(id: string): Promise<StorageReport>;
  /** Ends a load or download in progress; the call that it belongs to rejects with `cancelled`. */
  cancelLoad(): Promise<void>;
  /** Validates a specification against the loaded data and says what it comes to. */
  plan(specification: ExperimentSpecification): Promise<ExperimentPlan>;
  /**
   * The spectrum of the pretrained table, in blocks of rows, so that no size is too large. One at a time: a further question, and a run, end
   * the one that is being answered, which rejects with `cancelled`. An answer is remembered while its table is loaded.
   */
  spectrum(specification: ExperimentSpecification, of: SpectrumOf, onProgress: OnRowProgress): Promise<TableSpectrum>;
  /** Ends a `spectrum` in progress. */
  stopSpectrum(): Promise<void>;
  /**
   * The results say where the time went. With `splitSteps` on WebGPU the GPU's clock tells forward, backward and update apart, for passes of their
   * own: the run takes a little longer. The CPU backend tells them apart in any case.
   */
  run(specification: ExperimentSpecification, onEvents: OnEvents, options?: { splitSteps: boolean }): Promise<ExperimentResults>;
  pause(): Promise<void>;
  resume(): Promise<void>;
  /** Ends the run after the step in progress; `run` resolves with what was done. */
  stop(): Promise<void>;
  /** The last run's models; empty before there was one. */
  trainedModels(): Promise<TrainedModel[]>;
  /** Releases everything; buffers and tensors are counted to zero. */
  close(): Promise<void>;
}
