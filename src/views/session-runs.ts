import { saveFile } from '../charts/save';
import { toFailure } from '../client/failure';
import { askToPersist } from '../client/persistence';
import type { Lab } from '../protocol/lab';
import type { OpenedRun, SavedRun } from '../protocol/runs';
import type { RunToOpen } from '../store/runs/runs';
import { selectIsUnkept, selectRunsWait } from '../store/runs/selectors';
import { useLabStore, write } from '../store/store';

/** What a person can ask of kept runs. */
export interface RunsVerbs {
  listRuns(): Promise<void>;
  /** Keeps the run on the page. */
  saveRun(name: string): Promise<void>;
  /** Asks first where the run on the page is kept nowhere. */
  openRun(what: RunToOpen): Promise<void>;
  /** The visitor's answer. */
  answerOpenRun(yes: boolean): Promise<void>;
  renameRun(id: string, name: string): Promise<void>;
  forgetRun(run: SavedRun): Promise<void>;
  /** A kept run's file, or that of the run on the page. */
  downloadRun(kept: SavedRun | null, name: string): Promise<void>;
}

export function createRunsVerbs(lab: Lab): RunsVerbs & { dispose(): void } {
  let disposed = false;
  const runs = () => useLabStore.getState().runs;

  /** Does a thing, and says why where it fails. */
  async function tried(work: () => Promise<void>): Promise<void> {
    write.runs({ failure: null });
    try {
      await work();
    } catch (thrown) {
      if (!disposed) write.runs({ failure: toFailure(thrown) });
    }
  }

  async function busyWith(name: string, work: () => Promise<void>): Promise<void> {
    if (selectRunsWait(useLabStore.getState())) return;
    write.runs({ busy: name });
    await tried(work);
    if (!disposed) write.runs({ busy: null });
  }

  function adopt(opened: OpenedRun, id: string | null): void {
    write.runOpened(opened, id);
    const { specification } = opened.results;
    const { data } = useLabStore.getState();
    // The controls go on from it, where what they are about is loaded.
    const loaded = data.report && [data.report.embeddings.source.id, data.report.dataset.source.id];
    if (loaded?.join() === [specification.embeddings.id, specification.dataset.id].join()) write.replaceSpecification(specification);
  }

  /** Holds the opened run's accuracies against the test set; before its data are there, as soon as they are. */
  async function check(): Promise<void> {
    const { run } = useLabStore.getState();
    const isShown = () => !disposed && useLabStore.getState().run === run;
    write.runs({ check: 'checking' });
    const found = await lab.checkRun().catch(() => null);
    if (isShown()) write.runs({ check: found });
  }

  const stopWatching = useLabStore.subscribe((state, before) => {
    const newData = state.data.report !== before.data.report && state.data.report !== null;
    const { check: last } = state.runs;
    if (newData && typeof last === 'object' && last?.kind === 'no-data') void check();
  });

  async function open(what: RunToOpen): Promise<void> {
    write.runs({ asked: null });
    await busyWith(what.name, async () => {
      const opened = await (what.kind === 'kept' ? lab.openRun(what.id) : lab.importRun(what.file));
      if (!disposed) adopt(opened, what.kind === 'kept' ? what.id : null);
    });
    if (runs().shown !== null && runs().failure === null) await check();
  }

  const verbs: RunsVerbs = {
    async listRuns() {
      try {
        const [kept, { runs: onDisk }] = await Promise.all([lab.savedRuns(), lab.keepsOnDisk()]);
        if (!disposed) write.runs({ kept, onDisk });
      } catch (thrown) {
        if (!disposed) write.runs({ failure: toFailure(thrown) });
      }
    },
    async saveRun(name) {
      await busyWith(name, async () => {
        const kept = await lab.saveRun(name);
        const { runs: onDisk } = await lab.keepsOnDisk();
        if (disposed) return;
        const saved = kept.find((one) => one.name === name.trim());
        write.runs({ kept, onDisk, shown: saved ? { name: saved.name, id: saved.id } : null });
        if (onDisk) void askToPersist();
      });
    },
    async openRun(what) {
      if (selectIsUnkept(useLabStore.getState())) write.runs({ asked: what });
      else await open(what);
    },
    async answerOpenRun(yes) {
      const { asked } = runs();
      write.runs({ asked: null });
      if (asked && yes) await open(asked);
    },
    async renameRun(id, name) {
      await tried(async () => {
        const kept = await lab.renameRun(id, name);
        if (disposed) return;
        const { shown } = runs();
        write.runs({ kept, shown: shown?.id === id ? { id, name: name.trim() } : shown });
      });
    },
    async forgetRun({ id }) {
      await tried(async () => {
        const kept = await lab.forgetRun(id);
        if (disposed) return;
        const { shown } = runs();
        // What is on the page is not gone with it, and can be kept anew.
        write.runs({ kept, shown: shown?.id === id ? null : shown });
      });
    },
    async downloadRun(kept, name) {
      await tried(async () => {
        const bytes = await (kept ? lab.keptRunFile(kept.id) : lab.exportRun());
        saveFile(`${fileName(name)}.run.zip`, new Blob([bytes as Uint8Array<ArrayBuffer>], { type: 'application/zip' }));
      });
    },
  };

  return {
    ...verbs,
    dispose() {
      disposed = true;
      stopWatching();
    },
  };
}

/** A run is named as its file is: all is kept that file systems take. */
function fileName(name: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: no file system takes them
  return name.replace(/[\u0000-\u001f<>:"/\\|?*]/g, '-').replace(/^\.+|[. ]+$/g, '') || 'run';
}
