import { toFailure } from '../client/failure';
import type { LastUsed, LastUsedMemory } from '../client/last-used';
import { askToPersist } from '../client/persistence';
import type {
  ColumnChoice,
  DataReport,
  DatasetPreview,
  EmbeddingsChoice,
  EmbeddingsPreview,
  SavedSource,
  SourceInput,
} from '../protocol/data';
import type { LabFailure } from '../protocol/failure';
import type { Lab, OnProgress } from '../protocol/lab';
import type { SourceReference } from '../protocol/specification';
import { type AskedAddress, type LoadTarget, type Offer, type SourceKind, useLabStore, write } from '../store/store';
import { inputNames, parseAddress } from './data/address';
import { needsNoChoice } from './data/keep';

/** What a person can ask of the lab's data. */
export interface DataVerbs {
  loadBundled(): Promise<void>;
  /** Looks into files of unknown kind, and offers them as what they are. */
  offer(inputs: readonly SourceInput[]): Promise<void>;
  /** Looks into files of word vectors; loads them at once where there is nothing to choose. */
  offerEmbeddings(inputs: readonly SourceInput[]): Promise<void>;
  offerDataset(inputs: readonly SourceInput[]): Promise<void>;
  /** Takes an offer back; what is loaded stays. */
  dropOffer(kind: SourceKind): void;
  loadEmbeddings(inputs: readonly SourceInput[], choice: EmbeddingsChoice): Promise<void>;
  loadDataset(inputs: readonly SourceInput[], columns: ColumnChoice): Promise<void>;
  cancelLoad(): void;
  /** Puts addresses to the visitor, who says yes or no to their host; nothing is fetched before. */
  ask(kind: SourceKind, address: string): void;
  answer(asked: readonly AskedAddress[], yes: boolean): void;
  loadSaved(saved: SavedSource): Promise<void>;
  /** Keeps what is loaded of this kind for the next visit, after what is being kept already. */
  keep(kind: SourceKind): Promise<void>;
  cancelKeep(): void;
  forget(id: string): Promise<void>;
  /** Loads what was in use at the last visit, or what is wanted instead (null for the bundled one); what is not kept, the bundled data stand in for. */
  restore(wanted?: LastUsed): Promise<void>;
}

interface Hooks {
  /** New data is there. */
  loaded(report: DataReport): void;
  /** A load failed or was cancelled. */
  failed(): void;
}

/** Names the tables that look like labelled data, for the choice of the failure to show. */
const datasetName = /\.(csv|tsv|tab|json|jsonl|ndjson|parquet)(\.gz|\.zip)?$/i;

export function createDataVerbs(lab: Lab, memory: LastUsedMemory, hooks: Hooks): DataVerbs {
  const version = { embeddings: 0, dataset: 0 };
  /** One thing is kept at a time, the next after it. */
  let keeping: Promise<void> = Promise.resolve();

  async function load(
    target: LoadTarget,
    name: string,
    start: (onProgress: OnProgress) => Promise<DataReport>,
  ): Promise<LabFailure | null> {
    write.data({ loading: { target, name, progress: null, pace: null }, failure: null, notice: null });
    try {
      const report = await start((progress) => write.loadProgress(progress, performance.now()));
      const notKept = useLabStore.getState().data.notKept.filter(({ kind, source }) => report[kind].source.id === source.id);
      write.data({ report, loading: null, notKept });
      hooks.loaded(report);
      await remember(report);
      return null;
    } catch (thrown) {
      const failure = toFailure(thrown);
      write.data({ loading: null, failure: failure.code === 'cancelled' ? null : { target, failure } });
      hooks.failed();
      return failure;
    }
  }

  async function refreshStorage() {
    const storage = await lab.storage().catch(() => ({ saved: [], usedBytes: 0, quotaBytes: null }));
    write.data({ storage });
    return storage;
  }

  async function remember(report: DataReport): Promise<void> {
    rememberKept(report, (await refreshStorage()).saved);
  }

  /** What could not be kept is not looked for at the next visit. */
  function rememberKept({ embeddings, dataset }: DataReport, saved: readonly SavedSource[]): void {
    const kept = ({ source }: DataReport[SourceKind]) => (saved.some((entry) => entry.source.id === source.id) ? source : null);
    memory.write({ embeddings: kept(embeddings), dataset: kept(dataset) });
    if (saved.length > 0) void askToPersist();
  }

  /** Writes down what is loaded; the visitor works on meanwhile. */
  async function keepNow(kind: SourceKind, source: SourceReference): Promise<void> {
    const isLoaded = () => useLabStore.getState().data.report?.[kind].source.id === source.id;
    // Replaced before its turn came.
    if (!isLoaded()) return;
    const others = useLabStore.getState().data.notKept.filter((other) => other.kind !== kind);
    write.data({ keeping: { kind, name: source.name, progress: null, pace: null }, notKept: others });
    try {
      const storage = await lab.keep(kind, (progress) => write.keepProgress(progress, performance.now()));
      // Before the list says so: whoever reloads then is to find it.
      const { report } = useLabStore.getState().data;
      if (report) rememberKept(report, storage.saved);
      write.data({ keeping: null, storage });
    } catch (thrown) {
      write.data({ keeping: null, notKept: isLoaded() ? [...others, { kind, source, failure: toFailure(thrown) }] : others });
    }
  }

  async function previewed<P>(
    kind: SourceKind,
    inputs: readonly SourceInput[],
    look: () => Promise<P>,
    show: (offer: Offer<P> | null) => void,
  ): Promise<{ preview: P } | { failure: LabFailure } | null> {
    const asked = ++version[kind];
    const name = inputNames(inputs);
    write.data({ failure: null });
    show({ inputs, name, preview: null });
    try {
      const preview = await look();
      // Another file was given meanwhile, or this one taken back.
      if (asked !== version[kind]) return null;
      show({ inputs, name, preview });
      return { preview };
    } catch (thrown) {
      if (asked !== version[kind]) return null;
      show(null);
      return { failure: toFailure(thrown) };
    }
  }

  const lookAtEmbeddings = async (inputs: readonly SourceInput[]) => {
    const result = await previewed<EmbeddingsPreview>(
      'embeddings',
      inputs,
      () => lab.previewEmbeddings([...inputs]),
      (embeddingsOffer) => write.data({ embeddingsOffer }),
    );
    if (result && 'preview' in result && needsNoChoice(result.preview, inputs)) {
      await verbs.loadEmbeddings(inputs, { keep: { kind: 'all' }, tensor: null });
    }
    return result && 'failure' in result ? result.failure : null;
  };
  const lookAtDataset = async (inputs: readonly SourceInput[]) => {
    const result = await previewed<DatasetPreview>(
      'dataset',
      inputs,
      () => lab.previewDataset([...inputs]),
      (datasetOffer) => write.data({ datasetOffer }),
    );
    return result && 'failure' in result ? result.failure : null;
  };
  const fail = (target: LoadTarget, failure: LabFailure | null) => {
    if (failure) write.data({ failure: { target, failure } });
  };

  const verbs: DataVerbs = {
    async loadBundled() {
      await load('bundled', 'the bundled table and sentences', (onProgress) => lab.loadBundled(onProgress));
    },
    async offer(inputs) {
      const { embeddingsOffer } = useLabStore.getState().data;
      if (embeddingsOffer?.preview?.needsVocabulary && inputs.length === 1) {
        return verbs.offerEmbeddings([...embeddingsOffer.inputs, ...inputs]);
      }
      // A data set may come in three files, a table in two.
      if (inputs.length >= 3) return verbs.offerDataset(inputs);
      const failure = await lookAtEmbeddings(inputs);
      if (failure?.code !== 'bad-embeddings' || inputs.length === 2) return fail('embeddings', failure);
      const second = await lookAtDataset(inputs);
      if (!second) return;
      if (datasetName.test(inputNames(inputs))) fail('dataset', second);
      else fail('embeddings', failure);
    },
    offerEmbeddings: async (inputs) => fail('embeddings', await lookAtEmbeddings(inputs)),
    offerDataset: async (inputs) => fail('dataset', await lookAtDataset(inputs)),
    dropOffer(kind) {
      version[kind]++;
      write.data(kind === 'embeddings' ? { embeddingsOffer: null } : { datasetOffer: null });
    },
    async loadEmbeddings(inputs, choice) {
      verbs.dropOffer('embeddings');
      const failure = await load('embeddings', inputNames(inputs), (onProgress) => lab.loadEmbeddings([...inputs], choice, onProgress));
      if (!failure) await verbs.keep('embeddings');
    },
    async loadDataset(inputs, columns) {
      verbs.dropOffer('dataset');
      const failure = await load('dataset', inputNames(inputs), (onProgress) => lab.loadDataset([...inputs], columns, onProgress));
      if (!failure) await verbs.keep('dataset');
    },
    cancelLoad: () => void lab.cancelLoad().catch(() => {}),
    ask(kind, address) {
      const parsed = parseAddress(address);
      if ('failure' in parsed) return fail(kind, parsed.failure);
      write.data({ asked: [...useLabStore.getState().data.asked, { kind, address: parsed.address }], failure: null });
    },
    answer(answered, yes) {
      const { asked } = useLabStore.getState().data;
      write.data({ asked: asked.filter((one) => !answered.includes(one)) });
      if (!yes) return;
      for (const { kind, address } of answered) {
        void (kind === 'embeddings' ? verbs.offerEmbeddings([{ address }]) : verbs.offerDataset([{ address }]));
      }
    },
    async loadSaved({ kind, source }) {
      await load('saved', source.name, (onProgress) =>
        lab.loadSaved(kind === 'embeddings' ? source.id : null, kind === 'dataset' ? source.id : null, onProgress),
      );
    },
    keep(kind) {
      const source = useLabStore.getState().data.report?.[kind].source;
      if (source) keeping = keeping.then(() => keepNow(kind, source));
      return keeping;
    },
    cancelKeep: () => void lab.cancelKeep().catch(() => {}),
    async forget(id) {
      try {
        write.data({ storage: await lab.forget(id) });
        const used = memory.read();
        // Forgotten on purpose: the next visit has nothing to explain.
        memory.write({
          embeddings: used.embeddings?.id === id ? null : used.embeddings,
          dataset: used.dataset?.id === id ? null : used.dataset,
        });
      } catch (thrown) {
        fail('saved', toFailure(thrown));
      }
    },
    async restore(linked) {
      const wanted = linked ?? memory.read();
      const { saved } = await refreshStorage();
      const isKept = (id: string | undefined) => saved.some(({ source }) => source.id === id);
      const [embeddings, dataset] = [wanted.embeddings, wanted.dataset].map((one) => (one && isKept(one.id) ? one : null));
      const gone = [wanted.embeddings, wanted.dataset].filter((one) => one !== null && !isKept(one.id)).map((one) => one?.name ?? '');
      // What a link needs and nobody has is told where the link is told of.
      const notice = gone.length > 0 && !linked ? goneSentence(gone) : null;
      if (!embeddings && !dataset) {
        await verbs.loadBundled();
      } else {
        const names = [embeddings, dataset].flatMap((one) => (one ? [one.name] : [])).join(' and ');
        const failure = await load('saved', names, async (onProgress) => {
          // What is not named stays as it is loaded, so something has to be.
          if (!embeddings || !dataset) await lab.loadBundled(onProgress);
          return lab.loadSaved(embeddings?.id ?? null, dataset?.id ?? null, onProgress);
        });
        if (failure) {
          await verbs.loadBundled();
          if (failure.code !== 'cancelled') fail('saved', failure);
        }
      }
      if (notice) write.data({ notice });
    },
  };
  return verbs;
}

function goneSentence(names: string[]): string {
  const [what, verb] = [names.map((name) => `“${name}”`).join(' and '), names.length > 1 ? 'are' : 'is'];
  return `${what} ${verb} no longer kept by this browser; the bundled data stand in. Load the ${names.length > 1 ? 'files' : 'file'} again to go on with ${names.length > 1 ? 'them' : 'it'}.`;
}
