import { toFailure } from '../client/failure';
import { browserMemory, type LastUsedMemory } from '../client/last-used';
import { browserProbes, type ProbeMemory } from '../client/probe-memory';
import type { DataReport } from '../protocol/data';
import type { BackendChoice } from '../protocol/device';
import type { LabEvent } from '../protocol/events';
import type { Lab, SpectrumOf } from '../protocol/lab';
import type { ExperimentSpecification } from '../protocol/specification';
import { isActive } from '../store/run';
import { spectrumKey, useLabStore, write } from '../store/store';
import { createDataVerbs, type DataVerbs } from './session-data';
import { createLinkVerbs, type LinkVerbs } from './session-link';
import { createRaceVerbs, type RaceVerbs } from './session-race';
import { createRunsVerbs, type RunsVerbs } from './session-runs';
import { createSweepVerbs, type SweepVerbs } from './session-sweep';
import { settled } from './settled';

const PLAN_DELAY_MS = 80;

/** What a person can ask of the lab, by the page's verbs: calls the lab, and writes what comes of it to the store. */
export interface Session extends DataVerbs, RaceVerbs, SweepVerbs, RunsVerbs, LinkVerbs {
  readonly lab: Lab;
  boot(choice: BackendChoice): Promise<void>;
  chooseBackend(choice: BackendChoice): Promise<void>;
  /** Measures both backends anew, whatever is remembered, and takes the faster one. */
  measureBackends(): Promise<void>;
  /** Starts the experiment as specified; before everything is there, as soon as it is. */
  run(): void;
  pause(): void;
  resume(): void;
  stop(): void;
  /** Computes the spectrum of the chosen table, unless it is here. */
  computeSpectrum(): Promise<void>;
  /** Chooses whose spectrum is shown. */
  chooseSpectrum(of: SpectrumOf): void;
  /** Ends the computation; it is begun again when it is asked for. */
  stopSpectrum(): void;
  /** Ends the watch over the specification. */
  dispose(): void;
}

export function createSession(lab: Lab, memory: LastUsedMemory = browserMemory, probes: ProbeMemory = browserProbes): Session {
  let wantsRun = false;
  let planTimer: ReturnType<typeof setTimeout> | undefined;
  let planVersion = 0;
  let disposed = false;

  async function plan(specification: ExperimentSpecification): Promise<void> {
    const version = ++planVersion;
    try {
      const answer = await lab.plan(specification);
      // Answers may overtake each other; only the last question counts.
      if (version === planVersion) write.plan(answer);
    } catch (thrown) {
      if (version === planVersion) write.planFailure(toFailure(thrown));
    }
  }

  const stopWatching = useLabStore.subscribe((state, before) => {
    const isOtherData = state.data.report !== before.data.report;
    // What is still on its way is of the data before.
    if (isOtherData) planVersion++;
    const changed = state.specification !== before.specification || isOtherData;
    if (!changed || !state.specification || !state.data.report) return;
    clearTimeout(planTimer);
    const { specification } = state;
    planTimer = setTimeout(() => void plan(specification), before.specification === null ? 0 : PLAN_DELAY_MS);
  });

  async function open(choice: BackendChoice, known = probes.read()): Promise<boolean> {
    write.lab({ status: 'opening', choice, failure: null });
    try {
      const opened = await lab.open(choice, known);
      if (opened.device.probe) probes.write(opened.device.probe);
      write.lab({ status: 'ready', ...opened });
      return true;
    } catch (thrown) {
      write.lab({ status: 'failed', failure: toFailure(thrown) });
      return false;
    }
  }

  /** A backend that was opened late has the data still to come. */
  async function adopt(opening: Promise<boolean>): Promise<void> {
    if (!(await opening) || useLabStore.getState().data.report) return;
    if (!(await link.atOpening())) await session.restore();
  }

  const data = createDataVerbs(lab, memory, {
    loaded(report) {
      adoptData(report);
      // A large table is factorized when it is asked for.
      session.chooseSpectrum('experiment');
      if (wantsRun) run();
    },
    failed() {
      wantsRun = false;
      if (useLabStore.getState().run.status === 'starting') write.runStatus('idle');
    },
  });

  const { dispose: disposeRace, ...race } = createRaceVerbs(lab);
  const { dispose: disposeSweep, ...sweep } = createSweepVerbs(lab);
  const { dispose: disposeRuns, ...runs } = createRunsVerbs(lab);
  const link = createLinkVerbs({ restore: (wanted) => data.restore(wanted) });

  async function execute(specification: ExperimentSpecification): Promise<void> {
    write.runStarted(specification);
    write.models([]);
    try {
      await lab.run(
        specification,
        (events: LabEvent[]) => {
          if (!disposed) write.events(events);
        },
        { splitSteps: useLabStore.getState().view.splitSteps },
      );
      // The events say how it ended.
      await settled(() => !isActive(useLabStore.getState().run.status));
      if (!disposed && isActive(useLabStore.getState().run.status)) write.runStatus('complete');
    } catch (thrown) {
      if (!disposed) write.runFailed(toFailure(thrown));
    }
    const models = await lab.trainedModels().catch(() => []);
    if (!disposed) write.models(models);
  }

  function run(): void {
    const { specification, data, lab: opened, run: last } = useLabStore.getState();
    const ready = opened.status === 'ready' && specification && data.report && !data.loading;
    if (ready) {
      wantsRun = false;
      void execute(specification);
    } else if (!isActive(last.status)) {
      wantsRun = true;
      write.runStatus('starting');
    }
  }

  const session: Session = {
    lab,
    ...data,
    ...race,
    ...sweep,
    ...runs,
    openLink: link.openLink,
    async boot(choice) {
      if ((await open(choice)) && !(await link.atOpening())) await session.restore();
    },
    async chooseBackend(choice) {
      await adopt(open(choice));
    },
    async measureBackends() {
      await adopt(open('auto', []));
    },
    run,
    pause() {
      write.runStatus('pausing');
      lab.pause().catch((thrown: unknown) => write.runFailed(toFailure(thrown)));
    },
    resume() {
      lab.resume().catch((thrown: unknown) => write.runFailed(toFailure(thrown)));
    },
    stop() {
      if (wantsRun) {
        wantsRun = false;
        write.runStatus('idle');
        return;
      }
      write.runStatus('stopping');
      lab.stop().catch((thrown: unknown) => write.runFailed(toFailure(thrown)));
    },
    async computeSpectrum() {
      const { specification, spectrum, data } = useLabStore.getState();
      if (!specification || !data.report) return;
      const key = spectrumKey(specification, spectrum.of);
      if ((spectrum.key === key && spectrum.value) || spectrum.computing === key) return;
      write.spectrum({ computing: key, progress: null, failure: null, stopped: false });
      // Another table may be asked for meanwhile; only the last question counts.
      const isAsked = () => useLabStore.getState().spectrum.computing === key;
      try {
        const value = await lab.spectrum(specification, spectrum.of, (progress) => {
          if (isAsked()) write.spectrum({ progress });
        });
        if (isAsked()) write.spectrum({ key, value, computing: null });
      } catch (thrown) {
        const failure = toFailure(thrown);
        if (isAsked()) write.spectrum({ key, value: null, failure: failure.code === 'cancelled' ? null : failure, computing: null });
      }
    },
    chooseSpectrum(of) {
      if (useLabStore.getState().spectrum.of === of) return;
      write.spectrum({ of, key: null, value: null, failure: null, computing: null, progress: null, stopped: false });
    },
    stopSpectrum() {
      write.spectrum({ stopped: true });
      void lab.stopSpectrum().catch(() => {});
    },
    dispose() {
      disposed = true;
      clearTimeout(planTimer);
      stopWatching();
      disposeRace();
      disposeSweep();
      disposeRuns();
    },
  };
  return session;
}

/** The specification follows the data: its references, and a task that the new set has. */
function adoptData(report: DataReport): void {
  const { embeddings, dataset } = report;
  const { specification, lab } = useLabStore.getState();
  if (lab.catalogue) write.raceData(lab.catalogue, report);
  const base = specification ?? lab.catalogue?.defaultSpecification;
  if (!base) return;
  const task = dataset.tasks.some((candidate) => candidate.id === base.task) ? base.task : (dataset.tasks[0]?.id ?? base.task);
  write.replaceSpecification({ ...base, embeddings: embeddings.source, dataset: dataset.source, task });
}
