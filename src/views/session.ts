import { toFailure } from '../client/failure';
import { browserMemory, type LastUsedMemory } from '../client/last-used';
import type { DataReport } from '../protocol/data';
import type { BackendChoice } from '../protocol/device';
import type { LabEvent } from '../protocol/events';
import type { Lab } from '../protocol/lab';
import type { ExperimentSpecification } from '../protocol/specification';
import { isActive } from '../store/run';
import { spectrumKey, useLabStore, write } from '../store/store';
import { createDataVerbs, type DataVerbs } from './session-data';
import { createLinkVerbs, type LinkVerbs } from './session-link';

const PLAN_DELAY_MS = 80;

/** What a person can ask of the lab, by the page's verbs: calls the lab, and writes what comes of it to the store. */
export interface Session extends DataVerbs, LinkVerbs {
  readonly lab: Lab;
  boot(choice: BackendChoice): Promise<void>;
  chooseBackend(choice: BackendChoice): Promise<void>;
  /** Starts the experiment as specified; before everything is there, as soon as it is. */
  run(): void;
  pause(): void;
  resume(): void;
  stop(): void;
  /** Computes the loaded table's spectrum, unless it is here. */
  computeSpectrum(): Promise<void>;
  /** Ends the watch over the specification. */
  dispose(): void;
}

export function createSession(lab: Lab, memory: LastUsedMemory = browserMemory): Session {
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
    const changed = state.specification !== before.specification || state.data.report !== before.data.report;
    if (!changed || !state.specification || !state.data.report) return;
    clearTimeout(planTimer);
    const { specification } = state;
    planTimer = setTimeout(() => void plan(specification), before.specification === null ? 0 : PLAN_DELAY_MS);
  });

  async function open(choice: BackendChoice): Promise<boolean> {
    write.lab({ status: 'opening', choice, failure: null });
    try {
      write.lab({ status: 'ready', ...(await lab.open(choice)) });
      return true;
    } catch (thrown) {
      write.lab({ status: 'failed', failure: toFailure(thrown) });
      return false;
    }
  }

  const data = createDataVerbs(lab, memory, {
    loaded(report) {
      adoptData(report);
      if (wantsRun) run();
    },
    failed() {
      wantsRun = false;
      if (useLabStore.getState().run.status === 'starting') write.runStatus('idle');
    },
  });

  const link = createLinkVerbs({ restore: (wanted) => data.restore(wanted) });

  async function execute(specification: ExperimentSpecification): Promise<void> {
    write.runStarted(specification);
    write.models([]);
    try {
      await lab.run(specification, (events: LabEvent[]) => {
        if (!disposed) write.events(events);
      });
      // The events say how it ended. They have a channel of their own, and the last ones may come after the answer.
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
    openLink: link.openLink,
    async boot(choice) {
      if ((await open(choice)) && !(await link.atOpening())) await session.restore();
    },
    async chooseBackend(choice) {
      if (!(await open(choice)) || useLabStore.getState().data.report) return;
      if (!(await link.atOpening())) await session.restore();
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
      if (!specification || !data.report || spectrum.computing) return;
      const key = spectrumKey(specification);
      if (spectrum.key === key && spectrum.value) return;
      write.spectrum({ computing: true, failure: null });
      try {
        write.spectrum({ key, value: await lab.spectrum(specification), computing: false });
      } catch (thrown) {
        write.spectrum({ key, value: null, failure: toFailure(thrown), computing: false });
      }
    },
    dispose() {
      disposed = true;
      clearTimeout(planTimer);
      stopWatching();
    },
  };
  return session;
}

/** Resolves when the condition holds, or after a second. */
async function settled(condition: () => boolean): Promise<void> {
  for (let waited = 0; waited < 1000 && !condition(); waited += 10) await new Promise((resolve) => setTimeout(resolve, 10));
}

/** The specification follows the data: its references, and a task that the new set has. */
function adoptData({ embeddings, dataset }: DataReport): void {
  const { specification, lab } = useLabStore.getState();
  const base = specification ?? lab.catalogue?.defaultSpecification;
  if (!base) return;
  const task = dataset.tasks.some((candidate) => candidate.id === base.task) ? base.task : (dataset.tasks[0]?.id ?? base.task);
  write.replaceSpecification({ ...base, embeddings: embeddings.source, dataset: dataset.source, task });
}
