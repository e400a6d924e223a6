import type { AnalysisOptions, SweepAnalysis } from '../../protocol/analysis';
import type {
  ColumnChoice,
  DataReport,
  DatasetPreview,
  EmbeddingsChoice,
  EmbeddingsPreview,
  SavedSource,
  SourceInput,
  StorageReport,
} from '../../protocol/data';
import type { BackendChoice, ProbeFigures } from '../../protocol/device';
import type { LabEvent, TrialKey } from '../../protocol/events';
import type { ModelExport, TestPrediction } from '../../protocol/export';
import type { LabFailure } from '../../protocol/failure';
import type { Lab, OnEvents, OnProgress, OnRowProgress, SpectrumOf, TableSpectrum, TrainedModel } from '../../protocol/lab';
import type { NumberLineSpecification } from '../../protocol/number-line';
import type { ExperimentPlan, PlannedMethod } from '../../protocol/plan';
import type { LaneRate, RaceEvent, RaceResults, RaceSpecification, RangeTestResult, RangeTestSpecification } from '../../protocol/race';
import type { ReportOptions } from '../../protocol/report';
import type { ExperimentResults, ResultRow } from '../../protocol/results';
import type { RunCheck } from '../../protocol/runs';
import type { ExperimentSpecification } from '../../protocol/specification';
import type { OnSweepEvents, SweepResults, SweepSpecification } from '../../protocol/sweep';
import { fakeAnalysis } from './fake-analysis';
import { fakeCatalogue, fakeData, fakeDevice, fakeMethods } from './fake-catalogue';
import { FakeLandscape } from './fake-landscape';
import { fakeProfile } from './fake-profile';
import { FakeRace, fakeRangeTest, fakePreview as fakeSchedulesPreview } from './fake-race';
import { FakeRuns } from './fake-runs';
import { fakeRate } from './fake-schedules';
import { FakeSweeps } from './fake-sweep';
import { fakeClassification, fakeContributions, fakeDisagreements, fakeOverlap, fakeTableNeighbours } from './fake-tryout';
import { fakeCloudSpectrum, fakeNeighbours, fakeNumberLine, fakeQuantizers, fakeWordCloud } from './fake-words';

const VOCABULARY = 5253;
const DIMENSION = 100;
const STEPS_PER_EPOCH = 33;
const OTHER_PARAMETERS = 10_302;

/** An in-memory lab that replays a believable experiment: for tests, and to look at the screens before there is an engine. */
export class FakeLab implements Lab {
  readonly calls: string[] = [];
  /** What the last `open` was told of earlier probes. */
  known: readonly ProbeFigures[] = [];
  private pauseGate: { promise: Promise<void>; open: () => void } | null = null;
  private stopped = false;
  private cancelled = false;
  private spectrumStopped = false;
  private overlapStopped = false;
  private onEvents: OnEvents | null = null;
  private going: FakeRace | null = null;
  private running = false;
  private models: TrainedModel[] = [];
  private loaded = fakeData;
  /** What the browser keeps of sweeps: public, so that a test can begin at a later visit. */
  sweeps = new FakeSweeps(() => this.wait(1));
  /** What the browser keeps of runs. */
  runs = new FakeRuns();
  private readonly landscapes = new FakeLandscape();
  readonly landscapeSurfaces = this.landscapes.surfaces;
  readonly landscape = this.landscapes.report;
  readonly landscapeShares = this.landscapes.shares;
  /** What the browser keeps: public, so that a test can begin at a later visit. */
  saved: SavedSource[] = [];

  /** @param tickMs how long an epoch seems to take. */
  constructor(private readonly tickMs = 60) {}

  async open(choice: BackendChoice, known: readonly ProbeFigures[] = []) {
    this.calls.push(`open ${choice}`);
    this.known = known;
    const gpu = {
      ...fakeDevice,
      backend: 'webgpu' as const,
      name: 'SwiftShader',
      software: true,
      reason: 'You asked for WebGPU; here the CPU plays the GPU.',
    };
    return { catalogue: fakeCatalogue, device: choice === 'webgpu' ? gpu : fakeDevice };
  }

  async loadBundled(onProgress: OnProgress): Promise<DataReport> {
    return this.load('Loading the bundled table', 6_200_000, onProgress, fakeData);
  }

  /** By what the names hold: a GloVe text of 400,000 words, unless they say `npy`, `safetensors`, `fasttext` or `small`. */
  async previewEmbeddings(inputs: SourceInput[]): Promise<EmbeddingsPreview> {
    this.calls.push(`previewEmbeddings ${nameOf(inputs)}`);
    const name = nameOf(inputs);
    if (/reviews|csv/.test(name)) {
      throw {
        code: 'bad-embeddings',
        message: `${name} is none of the formats of word vectors that the lab reads.`,
        remedy: 'Take a GloVe, word2vec or fastText file, an .npy or safetensors file with its vocabulary, or the TSV pair.',
      } satisfies LabFailure;
    }
    return {
      ...fakePreview,
      ...(/npy/.test(name) && { format: 'NumPy .npy', sample: [], needsVocabulary: inputs.length < 2 }),
      ...(/safetensors/.test(name) && { format: 'safetensors', sample: [], needsVocabulary: inputs.length < 2, tensors: fakeTensors }),
      ...(/fasttext/.test(name) && {
        format: 'fastText binary',
        notes: ['Subwords are not used: words that the file lacks have no vector.'],
      }),
      ...(/small|bad/.test(name) && { words: { count: 1200, exact: true }, sample: ['good', 'bad'] }),
    };
  }

  async loadEmbeddings(inputs: SourceInput[], choice: EmbeddingsChoice, onProgress: OnProgress): Promise<DataReport> {
    const name = nameOf(inputs);
    this.calls.push(`loadEmbeddings ${name} ${JSON.stringify(choice)}`);
    if (name.includes('bad')) {
      throw {
        code: 'bad-embeddings',
        message: `Line 17 of “${name}” has 99 numbers where the lines before it have 100.`,
        remedy: 'Check that the file is complete, or remove the line.',
      } satisfies LabFailure;
    }
    const source = { id: 'sha256:1f2e3d4c', name };
    return this.load(`Reading ${name}`, 90_000_000, onProgress, {
      ...this.loaded,
      embeddings: { ...fakeData.embeddings, source, format: 'GloVe text', licence: null },
    });
  }

  async previewDataset(inputs: SourceInput[]): Promise<DatasetPreview> {
    this.calls.push(`previewDataset ${nameOf(inputs)}`);
    return {
      format: 'CSV',
      columns: ['id', 'review', 'stars'],
      rows: [
        ['1', 'Crisp screen, poor battery.', 'negative'],
        ['2', '<b>Excellent</b> value', 'positive'],
        ['3', 'Would buy again, and again, and again: it never let me down in two years of daily use.', 'positive'],
      ],
      guess: { text: 'review', label: 'stars', split: null },
    };
  }

  async loadDataset(inputs: SourceInput[], columns: ColumnChoice, onProgress: OnProgress): Promise<DataReport> {
    const name = nameOf(inputs);
    this.calls.push(`loadDataset ${name} ${JSON.stringify(columns)}`);
    const source = { id: 'sha256:99aabbcc', name };
    return this.load(`Reading ${name}`, 4_000_000, onProgress, {
      ...this.loaded,
      dataset: {
        ...fakeData.dataset,
        source,
        format: 'CSV',
        ownSplit: { train: 2000, validation: 500, test: 500 },
        leakedTexts: 12,
        warnings: [{ message: 'Rows without a label were left out.', count: 3, firstLines: [17, 204, 991] }],
        licence: null,
      },
    });
  }

  async keep(kind: SavedSource['kind'], onProgress: OnProgress): Promise<StorageReport> {
    const { source } = this.loaded[kind];
    this.calls.push(`keep ${kind} ${source.name}`);
    const [summary, sizeBytes] =
      kind === 'embeddings' ? ['400,000 words of 100 numbers', 164_000_000] : ['3,000 sentences, 2 classes', 1_200_000];
    await this.load(`Keeping ${source.name} in this browser`, sizeBytes, onProgress, this.loaded);
    this.saved = [
      { kind, source, summary, sizeBytes, savedAt: Date.now() },
      ...this.saved.filter((other) => other.source.id !== source.id),
    ];
    return this.storage();
  }

  async cancelKeep() {
    this.cancelled = true;
  }

  async storage(): Promise<StorageReport> {
    return { saved: [...this.saved], usedBytes: this.saved.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0), quotaBytes: 2_000_000_000 };
  }

  async loadSaved(embeddings: string | null, dataset: string | null, onProgress: OnProgress): Promise<DataReport> {
    this.calls.push(`loadSaved ${embeddings} ${dataset}`);
    const sourceOf = (id: string) => {
      const found = this.saved.find(({ source }) => source.id === id);
      if (found) return found.source;
      throw { code: 'no-data', message: `The browser does not keep ${id} any more.`, remedy: 'Load the file again.' } satisfies LabFailure;
    };
    return this.load('Reading what is kept', 90_000_000, onProgress, {
      embeddings: embeddings === null ? this.loaded.embeddings : { ...fakeData.embeddings, source: sourceOf(embeddings), licence: null },
      dataset: dataset === null ? this.loaded.dataset : { ...fakeData.dataset, source: sourceOf(dataset), licence: null },
    });
  }

  async forget(id: string): Promise<StorageReport> {
    this.saved = this.saved.filter(({ source }) => source.id !== id);
    return this.storage();
  }

  async cancelLoad() {
    this.cancelled = true;
  }

  async plan(specification: ExperimentSpecification): Promise<ExperimentPlan> {
    return fakePlan(specification);
  }

  async spectrum(_: ExperimentSpecification, of: SpectrumOf, onProgress: OnRowProgress): Promise<TableSpectrum> {
    this.calls.push(`spectrum ${of}`);
    const totalRows = of === 'table' ? this.loaded.embeddings.words : VOCABULARY;
    this.spectrumStopped = false;
    for (let part = 1; part <= 5; part++) {
      await this.wait(1);
      if (this.spectrumStopped)
        throw {
          code: 'cancelled',
          message: 'The factorization was stopped.',
          remedy: 'Ask for it again when you like.',
        } satisfies LabFailure;
      onProgress({ stage: 'Multiplying rows', doneRows: Math.round((totalRows * part) / 5), totalRows });
    }
    return { ...fakeSpectrum(of === 'table' ? 0.3 : 0.4), of, rows: totalRows };
  }

  async stopSpectrum() {
    this.spectrumStopped = true;
  }

  async run(specification: ExperimentSpecification, onEvents: OnEvents, options?: { splitSteps: boolean }): Promise<ExperimentResults> {
    this.calls.push('run');
    this.refuseWhileBusy();
    this.running = true;
    try {
      return await this.runExperiment(specification, onEvents, options?.splitSteps ?? false);
    } finally {
      this.running = false;
    }
  }

  async race(
    specification: RaceSpecification,
    onEvents: (events: RaceEvent[]) => void,
    watchSeconds: number | null = null,
  ): Promise<RaceResults> {
    this.calls.push(`race ${specification.lanes.map(({ id }) => id).join('')}${watchSeconds === null ? '' : ` in ${watchSeconds} s`}`);
    this.refuseWhileBusy();
    this.going = new FakeRace(specification, onEvents, () => this.wait(1));
    try {
      return await this.going.run();
    } finally {
      this.going = null;
    }
  }

  async watchRace(seconds: number | null) {
    this.calls.push(`watchRace ${seconds}`);
  }

  async changeLane(lane: string, rate: LaneRate) {
    this.calls.push(`changeLane ${lane} ${rate.schedule.id} ${rate.peak}`);
    this.goingRace().change(lane, rate);
  }

  async forkLane(from: string, lane: string, rate: LaneRate) {
    this.calls.push(`forkLane ${from} ${lane}`);
    this.goingRace().fork(from, lane, rate);
  }

  async rangeTest(specification: RangeTestSpecification): Promise<RangeTestResult> {
    this.calls.push(`rangeTest ${specification.lane}`);
    if (!this.going?.paused) this.refuseWhileBusy();
    await this.wait(8);
    return fakeRangeTest(specification);
  }

  async previewSchedules(rates: LaneRate[], totalSteps: number) {
    return fakeSchedulesPreview(rates, totalSteps);
  }

  private goingRace(): FakeRace {
    if (this.going) return this.going;
    throw { code: 'bad-specification', message: 'No race is going on.', remedy: 'Start one.' } satisfies LabFailure;
  }

  async planSweep(specification: SweepSpecification) {
    return this.sweeps.plan(specification);
  }

  async runSweep(specification: SweepSpecification, onEvents: OnSweepEvents): Promise<SweepResults> {
    this.calls.push('runSweep');
    this.refuseWhileBusy();
    return this.sweeps.run(specification, onEvents);
  }

  async keptSweeps() {
    return this.sweeps.list();
  }

  async openSweep(id: string) {
    return this.sweeps.open(id);
  }

  async importSweep(file: unknown) {
    return this.sweeps.import(file);
  }

  async forgetSweep(id: string) {
    return this.sweeps.forget(id);
  }

  async analyse(results: SweepResults, options: AnalysisOptions): Promise<SweepAnalysis> {
    return fakeAnalysis(results, options);
  }

  async cellsCsv({ cells }: SweepResults): Promise<string> {
    return ['group,method,testAccuracy', ...cells.map(({ group, row }) => `${group},${row.method},${row.testAccuracy}`), ''].join('\n');
  }

  async report(results: SweepResults, { looks }: ReportOptions): Promise<string> {
    return `<!doctype html><title>Sweep of ${results.cells.length} cells</title>${Object.keys(looks.methods).join()}`;
  }

  private alsoKept(onEvents: OnEvents): OnEvents {
    this.runs.events = [];
    return (events) => {
      this.runs.events.push(...events);
      return onEvents(events);
    };
  }

  private refuseWhileBusy(): void {
    if (!this.running && !this.going && !this.sweeps.running) return;
    throw {
      code: 'busy',
      message: this.going ? 'A race is going on.' : 'An experiment is running.',
      remedy: 'Stop the run that is going on, or wait for its end.',
    } satisfies LabFailure;
  }

  private async runExperiment(specification: ExperimentSpecification, onEvents: OnEvents, splitSteps: boolean): Promise<ExperimentResults> {
    this.stopped = false;
    onEvents = this.alsoKept(onEvents);
    this.onEvents = onEvents;
    const plan = fakePlan(specification);
    onEvents([{ kind: 'started', plan }]);
    const rows: ResultRow[] = [];
    const random = generator(7);
    let doneSteps = 0;
    for (const seed of specification.seeds) {
      for (const planned of plan.methods) {
        if (!planned.size) continue;
        const row = await this.runMethod(specification, plan, planned, seed, random, (steps) => {
          doneSteps += steps;
          return doneSteps / plan.totalSteps;
        });
        if (this.stopped) break;
        rows.push(row);
        onEvents([{ kind: 'result', row }]);
      }
      if (this.stopped) break;
    }
    this.models = rows.map((row) => ({
      id: row.requestedRate === null ? row.method : `${row.method}@${row.requestedRate}`,
      method: row.method,
      requestedRate: row.requestedRate,
      embeddingBytes: row.bytes,
    }));
    const results: ExperimentResults = {
      specification,
      adapter: fakeDevice,
      versions: { 'lowrank-lab': '0.1.0', fake: '1' },
      results: rows,
      profile: fakeProfile(splitSteps),
    };
    onEvents([
      {
        kind: 'finished',
        outcome: this.stopped ? 'stopped' : 'complete',
        results,
        conclusion: {
          claim:
            'The paper says: at 90 % low rank loses under 1 point, and the best other method about 3.5. Here low rank lost −0.4 points, and the best other, Codebook, 0.9.',
          caution:
            'One seed proves nothing: with 450 test sentences an accuracy of 84 % has a sampling error of 1.7 points. Raise the seeds to compare.',
        },
      },
    ]);
    return results;
  }

  async pause() {
    if (this.going) return this.going.pause();
    if (this.sweeps.running) return this.sweeps.pause();
    let open = () => {};
    const promise = new Promise<void>((resolve) => {
      open = resolve;
    });
    this.pauseGate = { promise, open };
    this.onEvents?.([{ kind: 'paused' }]);
  }

  async resume() {
    if (this.going) return this.going.resume();
    if (this.sweeps.running) return this.sweeps.resume();
    this.pauseGate?.open();
    this.pauseGate = null;
    this.onEvents?.([{ kind: 'resumed' }]);
  }

  async stop() {
    if (this.going) return this.going.stop();
    if (this.sweeps.running) return this.sweeps.stop();
    this.stopped = true;
    this.pauseGate?.open();
    this.pauseGate = null;
  }

  async exportModel(model: string, format: string): Promise<ModelExport> {
    const found = this.models.find(({ id }) => id === model);
    if (!found) throw { code: 'no-data', message: `The last run has no model "${model}".`, remedy: 'Run it.' } satisfies LabFailure;
    return {
      format,
      files: [{ path: 'README.md', bytes: new TextEncoder().encode(`# ${model}\n`) }],
      examples: [{ language: 'python', runtime: 'python', install: 'pip install numpy', code: 'import numpy as np\n' }],
      embeddingBytes: found.embeddingBytes,
      networkBytes: found.embeddingBytes + 4 * OTHER_PARAMETERS,
    };
  }

  async testPredictions(): Promise<TestPrediction[]> {
    return [{ text: 'a fine film', ids: [2, 3, 4], probabilities: [0.1, 0.9] }];
  }

  async saveRun(name: string) {
    return this.runs.save(name, this.models);
  }

  /** A window that keeps nothing on disk, where a test says so. */
  onDisk = true;

  async keepsOnDisk() {
    return { runs: this.onDisk, sweeps: this.onDisk };
  }

  async savedRuns() {
    return this.runs.list();
  }

  async openRun(id: string) {
    const opened = this.runs.open(id);
    this.models = opened.models;
    return opened;
  }

  async renameRun(id: string, name: string) {
    return this.runs.rename(id, name);
  }

  async forgetRun(id: string) {
    return this.runs.forget(id);
  }

  async exportRun() {
    return this.keptRunFile();
  }

  async keptRunFile() {
    return new TextEncoder().encode('PK\u0003\u0004 as the lab writes it');
  }

  async importRun({ name }: File) {
    if (name.includes('bad')) {
      throw {
        code: 'bad-specification',
        message: `${name} can’t be opened as a run: the archive is cut off or damaged.`,
        remedy: 'Take a run’s file as the lab wrote it.',
      } satisfies LabFailure;
    }
    return this.runs.current(name.replace('.run.zip', ''), this.models);
  }

  async checkRun(): Promise<RunCheck> {
    return { kind: 'same', models: this.models.length, testCount: 450 };
  }

  async trainedModels() {
    return this.models;
  }

  async classify(texts: string[]) {
    return fakeClassification(texts, this.models);
  }

  async contributions(text: string) {
    return fakeContributions(text, this.models);
  }

  async disagreements(options: { limit: number; model: string | null }) {
    this.calls.push(`disagreements ${options.model}`);
    return fakeDisagreements(this.models, options);
  }

  async tableNeighbours(word: string) {
    this.calls.push(`tableNeighbours ${word}`);
    return fakeTableNeighbours(word, this.models);
  }

  async neighbourOverlap(onProgress: OnRowProgress) {
    this.overlapStopped = false;
    for (let part = 1; part <= 4; part++) {
      await this.wait(50);
      if (this.overlapStopped) {
        throw { code: 'cancelled', message: 'The question was given up.', remedy: 'Ask again.' } satisfies LabFailure;
      }
      onProgress({ stage: 'Comparing neighbours', doneRows: part * 500, totalRows: 2000 });
    }
    return fakeOverlap(this.models);
  }

  async stopNeighbourOverlap() {
    this.overlapStopped = true;
  }

  async wordCloud() {
    return fakeWordCloud();
  }

  async cloudSpectrum() {
    return fakeCloudSpectrum();
  }

  async neighbours(word: string, ranks: number[]) {
    this.calls.push(`neighbours ${word}`);
    return fakeNeighbours(word, ranks);
  }

  async quantizers() {
    return fakeQuantizers;
  }

  async numberLine(specification: NumberLineSpecification) {
    return fakeNumberLine(specification);
  }

  async close() {}

  private async runMethod(
    specification: ExperimentSpecification,
    plan: ExperimentPlan,
    planned: PlannedMethod,
    seed: number,
    random: () => number,
    advance: (steps: number) => number,
  ): Promise<ResultRow> {
    const { method, requestedRate } = planned;
    const later = method === 'low-rank';
    const firstEpoch = later ? Math.ceil((2 * specification.epochs) / 3) : 0;
    const goal = GOALS[method] ?? 0.83;
    const before = BEFORE[method] ?? null;
    if (later && requestedRate !== null) {
      const spectrum = fakeSpectrum(0.7);
      const rank = planned.rank ?? 1;
      this.onEvents?.([
        {
          kind: 'spectrum',
          method,
          requestedRate,
          seed,
          singularValues: spectrum.singularValues,
          rank,
          retainedEnergy: spectrum.retainedEnergy[rank - 1],
        },
      ]);
    }
    if (before !== null && requestedRate !== null)
      this.onEvents?.([
        { kind: 'before-retraining', method, requestedRate, seed, validationAccuracy: before, validationMacroF1: before - 0.002 },
      ]);
    let best = 0;
    for (const [index, learningRate] of planned.learningRates.entries()) {
      const trial: TrialKey = { method, requestedRate, seed, learningRate };
      const epochs = specification.epochs - firstEpoch;
      const totalSteps = epochs * STEPS_PER_EPOCH;
      this.onEvents?.([{ kind: 'trial-started', trial, totalSteps, stepsPerEpoch: STEPS_PER_EPOCH, firstEpoch }]);
      const rate = fakeRate(specification.schedule, totalSteps);
      const speed = 0.12 + 0.1 * index;
      for (let epoch = 1; epoch <= epochs && !this.stopped; epoch++) {
        await this.wait(1);
        if (this.pauseGate) await this.pauseGate.promise;
        const firstStep = (epoch - 1) * STEPS_PER_EPOCH;
        const steps = Array.from({ length: STEPS_PER_EPOCH }, (_, i) => firstStep + i);
        const at = (step: number) => (later ? 0.28 : 0.15) + (later ? 0.08 : 0.55) * Math.exp((-speed * step) / STEPS_PER_EPOCH);
        const start = later ? (before ?? 0.8) : 0.5;
        const accuracy = Math.min(
          0.99,
          goal - (goal - start) * Math.exp(-speed * 4 * epoch) + 0.008 * (random() - 0.5) - 0.004 * Math.abs(index - 1),
        );
        best = Math.max(best, accuracy);
        const events: LabEvent[] = [
          {
            kind: 'steps',
            trial,
            firstStep,
            learningRates: steps.map((step) => learningRate * rate(step)),
            losses: steps.map((step) => at(step) * (1 + 0.5 * (random() - 0.5))),
          },
          {
            kind: 'epoch',
            trial,
            epoch: firstEpoch + epoch,
            step: firstStep + STEPS_PER_EPOCH,
            trainingLoss: at(firstStep),
            validationLoss: at(firstStep) + 0.15 + 0.012 * epoch,
            validationAccuracy: Math.round(accuracy * 450) / 450,
            validationMacroF1: Math.round(accuracy * 450) / 450 - 0.002,
          },
          {
            kind: 'progress',
            label: `Training ${fakeMethods.find((entry) => entry.id === method)?.label}, rate ${index + 1} of ${planned.learningRates.length}`,
            done: advance(STEPS_PER_EPOCH),
            secondsLeft: 30,
          },
        ];
        this.onEvents?.(events);
      }
    }
    const test = Math.round((goal + 0.01 * (random() - 0.5)) * 450) / 450;
    return {
      method,
      requestedRate,
      rate: planned.size?.rate ?? 0,
      bytes: planned.size?.embeddingBytes ?? 0,
      networkBytes: planned.size?.networkBytes ?? 0,
      rank: planned.rank,
      levels: planned.levels,
      groups: null,
      validationAccuracy: best || goal + 0.004,
      validationMacroF1: (best || goal + 0.004) - 0.002,
      testAccuracy: test,
      beforeRetrainingAccuracy: before,
      beforeRetrainingMacroF1: before === null ? null : before - 0.002,
      macroF1: test - 0.002,
      majorityAccuracy: 0.5,
      testCount: plan.split.test,
      learningRate: planned.learningRates[1] ?? null,
      steps: specification.epochs * STEPS_PER_EPOCH,
      seconds: 4 + 6 * random(),
      seed,
    };
  }

  private async load(stage: string, totalBytes: number, onProgress: OnProgress, report: DataReport): Promise<DataReport> {
    this.cancelled = false;
    for (let part = 1; part <= 8; part++) {
      await this.wait(1);
      if (this.cancelled)
        throw {
          code: 'cancelled',
          message: 'The load was cancelled.',
          remedy: 'What was loaded before is still there.',
        } satisfies LabFailure;
      onProgress({ stage, doneBytes: (totalBytes * part) / 8, totalBytes });
    }
    this.loaded = report;
    return report;
  }

  private wait(ticks: number): Promise<void> {
    return new Promise((resolve) => setTimeout(resolve, this.tickMs * ticks));
  }
}

const fakePreview: EmbeddingsPreview = {
  format: 'GloVe text',
  words: { count: 400_000, exact: false },
  dimension: 100,
  sample: ['the', ',', '.', 'of', 'to', 'and', 'in', 'a', '"', "'s", 'for', '-'],
  needsVocabulary: false,
  tensors: [],
  notes: [],
};
const fakeTensors: EmbeddingsPreview['tensors'] = [
  { name: 'bert.embeddings.word_embeddings.weight', rows: 30_522, columns: 768, type: 'F32' },
  { name: 'bert.embeddings.position_embeddings.weight', rows: 512, columns: 768, type: 'F32' },
];

function nameOf(inputs: readonly SourceInput[]): string {
  return inputs.map((input) => (input instanceof File ? input.name : input.address)).join(' and ');
}

const GOALS: Record<string, number> = {
  full: 0.846,
  'low-rank': 0.85,
  'pre-compressed': 0.826,
  'pre-compressed-frozen': 0.712,
  'quantized-min-max': 0.82,
  'quantized-mse': 0.836,
  codebook: 0.837,
};
const BEFORE: Record<string, number> = { 'low-rank': 0.813 };

export function fakePlan(specification: ExperimentSpecification): ExperimentPlan {
  const rateByRank = Array.from({ length: DIMENSION }, (_, i) => 1 - ((i + 1) * (VOCABULARY + DIMENSION)) / (VOCABULARY * DIMENSION));
  const fullParameters = VOCABULARY * DIMENSION;
  const methods: PlannedMethod[] = [];
  const ids = ['full', ...specification.methods.filter((id) => id !== 'full')];
  for (const id of ids) {
    const description = fakeMethods.find((entry) => entry.id === id);
    if (!description) continue;
    const learningRates = specification.learningRates[id] ?? description.learningRates[specification.optimizer] ?? [];
    if (id === 'full') {
      methods.push({
        method: id,
        requestedRate: null,
        rank: null,
        levels: null,
        groups: null,
        candidates: 1,
        unreachable: null,
        learningRates,
        size: sizeOf(fullParameters, 4 * fullParameters),
      });
      continue;
    }
    for (const requestedRate of specification.rates) {
      const rank = description.setting === 'rank' ? Math.max(1, rateByRank.filter((rate) => rate >= requestedRate - 1e-9).length) : null;
      const levels = description.setting === 'levels' ? Math.max(1, Math.floor(2 ** Math.min(8, 32 * (1 - requestedRate)))) : null;
      const unreachable = levels !== null && levels < 2 ? 'One bit a weight is 96.9 %: quantization can’t go further.' : null;
      const bits = levels === null ? 0 : Math.ceil(Math.log2(levels));
      const parameters = rank === null ? fullParameters : VOCABULARY * rank + (id === 'low-rank' ? rank * DIMENSION : 0);
      const size = unreachable ? null : sizeOf(parameters, rank === null ? Math.ceil((fullParameters * bits) / 8) + 8 : 4 * parameters);
      methods.push({
        method: id,
        requestedRate,
        rank,
        levels,
        groups: null,
        candidates: unreachable ? 0 : 1,
        unreachable,
        learningRates,
        size,
      });
    }
  }
  const steps = specification.epochs * STEPS_PER_EPOCH;
  const rate = fakeRate(specification.schedule, steps);
  const points = Array.from({ length: Math.min(600, steps) }, (_, i) => Math.floor((i * steps) / Math.min(600, steps)));
  const trials = methods.reduce((sum, planned) => sum + planned.learningRates.length, 0);
  return {
    vocabulary: VOCABULARY,
    dimension: DIMENSION,
    classes: 2,
    split: { train: 2100, validation: 450, test: 450 },
    stepsPerEpoch: STEPS_PER_EPOCH,
    retrainingEpochs: Math.floor(specification.epochs / 3),
    totalSteps: trials * steps * specification.seeds.length,
    methods,
    rateByRank,
    schedulePreview: { steps: points, learningRates: points.map(rate) },
  };
}

function sizeOf(embeddingParameters: number, embeddingBytes: number) {
  return {
    embeddingParameters,
    embeddingBytes,
    networkParameters: embeddingParameters + OTHER_PARAMETERS,
    networkBytes: embeddingBytes + 4 * OTHER_PARAMETERS,
    rate: 1 - embeddingBytes / (4 * VOCABULARY * DIMENSION),
  };
}

function fakeSpectrum(power: number): TableSpectrum {
  const singularValues = Array.from({ length: DIMENSION }, (_, i) => 140 / (i + 1) ** power + 4);
  const total = singularValues.reduce((sum, value) => sum + value * value, 0);
  let kept = 0;
  const retainedEnergy = singularValues.map((value) => {
    kept += value * value;
    return kept / total;
  });
  const relativeError = retainedEnergy.map((energy) => Math.sqrt(Math.max(0, 1 - energy)));
  return { of: 'experiment', rows: VOCABULARY, dimension: DIMENSION, singularValues, retainedEnergy, relativeError, milliseconds: 38 };
}

function generator(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}
