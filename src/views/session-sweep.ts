import { scheduleStyle, styleOf } from '../charts/palette';
import { toFailure } from '../client/failure';
import { askToPersist } from '../client/persistence';
import type { Lab } from '../protocol/lab';
import type { SweepEvent, SweepResults, SweepSpecification } from '../protocol/sweep';
import { isActive } from '../store/run';
import { type LabState, useLabStore, write } from '../store/store';
import { keptOf, sameSpecification, selectSweepSpecification, selectSweepWaits } from '../store/sweep/selectors';
import { settled } from './settled';

const PLAN_DELAY_MS = 250;
/** A slider that is dragged asks once; cells that come one after another are analysed together. */
const ANALYSIS_DELAY_MS = 150;
const LIVE_ANALYSIS_DELAY_MS = 1500;
/** No results of any sweep are this large; a file that is must not fill the memory. */
const MOST_FILE_BYTES = 200_000_000;

/** What a person can ask of sweeps. */
export interface SweepVerbs {
  /** As the controls say. */
  startSweep(): void;
  /** What is on the screen, from where it was left. */
  goOnWithSweep(): void;
  pauseSweep(): void;
  resumeSweep(): void;
  stopSweep(): void;
  listSweeps(): Promise<void>;
  openKeptSweep(id: string): Promise<void>;
  forgetKeptSweep(id: string): Promise<void>;
  importSweepFile(file: File): Promise<void>;
  /** All that is kept of the sweep on the screen, while it runs as well; null where the browser keeps none of it. */
  sweepResults(): Promise<SweepResults | null>;
  /** Every cell, a line each. */
  sweepCsv(): Promise<string | null>;
  /** The page that `report` gives, or null where it failed; the screen then says why. */
  sweepReport(): Promise<string | null>;
}

export function createSweepVerbs(lab: Lab): SweepVerbs & { dispose(): void } {
  let planTimer: ReturnType<typeof setTimeout> | undefined;
  let planVersion = 0;
  let analysisTimer: ReturnType<typeof setTimeout> | undefined;
  let analysing = false;
  let disposed = false;

  const sweep = () => useLabStore.getState().sweep;
  const fail = (thrown: unknown) => write.sweepFailed(toFailure(thrown));

  async function plan(specification: SweepSpecification): Promise<void> {
    const version = ++planVersion;
    try {
      const answer = await lab.planSweep(specification);
      // Answers may overtake each other; only the last question counts.
      if (version === planVersion && !disposed) write.sweepPlan(specification, answer);
    } catch (thrown) {
      if (version === planVersion && !disposed) write.sweepPlanFailure(toFailure(thrown));
    }
  }

  function askForPlan(delayMs: number): void {
    clearTimeout(planTimer);
    planTimer = setTimeout(() => {
      const state = useLabStore.getState();
      const specification = selectSweepSpecification(state);
      if (specification && mayPlan(state)) void plan(specification);
    }, delayMs);
  }

  /** Analyses what is on the screen until the analysis is of it; one at a time, so that a long one is not asked for twice. */
  async function analyse(): Promise<void> {
    const { run, allowedLoss } = sweep();
    if (analysing || disposed || !run.results || run.results.cells.length === 0) return;
    analysing = true;
    const { results } = run;
    try {
      const value = await lab.analyse(results, { allowedLoss });
      if (!disposed && sweep().run.results !== null) write.sweepAnalysis(results, allowedLoss, value);
    } catch (thrown) {
      if (!disposed) write.sweepAnalysisFailure(toFailure(thrown));
    }
    analysing = false;
    const now = sweep();
    if (now.run.results !== results || now.allowedLoss !== allowedLoss) askForAnalysis();
  }

  function askForAnalysis(): void {
    clearTimeout(analysisTimer);
    const live = isActive(sweep().run.status) && sweep().analysis !== null;
    analysisTimer = setTimeout(() => void analyse(), live ? LIVE_ANALYSIS_DELAY_MS : ANALYSIS_DELAY_MS);
  }

  let entered = false;
  const stopWatching = useLabStore.subscribe((state, before) => {
    // Nobody plans sweeps for a visitor who never saw the room.
    if (entered && planDiffers(state, before)) askForPlan(PLAN_DELAY_MS);
    const { sweep: now } = state;
    if (now.run.results !== before.sweep.run.results || now.allowedLoss !== before.sweep.allowedLoss) askForAnalysis();
  });

  async function execute(specification: SweepSpecification, from: SweepResults | null): Promise<void> {
    write.sweepStarted(from ?? { kind: 'lowrank-lab-sweep', specification, versions: {}, adapters: [], cells: [], gaps: [] });
    try {
      const results = await lab.runSweep(specification, (events: SweepEvent[]) => {
        if (!disposed) write.sweepEvents(events);
      });
      // The events say how it ended.
      await settled(() => !isActive(sweep().run.status));
      if (disposed) return;
      write.sweepResults(results);
      if (isActive(sweep().run.status)) write.sweepStatus('complete');
    } catch (thrown) {
      if (!disposed) fail(thrown);
    }
    await verbs.listSweeps();
    askForPlan(0);
    if (sweep().run.results?.cells.length) void askToPersist();
  }

  function mayStart(state: LabState): boolean {
    return mayPlan(state) && state.data.report !== null;
  }

  /** All that is kept of the sweep on the screen, in one form or another. */
  async function exported<T>(form: (results: SweepResults) => Promise<T>): Promise<T | null> {
    write.sweepExportFailure(null);
    try {
      const { run } = sweep();
      if (!run.results) return null;
      // Versions come with the results; until then, and where a failure came instead, the kept ones have them.
      const hasVersions = Object.keys(run.results.versions).length > 0;
      if (!isActive(run.status) && hasVersions) return await form(run.results);
      const kept = keptOf(await lab.keptSweeps(), run.results.specification);
      return kept && (await form(await lab.openSweep(kept.id)));
    } catch (thrown) {
      write.sweepExportFailure(toFailure(thrown));
      return null;
    }
  }

  const verbs: SweepVerbs = {
    startSweep() {
      const state = useLabStore.getState();
      const specification = selectSweepSpecification(state);
      if (!specification || !mayStart(state)) return;
      const { results } = state.sweep.run;
      void execute(specification, results && sameSpecification(results.specification, specification) ? results : null);
    },
    goOnWithSweep() {
      const state = useLabStore.getState();
      const { results } = state.sweep.run;
      if (results && mayStart(state)) void execute(results.specification, results);
    },
    pauseSweep() {
      write.sweepStatus('pausing');
      lab.pause().catch(fail);
    },
    resumeSweep() {
      lab.resume().catch(fail);
    },
    stopSweep() {
      write.sweepStatus('stopping');
      lab.stop().catch(fail);
    },
    async listSweeps() {
      entered = true;
      try {
        const [kept, { sweeps: onDisk }] = await Promise.all([lab.keptSweeps(), lab.keepsOnDisk()]);
        if (disposed) return;
        write.sweepKept(kept);
        write.sweepOnDisk(onDisk);
      } catch (thrown) {
        if (!disposed) write.sweepKeptFailure(toFailure(thrown));
      }
      if (!sweep().plan) askForPlan(0);
    },
    async openKeptSweep(id) {
      if (isActive(sweep().run.status)) return;
      try {
        const results = await lab.openSweep(id);
        if (!disposed) write.sweepOpened(results);
      } catch (thrown) {
        if (!disposed) write.sweepKeptFailure(toFailure(thrown));
      }
    },
    async forgetKeptSweep(id) {
      try {
        const kept = await lab.forgetSweep(id);
        if (!disposed) write.sweepKept(kept);
        askForPlan(0);
      } catch (thrown) {
        if (!disposed) write.sweepKeptFailure(toFailure(thrown));
      }
    },
    async importSweepFile(file) {
      if (isActive(sweep().run.status)) return;
      write.sweepKeptFailure(null);
      try {
        const results = await lab.importSweep(await readJson(file));
        if (!disposed) write.sweepOpened(results);
        await verbs.listSweeps();
      } catch (thrown) {
        if (!disposed) write.sweepKeptFailure(toFailure(thrown));
      }
    },
    async sweepResults() {
      return exported(async (results) => results);
    },
    async sweepCsv() {
      return exported((results) => lab.cellsCsv(results));
    },
    async sweepReport() {
      return exported((results) => lab.report(results, { allowedLoss: sweep().allowedLoss, looks: looksOf(results) }));
    },
  };

  return {
    ...verbs,
    dispose() {
      disposed = true;
      clearTimeout(planTimer);
      clearTimeout(analysisTimer);
      stopWatching();
    },
  };
}

function mayPlan(state: LabState): boolean {
  return state.lab.status === 'ready' && !isActive(state.sweep.run.status) && selectSweepWaits(state) === null;
}

function planDiffers(state: LabState, before: LabState): boolean {
  return (
    state.specification !== before.specification ||
    state.sweep.settings !== before.sweep.settings ||
    state.data.report !== before.data.report ||
    state.lab.status !== before.lab.status ||
    (selectSweepWaits(state) === null) !== (selectSweepWaits(before) === null)
  );
}

async function readJson(file: File): Promise<unknown> {
  const refusal = (message: string) => ({
    code: 'bad-dataset' as const,
    message,
    remedy: 'Take a results file that the lab wrote: by the JSON button here, or by the command line.',
  });
  if (file.size > MOST_FILE_BYTES) throw refusal(`${file.name} is larger than any sweep’s results.`);
  try {
    return JSON.parse(await file.text());
  } catch {
    throw refusal(`${file.name} is no JSON file.`);
  }
}

/** The page's own colours: of everything that the sweep names. */
function looksOf({ specification: { methods, schedules } }: SweepResults) {
  return {
    methods: Object.fromEntries(methods.map((id) => [id, styleOf(id)])),
    schedules: Object.fromEntries(schedules.map(({ id }) => [id, scheduleStyle(id)])),
  };
}
