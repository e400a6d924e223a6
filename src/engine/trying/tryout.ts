import type { OnRowProgress } from '../../protocol/lab';
import type { Classification, Contributions, Disagreements, NeighbourOverlap, TableNeighbours } from '../../protocol/try';
import { firstWordId } from '../data/vocabulary';
import type { Device } from '../device/device';
import { LabError } from '../errors';
import { type LastRun, modelId, preparedOf } from '../experiment/last-run';
import { networkLayers } from '../experiment/plan';
import type { FinishedModel } from '../experiment/run';
import type { Network } from '../plan/network';
import { neighbourCount } from '../projection/nearest';
import { softmax } from '../training/metrics';
import { contributionsOf, leaveOneOut } from './contributions';
import { addAnswers, disagreements, noAnswers, type TestAnswers } from './disagreements';
import { latency } from './latency';
import { drawWords, listsAllOthers, type NeighbourRows, othersIn, overlapOf, rowsOf } from './overlap';
import { Questions } from './questions';
import { logitsOf, ReadyNetworks } from './ready-networks';
import { SentenceReader, sentencesOf, sliceSentences } from './sentence';
import { Turns } from './turns';
import { nearestWords, pretrainedRows, pretrainedTable, type WordRows, wordRows } from './word-rows';

/** Longest text that is read, in characters. */
const longestText = 2000;
/** Sentences of one question. */
const mostTexts = 50;
/** Tokens that are left out in turn. */
const mostTokens = 200;
/** Test sentences between two turns for others. */
const sentencesAtOnce = 256;
/** Work on tables between two turns for others. */
const stretchMs = 12;

const kinds = {
  classify: 'classify',
  contributions: 'contributions',
  disagreements: 'disagreements',
  neighbours: 'neighbours',
  overlap: 'overlap',
};

export interface TryoutEnvironment {
  onDevice<T>(work: (device: Device) => Promise<T>): Promise<T>;
  /** Milliseconds. */
  now(): number;
}

/**
 * The models of a finished run, ready to be tried. Their networks stay compiled until `release`, and questions about them take turns: a sentence is classified
 * while the test set or the tables are being gone through.
 */
export class Tryout {
  private readonly turns = new Turns();
  private readonly questions = new Questions();
  private readonly reader: SentenceReader;
  private readonly networks: ReadyNetworks;
  /** Finished parts of long answers, which are gone on with. */
  private readonly testAnswers = new Map<FinishedModel, TestAnswers>();
  private readonly tables = new Map<string, WordRows>();
  private readonly neighbourRows = new Map<string, NeighbourRows>();

  constructor(
    readonly run: LastRun,
    private readonly environment: TryoutEnvironment,
  ) {
    const { specification, data, vectors } = run;
    this.reader = new SentenceReader(data, vectors);
    this.networks = new ReadyNetworks(networkLayers(specification, data.classes.length));
  }

  /** @throws LabError `bad-dataset` */
  async classify(texts: readonly string[]): Promise<Classification> {
    if (texts.length === 0 || texts.length > mostTexts) {
      throw new LabError(
        'bad-dataset',
        `${texts.length} sentences were asked about; one to ${mostTexts} are classified at once.`,
        'Take fewer of them, one a line.',
      );
    }
    const check = this.questions.ask(kinds.classify);
    const read = texts.map((text) => this.read(text));
    const sentences = sentencesOf(read.map(({ ids }) => ids));
    const first = sliceSentences(sentences, 0, 1);
    const { classes } = this.run.data;
    const models: Classification['models'] = [];
    const probabilities: number[][][] = texts.map(() => []);
    for (const model of this.run.models) {
      const { logits, milliseconds } = await this.withNetwork(model, check, async (network) => ({
        logits: await logitsOf(network, sentences),
        milliseconds: await latency(network, first, this.environment.now),
      }));
      models.push({ id: modelId(model), milliseconds });
      for (const [s, ofModels] of probabilities.entries()) {
        ofModels.push(softmax(logits.subarray(s * classes.length, (s + 1) * classes.length)));
      }
    }
    return { classes, models, sentences: read.map(({ tokens }, s) => ({ tokens, probabilities: probabilities[s] })) };
  }

  /** @throws LabError `bad-dataset` */
  async contributions(text: string): Promise<Contributions> {
    const check = this.questions.ask(kinds.contributions);
    const { tokens, ids } = this.read(text);
    if (ids.length > mostTokens) {
      throw new LabError(
        'bad-dataset',
        `The sentence has ${ids.length} words and marks; each is left out in turn of at most ${mostTokens}.`,
        'Take a shorter one.',
      );
    }
    const sentences = sentencesOf(leaveOneOut(ids));
    const { classes } = this.run.data;
    const models: Contributions['models'] = [];
    for (const model of this.run.models) {
      const logits = await this.withNetwork(model, check, (network) => logitsOf(network, sentences));
      models.push({ model: modelId(model), ...contributionsOf(logits, classes.length) });
    }
    return { tokens, classes, models };
  }

  /** @throws LabError `no-data` where the run's sentences are not loaded */
  async disagreements(options: { limit: number; model: string | null }): Promise<Disagreements> {
    const { models } = this.run;
    const data = preparedOf(this.run);
    const check = this.questions.ask(kinds.disagreements);
    const all: TestAnswers[] = [];
    for (const model of models) all.push(this.testAnswers.get(model) ?? (await this.answerTest(model, check)));
    return disagreements(all, data, options);
  }

  /** @throws LabError `bad-dataset` */
  async tableNeighbours(word: string): Promise<TableNeighbours> {
    const check = this.questions.ask(kinds.neighbours);
    const { data } = this.run;
    const row = data.index.get(word);
    if (row === undefined) {
      const said = word.length > 40 ? `${word.slice(0, 40)}…` : word;
      throw new LabError('bad-dataset', `“${said}” is not in the experiment’s vocabulary.`, 'Take a word that the data set has.');
    }
    const tables: TableNeighbours['tables'] = [];
    const searched: WordRows[] = [];
    for (const name of this.tableNames()) {
      const rows = await this.table(name, check);
      searched.push(rows);
      const [neighbours] = await this.inTurns(nearestWords(rows, [row]), check);
      tables.push({
        table: name,
        neighbours: neighbours.map((found) => ({ word: data.words[found.row - firstWordId], cosine: found.cosine })),
      });
    }
    return { word, tables, allOthers: listsAllOthers(searched) };
  }

  /** @throws LabError `no-data` where the run's table is not loaded */
  async neighbourOverlap(onProgress: OnRowProgress): Promise<NeighbourOverlap> {
    preparedOf(this.run);
    const check = this.questions.ask(kinds.overlap);
    const names = this.tableNames();
    const drawn = drawWords(await this.table(pretrainedTable, check), this.run.specification.seeds[0]);
    const searched = new Map<string, WordRows>();
    for (const [t, name] of names.entries()) {
      const rows = await this.table(name, check);
      searched.set(name, rows);
      if (this.neighbourRows.has(name)) continue;
      const neighbours = await this.inTurns(nearestWords(rows, drawn.rows), check, (done) =>
        onProgress({
          stage: 'Comparing neighbours',
          doneRows: t * drawn.rows.length + done,
          totalRows: names.length * drawn.rows.length,
        }),
      );
      this.neighbourRows.set(name, rowsOf(neighbours));
    }
    const reference = names.includes('full') ? 'full' : pretrainedTable;
    const wanted = this.neighbourRows.get(reference) as NeighbourRows;
    const neighbours = Math.min(neighbourCount, othersIn(searched.get(reference) as WordRows));
    return {
      reference,
      words: drawn.rows.length,
      vocabulary: drawn.of,
      neighbours,
      allOthers: listsAllOthers([...searched.values()]),
      tables: names
        .filter((name) => name !== reference)
        .map((table) => ({ table, ...overlapOf(wanted, this.neighbourRows.get(table) as NeighbourRows, neighbours) })),
    };
  }

  stopNeighbourOverlap(): void {
    this.questions.stop(kinds.overlap);
  }

  /** Gives up what is being answered, and frees the networks; the next question compiles them anew. */
  async release(): Promise<void> {
    this.questions.stopAll();
    await this.turns.take(() => this.networks.free());
  }

  private read(text: string): ReturnType<SentenceReader['read']> {
    if (text.length <= longestText) return this.reader.read(text);
    throw new LabError(
      'bad-dataset',
      `The sentence has ${text.length.toLocaleString('en')} characters; at most ${longestText.toLocaleString('en')} are read.`,
      'Take a shorter one.',
    );
  }

  private withNetwork<T>(model: FinishedModel, check: () => void, work: (network: Network) => Promise<T>): Promise<T> {
    return this.environment.onDevice((device) =>
      this.turns.take(async () => {
        check();
        return work(await this.networks.of(model, device));
      }),
    );
  }

  private async answerTest(model: FinishedModel, check: () => void): Promise<TestAnswers> {
    const { test, classes } = preparedOf(this.run);
    const count = test.labels.length;
    const answers = noAnswers(modelId(model), count);
    for (let first = 0; first < count; first += sentencesAtOnce) {
      const sentences = sliceSentences(test, first, Math.min(count, first + sentencesAtOnce));
      const logits = await this.withNetwork(model, check, (network) => logitsOf(network, sentences));
      addAnswers(answers, first, logits, classes.length);
      await letOthersWork();
    }
    this.testAnswers.set(model, answers);
    return answers;
  }

  private tableNames(): string[] {
    const { prepared, models } = this.run;
    return [...(prepared ? [pretrainedTable] : []), ...models.map(modelId)];
  }

  private async table(name: string, check: () => void): Promise<WordRows> {
    const known = this.tables.get(name);
    if (known) return known;
    const { vectors, models } = this.run;
    const model = models.find((candidate) => modelId(candidate) === name);
    const rows = await this.inTurns(model ? wordRows(name, model.state.embedding) : pretrainedRows(preparedOf(this.run), vectors), check);
    this.tables.set(name, rows);
    return rows;
  }

  /** Does long work in stretches, between which others have their turn. */
  private async inTurns<Step, Result>(work: Generator<Step, Result>, check: () => void, onStep?: (step: Step) => void): Promise<Result> {
    const { now } = this.environment;
    for (;;) {
      const step = await this.turns.take(() => {
        check();
        const startedAt = now();
        let next = work.next();
        while (!next.done && now() - startedAt < stretchMs) next = work.next();
        return next;
      });
      if (step.done) return step.value;
      onStep?.(step.value);
      await letOthersWork();
    }
  }
}

const letOthersWork = () => new Promise<void>((resolve) => setTimeout(resolve));
