/** For tests only: a lab that answers at once, and notes what it was asked. */
import { catalogue } from '../../engine/experiment/catalogue';
import type { ColumnChoice, DataReport, DatasetReport, EmbeddingsChoice, SourceInput } from '../../protocol/data';
import type { ExportExample, ModelExport, TestPrediction } from '../../protocol/export';
import type { Lab, OnEvents } from '../../protocol/lab';
import type { Profile } from '../../protocol/profile';
import type { RaceEvent, RaceResults, RaceSpecification } from '../../protocol/race';
import type { ExperimentResults, ResultRow } from '../../protocol/results';
import type { ExperimentSpecification } from '../../protocol/specification';
import { nameOf } from '../inputs';

export const fakeProfile: Profile = {
  wallMs: 4000,
  phases: {
    ...{ load: 200, compile: 100, upload: 100, forward: 900, backward: 600, update: 1300, step: 0 },
    ...{ factorize: 300, quantize: 0, evaluate: 300, idle: 200 },
  },
  stepTiming: 'kernels',
  steps: { count: 495, firstMs: 40, laterMs: 6 },
};

export function row(changes: Partial<ResultRow>): ResultRow {
  return {
    method: 'full',
    requestedRate: null,
    rate: 0,
    bytes: 2_052_800,
    networkBytes: 2_094_008,
    rank: null,
    levels: null,
    groups: null,
    validationAccuracy: 0.83,
    validationMacroF1: 0.82,
    testAccuracy: 0.84,
    beforeRetrainingAccuracy: null,
    beforeRetrainingMacroF1: null,
    macroF1: 0.84,
    majorityAccuracy: 0.5,
    testCount: 450,
    learningRate: 0.002,
    steps: 495,
    seconds: 4,
    seed: 1,
    ...changes,
  };
}

const tasks = (...ids: string[]) => ids.map((id) => ({ id, label: id, classes: [], majorityShare: 0.5, imbalance: 1 }));

const bundled = {
  embeddings: {
    source: { id: 'bundled:vectors', name: 'bundled vectors' },
    words: 10,
    dimension: 4,
    warnings: [] as DataReport['embeddings']['warnings'],
  },
  dataset: {
    source: { id: 'bundled:sentences', name: 'bundled sentences' },
    sentences: 20,
    tasks: tasks('sentiment', 'source'),
    warnings: [],
  },
};

export class FakeLab implements Lab {
  readonly calls: string[] = [];
  splitSteps: boolean | undefined;
  columns: ColumnChoice | null = null;
  choice: EmbeddingsChoice | null = null;
  specification: ExperimentSpecification | null = null;
  raced: RaceSpecification | null = null;
  /** Of each export. */
  examples: ExportExample[] = [];
  /** What a run comes to. */
  rows: ResultRow[] = [row({ testAccuracy: 0.84 })];
  private loadedData = bundled as unknown as DataReport;

  async open() {
    const device = {
      backend: 'cpu',
      name: 'fake',
      vendor: '',
      architecture: '',
      software: false,
      reason: 'Asked for.',
      probe: null,
    } as const;
    return { catalogue: catalogue(), device };
  }
  async loadBundled() {
    this.calls.push('bundled');
    return this.loadedData;
  }
  async loadEmbeddings(inputs: SourceInput[], choice: EmbeddingsChoice) {
    const name = nameOf(inputs);
    this.calls.push(`embeddings ${name}`);
    this.choice = choice;
    const source = { id: 'sha256:1', name };
    const warnings = [{ message: 'a word twice', count: 2, firstLines: [3, 4] }];
    this.loadedData = { ...this.loadedData, embeddings: { ...this.loadedData.embeddings, source, warnings } };
    return this.loadedData;
  }
  async previewDataset() {
    return { format: 'CSV', columns: ['id', 'text', 'stars', 'part'], rows: [], guess: { text: 'text', label: 'stars', split: null } };
  }
  async loadDataset(inputs: SourceInput[], columns: ColumnChoice) {
    const name = nameOf(inputs);
    this.calls.push(`data ${name}`);
    this.columns = columns;
    const dataset: DatasetReport = { ...this.loadedData.dataset, source: { id: 'sha256:2', name }, tasks: tasks(columns.label) };
    this.loadedData = { ...this.loadedData, dataset };
    return this.loadedData;
  }
  async run(specification: ExperimentSpecification, onEvents: OnEvents, options?: { splitSteps: boolean }): Promise<ExperimentResults> {
    this.specification = specification;
    this.splitSteps = options?.splitSteps;
    const { device: adapter } = await this.open();
    const results = {
      specification,
      adapter,
      versions: { 'lowrank-lab': '0' },
      results: this.rows,
      profile: fakeProfile,
    };
    onEvents([
      { kind: 'progress', label: 'Training', done: 0.5, secondsLeft: 61 },
      ...this.rows.map((of) => ({ kind: 'result' as const, row: of })),
      { kind: 'finished', outcome: 'complete', results, conclusion: { claim: 'It holds.', caution: 'One seed proves nothing.' } },
    ]);
    return results;
  }
  async race(specification: RaceSpecification, onEvents: (events: RaceEvent[]) => void): Promise<RaceResults> {
    this.raced = specification;
    const { device: adapter } = await this.open();
    const finished = { finished: true, bestStep: 33, validationAccuracy: 0.8, macroF1: 0.8, testCount: 450 };
    const rows = [
      { ...finished, lane: 'a', seed: 1, testAccuracy: 0.82 },
      { ...finished, lane: 'a', seed: 2, testAccuracy: 0.84 },
      { ...finished, lane: 'b', seed: 1, testAccuracy: 0.8 },
      { ...finished, lane: 'b', seed: 2, finished: false, bestStep: null, validationAccuracy: null, testAccuracy: null, macroF1: null },
    ];
    const comparisons = [{ first: 'a', second: 'b', seeds: 1, difference: 0.02, interval: null, p: null }];
    const results: RaceResults = { specification, adapter, versions: { 'lowrank-lab': '0' }, rows, comparisons };
    onEvents([
      { kind: 'broken', seed: 2, lane: 'b', step: 12 },
      ...rows.map((of) => ({ kind: 'row' as const, row: of })),
      { kind: 'finished', outcome: 'complete', results, conclusion: { claim: 'Lane a came out best.', caution: 'Few seeds.' } },
    ]);
    return results;
  }
  async exportModel(model: string, format: string): Promise<ModelExport> {
    this.calls.push(`export ${model} ${format}`);
    const bytes = new TextEncoder().encode(`${model} as ${format}`);
    return {
      format,
      files: [
        { path: 'model.bin', bytes },
        { path: 'more/words.txt', bytes },
      ],
      examples: this.examples,
      embeddingBytes: 1,
      networkBytes: 2,
    };
  }
  async testPredictions(model: string): Promise<TestPrediction[]> {
    this.calls.push(`predictions ${model}`);
    return [{ text: 'a fine film', ids: [2, 3, 4], probabilities: [0.1, 0.9] }];
  }
  keepsOnDisk = () => this.unasked();
  saveRun = () => this.unasked();
  savedRuns = () => this.unasked();
  openRun = () => this.unasked();
  renameRun = () => this.unasked();
  forgetRun = () => this.unasked();
  exportRun = () => this.unasked();
  keptRunFile = () => this.unasked();
  importRun = () => this.unasked();
  checkRun = () => this.unasked();
  previewEmbeddings = () => this.unasked();
  storage = () => this.unasked();
  loadSaved = () => this.unasked();
  forget = () => this.unasked();
  cancelLoad = () => this.unasked();
  plan = () => this.unasked();
  keep = () => this.unasked();
  cancelKeep = () => this.unasked();
  spectrum = () => this.unasked();
  stopSpectrum = () => this.unasked();
  changeLane = () => this.unasked();
  watchRace = () => this.unasked();
  forkLane = () => this.unasked();
  rangeTest = () => this.unasked();
  previewSchedules = () => this.unasked();
  pause = () => this.unasked();
  resume = () => this.unasked();
  stop = () => this.unasked();
  trainedModels = () => this.unasked();
  classify = () => this.unasked();
  contributions = () => this.unasked();
  disagreements = () => this.unasked();
  tableNeighbours = () => this.unasked();
  neighbourOverlap = () => this.unasked();
  stopNeighbourOverlap = () => this.unasked();
  landscapeSurfaces = () => this.unasked();
  landscape = () => this.unasked();
  landscapeShares = () => this.unasked();
  wordCloud = () => this.unasked();
  cloudSpectrum = () => this.unasked();
  neighbours = () => this.unasked();
  planSweep = () => this.unasked();
  runSweep = () => this.unasked();
  keptSweeps = () => this.unasked();
  openSweep = () => this.unasked();
  importSweep = () => this.unasked();
  forgetSweep = () => this.unasked();
  quantizers = () => this.unasked();
  numberLine = () => this.unasked();
  analyse = () => this.unasked();
  report = () => this.unasked();
  cellsCsv = () => this.unasked();
  close = () => this.unasked();

  private unasked(): Promise<never> {
    return Promise.reject(new Error('the command line does not ask for this'));
  }
}
