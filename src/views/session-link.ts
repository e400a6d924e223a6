import type { LastUsed } from '../client/last-used';
import type { SourceReference } from '../protocol/specification';
import { isActive } from '../store/run';
import { useLabStore, write } from '../store/store';

export interface LinkVerbs {
  /** Sets the page to what a link's text says; before the backend is there, as soon as it is. */
  openLink(text: string): Promise<void>;
}

interface Hooks {
  restore(wanted: LastUsed): Promise<void>;
}

/** Opens links; `waiting` is asked when the backend is there and nothing is loaded yet. */
export function createLinkVerbs({ restore }: Hooks) {
  let pending: string | null = null;

  /** Writes the link to the store; which sources it needs. */
  async function adopt(text: string): Promise<LastUsed | null> {
    const catalogue = useLabStore.getState().lab.catalogue;
    if (!catalogue) return null;
    // Only a page that was opened by a link needs what reads one.
    const { openLink } = await import('../store/link/link');
    const opened = openLink(text, { catalogue });
    opened.put();
    const { specification, data } = useLabStore.getState();
    if (!specification) return null;
    const { embeddings, dataset } = specification;
    write.link({ problems: opened.problems, sources: { embeddings, dataset } });
    // What is loaded is what is run on, whatever the link was made with.
    if (data.report) {
      const loaded = { embeddings: data.report.embeddings.source, dataset: data.report.dataset.source };
      write.specification(loaded);
      write.raceSpecification(loaded);
    }
    return { embeddings: ownSource(embeddings), dataset: ownSource(dataset) };
  }

  /** A task is known once its set is loaded. */
  async function load(wanted: LastUsed, task: string | undefined): Promise<void> {
    const { data, lab, link } = useLabStore.getState();
    const loaded = data.report !== null && isLoaded(data.report, link.sources);
    // The race takes what is loaded and a task of it; so it does after a load.
    if (!loaded) await restore(wanted);
    else if (lab.catalogue && data.report) write.raceData(lab.catalogue, data.report);
    const { data: now, specification } = useLabStore.getState();
    if (!task || !specification || !now.report || now.report.dataset.source.id !== link.sources?.dataset.id) return;
    const { tasks } = now.report.dataset;
    const known = tasks.some(({ id }) => id === task);
    write.specification({ task: known ? task : (tasks[0]?.id ?? specification.task) });
    if (!known) write.link({ problems: [...useLabStore.getState().link.problems, `Task: the sentences have no task “${task}”.`] });
  }

  const verbs: LinkVerbs & { atOpening(): Promise<boolean> } = {
    async openLink(text) {
      const { lab, data, run } = useLabStore.getState();
      if (lab.status !== 'ready') {
        pending = text;
        return;
      }
      const wanted = await adopt(text);
      // Loads and runs are exclusive: the page then says which data are missing.
      if (!wanted || data.loading || isActive(run.status)) return;
      await load(wanted, useLabStore.getState().specification?.task);
    },
    /** Whether there was a link to open. */
    async atOpening() {
      if (pending === null) return false;
      const text = pending;
      pending = null;
      const wanted = await adopt(text);
      if (!wanted) return false;
      await load(wanted, useLabStore.getState().specification?.task);
      return true;
    },
  };
  return verbs;
}

/** Null for what the page brings itself. */
function ownSource(source: SourceReference): SourceReference | null {
  return source.id.startsWith('bundled:') ? null : source;
}

function isLoaded(
  report: { embeddings: { source: SourceReference }; dataset: { source: SourceReference } },
  sources: { embeddings: SourceReference; dataset: SourceReference } | null,
): boolean {
  return report.embeddings.source.id === sources?.embeddings.id && report.dataset.source.id === sources?.dataset.id;
}
