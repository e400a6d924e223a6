import type { AnalysisOptions, SweepAnalysis } from '../protocol/analysis';
import type { ColumnChoice, DataReport, EmbeddingsChoice, SavedSource, SourceInput } from '../protocol/data';
import type { BackendChoice, ProbeFigures } from '../protocol/device';
import type { LabEvent } from '../protocol/events';
import type { Lab, OnProgress, OnRowProgress, SpectrumOf, TableSpectrum } from '../protocol/lab';
import type { LandscapeSpecification } from '../protocol/landscape';
import type { LaneRate, RaceEvent, RaceSpecification, RangeTestSpecification } from '../protocol/race';
import type { ReportOptions } from '../protocol/report';
import type { ExperimentSpecification, SourceReference } from '../protocol/specification';
import type { SweepEvent, SweepResults, SweepShare, SweepSpecification, SweepTask } from '../protocol/sweep';
import { analyse } from './analysis/analyse';
import { type FetchBundled, loadBundled } from './data/bundled';
import type { FetchAddress } from './data/bytes/open';
import type { ParserThreads } from './data/bytes/source-file';
import type { Dataset, PreparedData, WordVectors } from './data/dataset';
import { previewDataset, previewEmbeddings, readDataset, readEmbeddings } from './data/loaders';
import { prepareData } from './data/prepare';
import { reportDataset, reportEmbeddings } from './data/report';
import { keepLoaded, restoreDataset, restoreEmbeddings, type SourceStorage } from './data/storage/storage';
import type { Device } from './device/device';
import { Recorder } from './device/recorder';
import { LabError } from './errors';
import { EventBatcher } from './event-batcher';
import { catalogue } from './experiment/catalogue';
import { exportModel, testPredictions } from './experiment/export';
import { type LastRun, modelId, runData } from './experiment/last-run';
import { dataShape, planExperiment } from './experiment/plan';
import { runExperiment } from './experiment/run';
import { RunLog } from './experiment/run-log';
import { validateSpecification } from './experiment/specification';
import { landscapeReport } from './landscape/landscape';
import { describeSurfaces } from './landscape/registry';
import { landscapeShares } from './landscape/shares';
import { validateLandscape } from './landscape/specification';
import { describeQuantizers, drawNumberLine } from './number-line/number-line';
import { wordCloud } from './projection/cloud';
import { cloudSpectrum, neighbours } from './projection/projection';
import { previewSchedules } from './race/preview';
import { Race, testStart } from './race/race';
import { validateLaneRate, validatePreview, validateRace, validateRangeTest, validateWatch } from './race/specification';
import { cellsCsv } from './report/csv';
import { drawFigures } from './report/figures/figures';
import { licencesOf } from './report/licences';
import { renderReport } from './report/report';
import { checkRun } from './runs/check';
import { readRunFile, type StoredRun, writeRunFile } from './runs/file';
import { KeptRuns } from './runs/kept';
import { openedRun, withLoaded } from './runs/opened';
import { createMemoryRuns } from './runs/storage/memory';
import type { RunStorage } from './runs/storage/storage';
import type { Table } from './svd/row-blocks';
import { RowPace } from './svd/row-pace';
import { rankQuality } from './svd/spectrum';
import { spectrum } from './svd/svd';
import { SweepCosts, type TaskData, taskData } from './sweep/costs';
import { KeptSweeps } from './sweep/kept';
import { taskKey } from './sweep/keys';
import { SweepLedger } from './sweep/ledger';
import { measuredPace } from './sweep/pace';
import { planSweep } from './sweep/plan';
import { readSweepResults } from './sweep/results';
import { runSweep } from './sweep/run';
import { groupsOfShare } from './sweep/shares';
import { SweepSources } from './sweep/sources';
import { validateShare, validateSweep } from './sweep/specification';
import { createMemorySweeps } from './sweep/storage/memory';
import type { SweepStorage } from './sweep/storage/storage';
import { unrollSweep } from './sweep/unroll';
import { RunControl } from './training/control';
import { Tryout } from './trying/tryout';

/** A turn for whatever waits in the worker: another verb, or the run that goes on. */
const letOthersWork = () => new Promise<void>((resolve) => setTimeout(resolve));

/** The effects that the lab needs from where it runs: a worker, a test, the command line. */
export interface LabEnvironment {
  openDevice(choice: BackendChoice, known: readonly ProbeFigures[]): Promise<Device>;
  fetchBundled: FetchBundled;
  /** Fetches an address that the visitor confirmed. */
  fetchAddress: FetchAddress;
  /** Where sources are kept between visits; null where there is no such place. */
  storage: SourceStorage | null | Promise<SourceStorage | null>;
  /** Where sweeps are kept between visits; in memory where it is absent. */
  sweeps?: SweepStorage | Promise<SweepStorage>;
  /** Where runs are kept between visits; in memory where it is absent. */
  runs?: RunStorage | Promise<RunStorage>;
  /** Threads that help to read large files; none where it is absent. */
  parsers?: ParserThreads | null;
  /** What there is from the beginning; nothing where it is absent. */
  loaded?: Loaded;
  /** Milliseconds. */
  now(): number;
  versions: Record<string, string>;
}

export interface Loaded {
  vectors: WordVectors;
  dataset: Dataset;
}

/** What holds the lab: one thing at a time. */
interface Going {
  /** For the refusal of another one. */
  what: string;
  control: RunControl;
  /** Tells whoever watches. */
  tell(event: { kind: 'resumed' }): void;
  /** Where it is a race. */
  race: Race | null;
}

/** Opens a laboratory: the few verbs that the rest of the house may call. */
export function createLab(environment: LabEnvironment): Lab {
  return new Laboratory(environment);
}

class Laboratory implements Lab {
  private choice: BackendChoice = 'auto';
  private probes: readonly ProbeFigures[] = [];
  private device: Promise<Device> | null = null;
  private loaded: Loaded | null = null;
  /** What reading each of the loaded took; what came together counts once. */
  private readingMs = { vectors: 0, dataset: 0 };
  private loading: AbortController | null = null;
  private keeping: AbortController | null = null;
  private factorizing: { control: AbortController; answer: Promise<TableSpectrum> } | null = null;
  /** By their tables: forgotten with them. */
  private readonly spectra = new WeakMap<Table, TableSpectrum>();
  private going: Going | null = null;
  private lastRun: LastRun | null = null;
  /** Of the last run that was tried out. */
  private tryout: Tryout | null = null;
  /** The prepared data of the last seed: a plan and the run after it ask for the same. */
  private prepared: { key: string; data: PreparedData } | null = null;
  /** What costs are counted by, of tasks that sweeps were planned for; of the loaded table. */
  private readonly taskData = new Map<string, TaskData>();
  private readonly sources: SweepSources;
  private readonly sweeps: Promise<KeptSweeps>;
  private readonly runs: Promise<KeptRuns>;

  constructor(private readonly environment: LabEnvironment) {
    this.loaded = environment.loaded ?? null;
    this.sources = new SweepSources(environment.storage, environment.fetchBundled);
    this.sweeps = Promise.resolve(environment.sweeps ?? createMemorySweeps()).then((storage) => new KeptSweeps(storage, Date.now));
    this.runs = Promise.resolve(environment.runs ?? createMemoryRuns()).then((storage) => new KeptRuns(storage, Date.now));
  }

  async open(choice: BackendChoice, known: readonly ProbeFigures[] = []): ReturnType<Lab['open']> {
    this.refuseWhileRunning('The backend can be changed when the run has ended.');
    await this.stopSpectrum();
    // The old one goes first: two devices on one tfjs backend would close each other.
    await this.closeDevice();
    const device = await this.openedDevice(choice, known);
    this.choice = choice;
    // One that is opened later, in the place of a lost one, is chosen by the same figures.
    this.probes = device.report.probe ? [device.report.probe] : known;
    return { catalogue: catalogue(), device: device.report };
  }

  loadBundled(onProgress: Parameters<Lab['loadBundled']>[0]): Promise<DataReport> {
    return this.load((signal) => loadBundled(this.environment.fetchBundled, { onProgress, signal }));
  }

  previewEmbeddings(inputs: SourceInput[]): ReturnType<Lab['previewEmbeddings']> {
    return previewEmbeddings(inputs, this.environment.fetchAddress);
  }

  loadEmbeddings(inputs: SourceInput[], choice: EmbeddingsChoice, onProgress: Parameters<Lab['loadEmbeddings']>[2]): Promise<DataReport> {
    return this.load(async (signal) => {
      const { dataset } = this.data();
      const vectors = await readEmbeddings(inputs, choice, dataset, this.environment.fetchAddress, {
        onProgress,
        signal,
        parsers: this.environment.parsers,
      });
      return { vectors, dataset };
    });
  }

  previewDataset(inputs: SourceInput[]): ReturnType<Lab['previewDataset']> {
    return previewDataset(inputs, this.environment.fetchAddress);
  }

  loadDataset(inputs: SourceInput[], columns: ColumnChoice, onProgress: Parameters<Lab['loadDataset']>[2]): Promise<DataReport> {
    return this.load(async (signal) => ({
      vectors: this.data().vectors,
      dataset: await readDataset(inputs, columns, this.environment.fetchAddress, { onProgress, signal }),
    }));
  }

  async keep(kind: SavedSource['kind'], onProgress: OnProgress): ReturnType<Lab['keep']> {
    if (this.keeping) throw new LabError('busy', 'Something is being kept already.', 'Wait for it, or cancel it.');
    const loaded = this.data();
    // Apart from loading: what is loaded can be used, replaced and run on while it is written down.
    const keeping = new AbortController();
    this.keeping = keeping;
    try {
      const storage = await this.environment.storage;
      if (storage) await keepLoaded(storage, kind, loaded, { onProgress, signal: keeping.signal });
    } finally {
      this.keeping = null;
    }
    return this.storage();
  }

  async cancelKeep(): Promise<void> {
    this.keeping?.abort();
  }

  async storage(): ReturnType<Lab['storage']> {
    return (await (await this.environment.storage)?.report()) ?? { saved: [], usedBytes: 0, quotaBytes: null };
  }

  loadSaved(embeddings: string | null, dataset: string | null, onProgress: Parameters<Lab['loadSaved']>[2]): Promise<DataReport> {
    return this.load(async (signal) => {
      const storage = await this.environment.storage;
      return {
        vectors: embeddings === null ? this.data().vectors : await restoreEmbeddings(storage, embeddings, { onProgress, signal }),
        dataset: dataset === null ? this.data().dataset : await restoreDataset(storage, dataset, { onProgress, signal }),
      };
    });
  }

  async forget(id: string): ReturnType<Lab['forget']> {
    await (await this.environment.storage)?.forget(id);
    return this.storage();
  }

  async cancelLoad(): Promise<void> {
    this.loading?.abort();
  }

  async plan(specification: ExperimentSpecification): ReturnType<Lab['plan']> {
    const valid = this.validate(validateSpecification(specification));
    return planExperiment(valid, dataShape(this.prepare(valid, valid.seeds[0])));
  }

  async spectrum(specification: ExperimentSpecification, of: SpectrumOf, onProgress: OnRowProgress): Promise<TableSpectrum> {
    const valid = this.validate(validateSpecification(specification));
    const table = of === 'table' ? this.data().vectors.vectors : this.prepare(valid, valid.seeds[0]).table;
    // Another question may have come meanwhile.
    while (this.factorizing) await this.stopSpectrum();
    const known = this.spectra.get(table);
    if (known) return known;
    this.refuseWhileRunning('The spectrum can be computed when the run has ended.');
    const control = new AbortController();
    const answer = this.factorize(table, of, onProgress, control.signal);
    const factorizing = { control, answer };
    this.factorizing = factorizing;
    try {
      return await answer;
    } finally {
      if (this.factorizing === factorizing) this.factorizing = null;
    }
  }

  async stopSpectrum(): Promise<void> {
    this.factorizing?.control.abort();
    await this.factorizing?.answer.catch(() => {});
  }

  async run(
    specification: ExperimentSpecification,
    onEvents: Parameters<Lab['run']>[1],
    { splitSteps }: { splitSteps: boolean } = { splitSteps: false },
  ): ReturnType<Lab['run']> {
    this.refuseWhileRunning('Stop the run that is going on, or wait for its end.');
    this.refuseWhileLoading();
    const valid = this.validate(validateSpecification(specification));
    const batcher = new EventBatcher<LabEvent>(onEvents);
    const log = new RunLog();
    const emit = (event: LabEvent) => {
      batcher.add(event);
      log.add(event);
    };
    const control = new RunControl(this.environment.now, () => emit({ kind: 'paused' }));
    try {
      const { results, models, outcome } = await this.holdOnDevice(
        { what: 'An experiment is running.', control, tell: emit, race: null },
        (device) =>
          runExperiment({
            specification: valid,
            device,
            prepare: (seed) => this.prepare(valid, seed),
            control,
            recording: { recorder: new Recorder(this.environment.now, this.readingMs.vectors + this.readingMs.dataset), splitSteps },
            emit,
            versions: this.environment.versions,
          }),
      );
      // A run that was stopped at once has no models: the last ones stay.
      if (models.length > 0) {
        const { vectors, dataset } = this.data();
        const licences = [vectors, dataset].flatMap(({ licence, source }) => (licence ? [{ of: source.name, text: licence }] : []));
        const prepared = this.prepare(valid, valid.seeds[0]);
        const { events, stepsLeftOut } = log;
        const left = { models, results, outcome, events, stepsLeftOut, licences };
        this.lastRun = { specification: valid, data: runData(prepared), prepared, vectors, ...left };
      }
      return results;
    } finally {
      await batcher.flush();
    }
  }

  async race(
    specification: RaceSpecification,
    onEvents: Parameters<Lab['race']>[1],
    watchSeconds: number | null = null,
  ): ReturnType<Lab['race']> {
    this.refuseWhileRunning('Stop what is going on, or wait for its end.');
    this.refuseWhileLoading();
    const valid = this.validate(validateRace(specification));
    const watched = validateWatch(watchSeconds);
    const batcher = new EventBatcher<RaceEvent>(onEvents);
    const emit = (event: RaceEvent) => batcher.add(event);
    const control = new RunControl(this.environment.now, () => emit({ kind: 'paused' }));
    const going: Going = { what: 'A race is running.', control, tell: emit, race: null };
    try {
      return await this.holdOnDevice(going, (device) => {
        going.race = new Race({
          specification: valid,
          device,
          prepare: (seed) => this.prepare(valid, seed),
          control,
          emit,
          versions: this.environment.versions,
        });
        going.race.watch(watched);
        return going.race.run();
      });
    } finally {
      await batcher.flush();
    }
  }

  async planSweep(specification: SweepSpecification, share?: SweepShare): ReturnType<Lab['planSweep']> {
    const { groups, ledger, costs } = await this.layOutSweep(specification, share);
    return this.onDevice(async (device) =>
      planSweep(groups, ledger, costs, {
        adapter: device.report,
        ...(await measuredPace(device, ledger.specification.models, this.environment.now)),
      }),
    );
  }

  async runSweep(
    specification: SweepSpecification,
    onEvents: Parameters<Lab['runSweep']>[1],
    share?: SweepShare,
  ): ReturnType<Lab['runSweep']> {
    this.refuseWhileRunning('Stop what is going on, or wait for its end.');
    this.refuseWhileLoading();
    const batcher = new EventBatcher<SweepEvent>(onEvents);
    const emit = (event: SweepEvent) => batcher.add(event);
    const { now } = this.environment;
    const control = new RunControl(now, () => emit({ kind: 'paused' }));
    try {
      return await this.hold({ what: 'A sweep is running.', control, tell: emit, race: null }, async () => {
        const { groups, ledger, costs } = await this.layOutSweep(specification, share);
        const kept = await this.sweeps;
        let plannedCells = 0;
        return runSweep({
          groups,
          ledger,
          costs,
          onDevice: (work) => this.onDevice(work),
          prepare: (task, seed) => this.prepareTask(ledger.specification, task, seed),
          plan: async (device) => {
            const pace = { adapter: device.report, ...(await measuredPace(device, ledger.specification.models, now)) };
            plannedCells = planSweep(unrollSweep(ledger.specification), ledger, costs, pace).cells;
            await kept.begin(ledger, plannedCells);
            return planSweep(groups, ledger, costs, pace);
          },
          pace: (device) => measuredPace(device, ledger.specification.models, now),
          control,
          emit,
          keep: (cells) => kept.add(ledger, cells, plannedCells),
          wait: (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds)),
        });
      });
    } finally {
      await batcher.flush();
    }
  }

  async keptSweeps(): ReturnType<Lab['keptSweeps']> {
    return (await this.sweeps).list();
  }

  async openSweep(id: string): ReturnType<Lab['openSweep']> {
    return (await this.sweeps).open(id);
  }

  async importSweep(file: unknown): ReturnType<Lab['importSweep']> {
    this.refuseWhileRunning('A file can be opened when the run has ended.');
    return (await this.sweeps).import(file);
  }

  async forgetSweep(id: string): ReturnType<Lab['forgetSweep']> {
    this.refuseWhileRunning('It can be forgotten when the run has ended.');
    return (await this.sweeps).forget(id);
  }

  async watchRace(seconds: number | null): Promise<void> {
    this.goingRace().watch(validateWatch(seconds));
  }

  async changeLane(lane: string, rate: LaneRate): Promise<void> {
    await this.goingRace().changeLane(lane, validateLaneRate(rate));
  }

  async forkLane(from: string, lane: string, rate: LaneRate): Promise<void> {
    await this.goingRace().forkLane(from, lane, validateLaneRate(rate));
  }

  async rangeTest(specification: RangeTestSpecification): ReturnType<Lab['rangeTest']> {
    const valid = validateRangeTest(specification);
    const race = this.validate(valid.race);
    if (this.going?.race && this.going.control.paused) {
      return this.going.race.rangeTest(valid);
    }
    this.refuseWhileRunning('Pause the race, or wait for the end of what is going on.');
    this.refuseWhileLoading();
    if (valid.lane !== null) {
      this.goingRace();
    }
    const control = new RunControl(this.environment.now);
    return this.holdOnDevice({ what: 'A range test is running.', control, tell: () => {}, race: null }, (device) =>
      testStart(device, valid, (seed) => this.prepare(race, seed), control),
    );
  }

  async previewSchedules(rates: LaneRate[], totalSteps: number): ReturnType<Lab['previewSchedules']> {
    const valid = validatePreview(rates, totalSteps);
    return previewSchedules(valid.rates, valid.totalSteps);
  }

  async pause(): Promise<void> {
    this.going?.control.pause();
  }

  async resume(): Promise<void> {
    if (this.going?.control.paused) {
      this.going.control.resume();
      this.going.tell({ kind: 'resumed' });
    }
  }

  async stop(): Promise<void> {
    this.going?.control.stop();
  }

  async trainedModels(): ReturnType<Lab['trainedModels']> {
    return (this.lastRun?.models ?? []).map((model) => ({
      id: modelId(model),
      method: model.method,
      requestedRate: model.requestedRate,
      embeddingBytes: model.embeddingBytes,
    }));
  }

  async classify(texts: string[]): ReturnType<Lab['classify']> {
    return this.triedOut().classify(texts);
  }

  async contributions(text: string): ReturnType<Lab['contributions']> {
    return this.triedOut().contributions(text);
  }

  async disagreements(options: Parameters<Lab['disagreements']>[0]): ReturnType<Lab['disagreements']> {
    return this.triedOut().disagreements(options);
  }

  async tableNeighbours(word: string): ReturnType<Lab['tableNeighbours']> {
    return this.triedOut().tableNeighbours(word);
  }

  async neighbourOverlap(onProgress: OnRowProgress): ReturnType<Lab['neighbourOverlap']> {
    return this.triedOut().neighbourOverlap(onProgress);
  }

  async stopNeighbourOverlap(): Promise<void> {
    this.tryout?.stopNeighbourOverlap();
  }

  async exportModel(model: string, format: string): ReturnType<Lab['exportModel']> {
    return exportModel(this.finishedRun(), model, format);
  }

  async testPredictions(model: string): ReturnType<Lab['testPredictions']> {
    const run = this.finishedRun();
    return this.onDevice((device) => testPredictions(run, model, device));
  }

  async keepsOnDisk(): ReturnType<Lab['keepsOnDisk']> {
    const [runs, sweeps] = await Promise.all([this.runs, this.sweeps]);
    return { runs: runs.lasts, sweeps: sweeps.lasts };
  }

  async saveRun(name: string): ReturnType<Lab['saveRun']> {
    return (await this.runs).save(this.finishedRun(), name);
  }

  async savedRuns(): ReturnType<Lab['savedRuns']> {
    return (await this.runs).list();
  }

  async openRun(id: string): ReturnType<Lab['openRun']> {
    return this.adoptRun(async () => (await this.runs).open(id));
  }

  async renameRun(id: string, name: string): ReturnType<Lab['renameRun']> {
    return (await this.runs).rename(id, name);
  }

  async forgetRun(id: string): ReturnType<Lab['forgetRun']> {
    return (await this.runs).forget(id);
  }

  async exportRun(): ReturnType<Lab['exportRun']> {
    return writeRunFile(this.finishedRun());
  }

  async keptRunFile(id: string): ReturnType<Lab['keptRunFile']> {
    return (await this.runs).file(id);
  }

  async importRun(file: File): ReturnType<Lab['importRun']> {
    return this.adoptRun(async () => ({ name: file.name.replace(/(\.run)?\.zip$/i, ''), run: await readRunFile(file, file.name) }));
  }

  async checkRun(): ReturnType<Lab['checkRun']> {
    const run = this.finishedRun();
    return this.onDevice((device) => checkRun(run, device));
  }

  async landscapeSurfaces(): ReturnType<Lab['landscapeSurfaces']> {
    return describeSurfaces();
  }

  async landscape(specification: LandscapeSpecification): ReturnType<Lab['landscape']> {
    return landscapeReport(validateLandscape(specification));
  }

  async landscapeShares(specification: LandscapeSpecification): ReturnType<Lab['landscapeShares']> {
    return landscapeShares(validateLandscape(specification), this.environment.now);
  }

  async wordCloud(): ReturnType<Lab['wordCloud']> {
    const { vectors } = this.data();
    return this.onDevice((device) => wordCloud(vectors, device));
  }

  async cloudSpectrum(): ReturnType<Lab['cloudSpectrum']> {
    const { vectors } = this.data();
    return this.onDevice((device) => cloudSpectrum(vectors, device));
  }

  async neighbours(word: string, ranks: number[]): ReturnType<Lab['neighbours']> {
    const { vectors } = this.data();
    return this.onDevice((device) => neighbours(vectors, device, word, ranks));
  }

  async quantizers(): ReturnType<Lab['quantizers']> {
    return describeQuantizers();
  }

  async numberLine(specification: Parameters<Lab['numberLine']>[0]): ReturnType<Lab['numberLine']> {
    return drawNumberLine(specification, () => this.data().vectors);
  }

  async analyse(results: SweepResults, options: AnalysisOptions): Promise<SweepAnalysis> {
    return analyse(readSweepResults(results), options, letOthersWork);
  }

  async report(results: SweepResults, { looks, ...options }: ReportOptions): Promise<string> {
    const analysis = await this.analyse(results, options);
    const drawn = drawFigures(analysis, results.specification, {
      method: (id) => looks.methods[id],
      schedule: (id) => looks.schedules[id],
    });
    const loaded = this.loaded ? [this.loaded.vectors, this.loaded.dataset] : [];
    return renderReport(results, analysis, drawn, await licencesOf(results.specification, loaded, this.environment.fetchBundled));
  }

  async cellsCsv(results: SweepResults): Promise<string> {
    return cellsCsv(readSweepResults(results));
  }

  async close(): Promise<void> {
    this.loading?.abort();
    this.keeping?.abort();
    this.going?.control.stop();
    await this.stopSpectrum();
    await this.closeDevice();
    this.loaded = null;
    this.lastRun = null;
    this.tryout = null;
    this.prepared = null;
  }

  /** Runs one load; what was there before stays until the new has been read whole. */
  private async load(read: (signal: AbortSignal) => Promise<Loaded>): Promise<DataReport> {
    this.refuseWhileRunning('Other data can be loaded when the run has ended.');
    this.refuseWhileLoading();
    const loading = new AbortController();
    this.loading = loading;
    try {
      const startedAt = this.environment.now();
      const loaded = await read(loading.signal);
      const milliseconds = this.environment.now() - startedAt;
      const newVectors = loaded.vectors !== this.loaded?.vectors;
      const newDataset = loaded.dataset !== this.loaded?.dataset;
      const report = { embeddings: reportEmbeddings(loaded.vectors), dataset: reportDataset(loaded.dataset, loaded.vectors) };
      this.readingMs = {
        vectors: newVectors ? milliseconds : this.readingMs.vectors,
        dataset: !newDataset ? this.readingMs.dataset : newVectors ? 0 : milliseconds,
      };
      this.loaded = loaded;
      this.prepared = null;
      this.taskData.clear();
      if (this.lastRun && !this.lastRun.prepared) this.lastRun = this.withLoaded(this.lastRun);
      return report;
    } finally {
      this.loading = null;
    }
  }

  /** The singular values of a table, block by block; a stop is heard between two of them. */
  private async factorize(table: Table, of: SpectrumOf, onProgress: OnRowProgress, signal: AbortSignal): Promise<TableSpectrum> {
    const { now } = this.environment;
    const startedAt = now();
    const pace = new RowPace({ stage: 'Multiplying rows', totalRows: table.rows, onProgress, signal, now });
    const { singularValues } = await this.onDevice((device) => spectrum(table, device, pace.onRows));
    const { retainedEnergy, relativeError } = rankQuality(singularValues);
    const answer: TableSpectrum = {
      of,
      rows: table.rows,
      dimension: table.columns,
      singularValues: [...singularValues],
      retainedEnergy: [...retainedEnergy],
      relativeError: [...relativeError],
      milliseconds: now() - startedAt,
    };
    this.spectra.set(table, answer);
    return answer;
  }

  /** What the last run left, while nothing goes on: a run's device is busy, and at its end it puts its own models in their place. */
  private finishedRun(): LastRun {
    if (!this.lastRun) throw new LabError('no-data', 'There is no trained model yet.', 'Run the experiment first.');
    this.refuseWhileRunning('Wait for the end of the run, or stop it.');
    return this.lastRun;
  }

  /** The last run's models, ready to be tried. */
  private triedOut(): Tryout {
    const run = this.finishedRun();
    if (this.tryout?.run === run) return this.tryout;
    void this.tryout?.release();
    this.tryout = new Tryout(run, { onDevice: (work) => this.onDevice(work), now: this.environment.now });
    return this.tryout;
  }

  /** Makes a run of an earlier visit the last one, once it has been read whole. */
  private async adoptRun(read: () => Promise<{ name: string; run: StoredRun }>): ReturnType<Lab['openRun']> {
    this.refuseWhileRunning('A run can be opened when what is going on has ended.');
    const { name, run } = await read();
    // Of the run that gives way.
    await this.tryout?.release();
    this.refuseWhileRunning('A run can be opened when what is going on has ended.');
    const opened = this.withLoaded(run);
    this.lastRun = opened;
    return openedRun(opened, name);
  }

  private withLoaded(run: StoredRun): LastRun {
    const prepare = ({ specification }: StoredRun) => this.prepare(specification, specification.seeds[0]);
    return withLoaded(run, this.loaded && { ...this.loaded, prepare });
  }

  private data(): Loaded {
    if (!this.loaded) {
      throw new LabError('no-data', 'No data is loaded.', 'Load the bundled data, or files of your own.');
    }
    return this.loaded;
  }

  /** @throws LabError where a specification is not of the loaded data */
  private validate<T extends Pick<ExperimentSpecification, 'embeddings' | 'dataset'>>(valid: T): T {
    const { vectors, dataset } = this.data();
    refuseOther(valid.embeddings, vectors.source);
    refuseOther(valid.dataset, dataset.source);
    return valid;
  }

  private prepare(of: Pick<ExperimentSpecification, 'task' | 'split'>, seed: number): PreparedData {
    return this.prepareOf(this.data().dataset, of, seed);
  }

  private prepareOf(dataset: Dataset, { task, split }: Pick<ExperimentSpecification, 'task' | 'split'>, seed: number): PreparedData {
    const key = JSON.stringify([dataset.source.id, task, split, seed]);
    if (this.prepared?.key !== key) {
      this.prepared = { key, data: prepareData(this.data().vectors, dataset, task, split, seed) };
    }
    return this.prepared.data;
  }

  private async prepareTask(
    { split }: Pick<SweepSpecification, 'split'>,
    { dataset, task }: SweepTask,
    seed: number,
  ): Promise<PreparedData> {
    return this.prepareOf(await this.sources.dataset(dataset, this.data().dataset), { task, split }, seed);
  }

  /** A sweep on the data: what is finished of it, what each group costs, and the groups that are to be run. */
  private async layOutSweep(value: unknown, share: unknown) {
    const specification = validateSweep(value);
    const validShare = share === undefined ? null : validateShare(share);
    refuseOther(specification.embeddings, this.data().vectors.source);
    const { versions } = this.environment;
    const ledger = new SweepLedger(specification, versions, await (await this.sweeps).find(specification, versions));
    const [seed] = specification.seeds;
    const tasks = new Map<string, TaskData>();
    for (const task of specification.tasks) {
      const name = taskKey(task);
      const key = JSON.stringify([name, specification.split, seed]);
      const known = this.taskData.get(key) ?? taskData(await this.prepareTask(specification, task, seed));
      this.taskData.set(key, known);
      tasks.set(name, known);
    }
    const costs = new SweepCosts(specification, tasks);
    return { ledger, costs, groups: groupsOfShare(specification, validShare, costs) };
  }

  /** The open device, or a new one; calls that come while it is being opened get the same. */
  private openedDevice(choice = this.choice, known = this.probes): Promise<Device> {
    this.device ??= this.environment.openDevice(choice, known).catch((error: unknown) => {
      this.device = null;
      throw error;
    });
    return this.device;
  }

  /** Works on the device. One that failed does nothing more and says nothing: it is dropped, and the next work opens a new one. */
  private async onDevice<T>(work: (device: Device) => Promise<T>): Promise<T> {
    const device = await this.openedDevice();
    try {
      return await work(device);
    } finally {
      if (device.failure) {
        await this.closeDevice();
      }
    }
  }

  private async closeDevice(): Promise<void> {
    const opened = this.device;
    this.device = null;
    await this.tryout?.release();
    const device = await opened?.catch(() => null);
    await device?.close();
  }

  private holdOnDevice<T>(going: Going, work: (device: Device) => Promise<T>): Promise<T> {
    return this.hold(going, () => this.onDevice(work));
  }

  /** Holds the lab while the work goes on. It is held before the first wait, so that a second click finds it busy. */
  private async hold<T>(going: Going, work: () => Promise<T>): Promise<T> {
    this.going = going;
    try {
      // Two on one device would time each other.
      await this.stopSpectrum();
      await this.tryout?.release();
      return await work();
    } finally {
      this.going = null;
      going.control.end();
    }
  }

  private goingRace(): Race {
    if (!this.going?.race) {
      throw new LabError('no-data', 'There is no race going on.', 'Start one first.');
    }
    return this.going.race;
  }

  private refuseWhileRunning(remedy: string): void {
    if (this.going) {
      throw new LabError('busy', this.going.what, remedy);
    }
  }
  private refuseWhileLoading(): void {
    if (this.loading) {
      throw new LabError('busy', 'A file is being read.', 'Wait for it, or cancel it.');
    }
  }
}

/** @throws LabError `no-data` where a specification is of another source than the loaded one */
function refuseOther(wanted: SourceReference, there: SourceReference): void {
  if (wanted.id === there.id) return;
  throw new LabError(
    'no-data',
    `The specification is of "${wanted.name}", and "${there.name}" is loaded.`,
    'Load that file, or take what is loaded.',
  );
}
