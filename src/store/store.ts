import { create } from 'zustand';
import type { Catalogue } from '../protocol/catalogue';
import type { DataReport, DatasetPreview, EmbeddingsPreview, LoadProgress, SourceInput, StorageReport } from '../protocol/data';
import type { BackendChoice, DeviceReport } from '../protocol/device';
import type { LabEvent } from '../protocol/events';
import type { LabFailure } from '../protocol/failure';
import type { RowProgress, SpectrumOf, TableSpectrum, TrainedModel } from '../protocol/lab';
import type { ExperimentPlan } from '../protocol/plan';
import type { OpenedRun } from '../protocol/runs';
import type { ExperimentSpecification, SourceReference } from '../protocol/specification';
import { foldEvents } from './fold';
import { initialLearnSettings, type LearnSettings } from './learn';
import { followPace, type LoadPace } from './pace';
import { initialRace, type RaceState } from './race/race';
import { raceWrites } from './race/write';
import { IDLE_RUN, type Run, type RunStatus } from './run';
import { initialRuns, type RunsState } from './runs/runs';
import { initialSweep, type SweepState } from './sweep/sweep';
import { sweepWrites } from './sweep/write';
import { initialTeacherSettings, type TeacherSettings } from './teacher';
import { initialTryoutSettings, type TryoutSettings } from './tryout';

/** The worker and the machine below it. */
export interface LabSlice {
  lab: {
    status: 'opening' | 'ready' | 'failed';
    choice: BackendChoice;
    catalogue: Catalogue | null;
    device: DeviceReport | null;
    failure: LabFailure | null;
  };
}

export type SourceKind = 'embeddings' | 'dataset';
export type LoadTarget = 'bundled' | 'saved' | SourceKind;

/** Files or addresses that were given, on their way to being loaded. */
export interface Offer<P> {
  inputs: readonly SourceInput[];
  /** For people: the files' names. */
  name: string;
  /** What they say of themselves; null while they are looked into. */
  preview: P | null;
}

/** An address that waits for the visitor's consent; nothing is fetched before. */
export interface AskedAddress {
  kind: SourceKind;
  address: string;
}

/** What is loaded, what is being loaded, and what is about to be. */
export interface DataSlice {
  data: {
    report: DataReport | null;
    loading: { target: LoadTarget; name: string; progress: LoadProgress | null; pace: LoadPace | null } | null;
    /** Of the last load; what was there before it is still there. */
    failure: { target: LoadTarget; failure: LabFailure } | null;
    embeddingsOffer: Offer<EmbeddingsPreview> | null;
    datasetOffer: Offer<DatasetPreview> | null;
    asked: readonly AskedAddress[];
    /** What is being written to the browser's storage; what is loaded can be used meanwhile. */
    keeping: { kind: SourceKind; name: string; progress: LoadProgress | null; pace: LoadPace | null } | null;
    /** What is loaded and was not kept, by the visitor's wish or for want of room. */
    notKept: readonly { kind: SourceKind; source: SourceReference; failure: LabFailure }[];
    /** What the browser keeps; null before it was asked. */
    storage: StorageReport | null;
    /** A sentence on what a visitor would wonder about. */
    notice: string | null;
  };
}

/** The spectrum of a table as it is loaded, once a room asked for it. */
export interface SpectrumSlice {
  spectrum: {
    /** Whose spectrum the visitor wants to see. */
    of: SpectrumOf;
    /** What `value` was computed for; see `spectrumKey`. */
    key: string | null;
    value: TableSpectrum | null;
    failure: LabFailure | null;
    /** The key of what is being computed. */
    computing: string | null;
    progress: RowProgress | null;
    /** The visitor ended it: it isn't begun again unasked. */
    stopped: boolean;
  };
}

/** What the next run is to do, and what that comes to. */
export interface SpecificationSlice {
  specification: ExperimentSpecification | null;
  plan: ExperimentPlan | null;
  planFailure: LabFailure | null;
}

export interface RunSlice {
  run: Run;
  models: readonly TrainedModel[];
}

/** The runs that the browser keeps, and what of the run on the page is kept. */
export interface RunsSlice {
  runs: RunsState;
}

/** How the Train room's charts are read. */
export interface ViewSlice {
  view: {
    /** `best`: the learning-rate trial that validation likes best so far, over all seeds. */
    shownSeed: 'best' | number;
    shownRate: number | null;
    /** Drawn in front of the others; null for none. */
    highlighted: string | null;
    /** The next run has the GPU's clock tell forward, backward and update apart. */
    splitSteps: boolean;
  };
}

/** What the pieces of the Learn room are set to. */
export interface LearnSlice {
  learn: LearnSettings;
}

/** The race of the schedules. */
export interface RaceSlice {
  race: RaceState;
}

/** The sweep: many experiments, and what they say together. */
export interface SweepSlice {
  sweep: SweepState;
}

/** The room of trained models. */
export interface TryoutSlice {
  tryout: TryoutSettings;
}

/** What a teacher took off the page, and whether it is shown to a class. */
export interface TeacherSlice {
  teacher: TeacherSettings;
}

/** The link that the page was opened by. */
export interface LinkSlice {
  link: {
    /** What could not be opened of it: sentences. */
    problems: readonly string[];
    /** What it was made with; null where the page was opened without one. */
    sources: { embeddings: SourceReference; dataset: SourceReference } | null;
  };
}

export type LabState = LabSlice &
  DataSlice &
  SpectrumSlice &
  SpecificationSlice &
  RunSlice &
  RunsSlice &
  ViewSlice &
  LearnSlice &
  RaceSlice &
  SweepSlice &
  TryoutSlice &
  TeacherSlice &
  LinkSlice;

export const useLabStore = create<LabState>()(() => ({
  lab: { status: 'opening', choice: 'auto', catalogue: null, device: null, failure: null },
  data: {
    report: null,
    loading: null,
    failure: null,
    embeddingsOffer: null,
    datasetOffer: null,
    asked: [],
    keeping: null,
    notKept: [],
    storage: null,
    notice: null,
  },
  spectrum: { of: 'experiment', key: null, value: null, failure: null, computing: null, progress: null, stopped: false },
  specification: null,
  plan: null,
  planFailure: null,
  run: IDLE_RUN,
  models: [],
  runs: initialRuns,
  view: { shownSeed: 'best', shownRate: null, highlighted: null, splitSteps: false },
  learn: initialLearnSettings,
  race: initialRace,
  sweep: initialSweep,
  tryout: initialTryoutSettings,
  teacher: initialTeacherSettings,
  link: { problems: [], sources: null },
}));

const { setState: set } = useLabStore;

/** The writes, by name; whoever calls the lab calls these with what came of it. */
export const write = {
  ...raceWrites(set),
  ...sweepWrites(set),
  lab: (patch: Partial<LabSlice['lab']>) => set((state) => ({ lab: { ...state.lab, ...patch } })),
  data: (patch: Partial<DataSlice['data']>) =>
    set((state) => ({
      data: { ...state.data, ...patch },
      // A plan is of its data: under the names of others its figures would be false.
      ...(patch.report !== undefined && patch.report !== state.data.report && { plan: null, planFailure: null }),
    })),
  loadProgress: (progress: LoadProgress, atMs: number) =>
    set(({ data }) =>
      data.loading
        ? { data: { ...data, loading: { ...data.loading, progress, pace: followPace(data.loading.pace, progress, atMs) } } }
        : {},
    ),
  keepProgress: (progress: LoadProgress, atMs: number) =>
    set(({ data }) =>
      data.keeping
        ? { data: { ...data, keeping: { ...data.keeping, progress, pace: followPace(data.keeping.pace, progress, atMs) } } }
        : {},
    ),
  spectrum: (patch: Partial<SpectrumSlice['spectrum']>) => set((state) => ({ spectrum: { ...state.spectrum, ...patch } })),
  specification: (patch: Partial<ExperimentSpecification>) =>
    set((state) => (state.specification ? { specification: { ...state.specification, ...patch } } : {})),
  replaceSpecification: (specification: ExperimentSpecification) => set({ specification }),
  plan: (plan: ExperimentPlan) => set({ plan, planFailure: null }),
  planFailure: (planFailure: LabFailure) => set({ plan: null, planFailure }),
  runStarted: (specification: ExperimentSpecification) =>
    set((state) => ({
      run: { ...IDLE_RUN, status: 'starting', specification, plan: state.plan },
      race: { ...state.race, isLatest: false },
      sweep: { ...state.sweep, isLatest: false },
      view: { ...state.view, shownSeed: 'best', shownRate: specification.rates[0] ?? null },
      runs: { ...state.runs, shown: null, check: null, stepsLeftOut: 0 },
    })),
  /** A run of an earlier visit, or a file's, takes the place of the last one. */
  runOpened: ({ name, results, models, events, stepsLeftOut }: OpenedRun, id: string | null) =>
    set((state) => ({
      run: foldEvents({ ...IDLE_RUN, status: 'starting', specification: results.specification }, events),
      models,
      race: { ...state.race, isLatest: false },
      sweep: { ...state.sweep, isLatest: false },
      view: { ...state.view, shownSeed: 'best', shownRate: results.specification.rates[0] ?? null, highlighted: null },
      runs: { ...state.runs, shown: { name, id }, check: null, stepsLeftOut },
    })),
  runs: (patch: Partial<RunsState>) => set((state) => ({ runs: { ...state.runs, ...patch } })),
  runStatus: (status: RunStatus) => set((state) => ({ run: { ...state.run, status } })),
  runFailed: (failure: LabFailure) => set((state) => ({ run: { ...state.run, status: 'failed', failure, currentTrial: null } })),
  events: (events: readonly LabEvent[]) => set((state) => ({ run: foldEvents(state.run, events) })),
  models: (models: readonly TrainedModel[]) => set({ models }),
  /** A piece's settings; what the patch does not name stays. */
  learn: <Piece extends keyof LearnSettings>(piece: Piece, patch: Partial<LearnSettings[Piece]>) =>
    set(({ learn }) => ({ learn: { ...learn, [piece]: { ...learn[piece], ...patch } } })),
  tryout: (patch: Partial<TryoutSettings>) => set((state) => ({ tryout: { ...state.tryout, ...patch } })),
  teacher: (patch: Partial<TeacherSettings>) => set((state) => ({ teacher: { ...state.teacher, ...patch } })),
  link: (patch: Partial<LinkSlice['link']>) => set((state) => ({ link: { ...state.link, ...patch } })),
  view: (patch: Partial<ViewSlice['view']>) => set((state) => ({ view: { ...state.view, ...patch } })),
};

/** What a table, and so its spectrum, depends on: the words of the training split are in an experiment's. */
export function spectrumKey({ embeddings, dataset, task, split, seeds }: ExperimentSpecification, of: SpectrumOf): string {
  return JSON.stringify(of === 'table' ? [embeddings.id] : [embeddings.id, dataset.id, task, split, seeds[0]]);
}
