import type { LabFailure } from '../../protocol/failure';
import type { TrainedModel } from '../../protocol/lab';
import type { Classification, Contributions, Disagreements, NeighbourOverlap, ReadToken, TableNeighbours } from '../../protocol/try';
import { fakeNeighbours } from './fake-words';

const classes = ['negative', 'positive'];

function tokensOf(text: string): ReadToken[] {
  const tokens = text.toLowerCase().match(/n't|\p{L}+|\p{N}+|'\p{L}+|\S/gu) ?? [];
  return tokens.map((token) => ({
    text: token,
    known: !/xyz|zz|^neigh|\d/.test(token),
    readAs: /^neigh/.test(token) ? 'fine' : null,
  }));
}

const weight = ({ text }: ReadToken) => (/good|great|love|excellent/.test(text) ? 1.6 : /bad|poor|not|n't/.test(text) ? -1.9 : 0.05);

/** Words have weights, and every model its own opinion. */
function positive(tokens: readonly ReadToken[], model: number): number {
  const score = tokens.reduce((sum, token) => sum + weight(token), 0);
  return 1 / (1 + Math.exp(-(score + (model % 3) * 0.3 - 0.2)));
}

export function fakeClassification(texts: string[], models: readonly TrainedModel[]): Classification {
  return {
    classes,
    models: models.map(({ id }, m) => ({ id, milliseconds: 0.2 + m * 0.05 })),
    sentences: texts.map((text) => {
      const tokens = tokensOf(text);
      return { tokens, probabilities: models.map((_, m) => [1 - positive(tokens, m), positive(tokens, m)]) };
    }),
  };
}

export function fakeContributions(text: string, models: readonly TrainedModel[]): Contributions {
  const tokens = tokensOf(text);
  return {
    tokens,
    classes,
    models: models.map(({ id }, m) => {
      const choice = positive(tokens, m) > 0.5 ? 1 : 0;
      const logProbability = (of: readonly ReadToken[]) => Math.log(choice === 1 ? positive(of, m) : 1 - positive(of, m));
      return {
        model: id,
        choice,
        contributions: tokens.map((_, left) => logProbability(tokens) - logProbability(tokens.filter((_, t) => t !== left))),
      };
    }),
  };
}

const disputed = ['Not bad, for what it is.', 'I wanted to love it.', 'A great cast, and a poor film.'];

export function fakeDisagreements(models: readonly TrainedModel[], options: { limit: number; model: string | null }): Disagreements {
  const all = disputed.map((text, item) => ({
    item: 10 * item,
    text,
    label: item % 2,
    answers: models.map(({ id }, m) => ({ model: id, choice: m > 0 && (m + item) % 3 === 0 ? 1 : 0, probability: 0.51 + 0.04 * m })),
  }));
  const asked = all.filter(({ answers }) =>
    answers.some(({ model, choice }) => (options.model === null || model === options.model) && choice !== answers[0].choice),
  );
  return {
    classes,
    testCount: 450,
    reference: models[0]?.id ?? 'full',
    models: models.map(({ id }, m) => ({
      model: id,
      differs: all.filter(({ answers }) => answers[m].choice !== answers[0].choice).length,
    })),
    total: asked.length,
    items: asked.slice(0, options.limit),
  };
}

export function fakeTableNeighbours(word: string, models: readonly TrainedModel[]): TableNeighbours {
  if (/zz/.test(word)) {
    throw {
      code: 'bad-dataset',
      message: `“${word}” is not in the experiment’s vocabulary.`,
      remedy: 'Take a word that the data set has.',
    } satisfies LabFailure;
  }
  const tables = ['pretrained', ...models.map(({ id }) => id)];
  const { ranks } = fakeNeighbours(
    word,
    tables.map((_, t) => Math.max(1, 100 - 16 * t)),
  );
  return { word, tables: tables.map((table, t) => ({ table, neighbours: ranks[t].neighbours })), allOthers: false };
}

export function fakeOverlap(models: readonly TrainedModel[]): NeighbourOverlap {
  const tables = ['pretrained', ...models.slice(1).map(({ id }) => id)];
  return {
    reference: 'full',
    words: 2000,
    vocabulary: 4987,
    neighbours: 10,
    allOthers: false,
    tables: tables.map((table, t) => {
      const histogram = Array.from({ length: 11 }, (_, k) => Math.round(500 * Math.exp(-((k - 9 + t) ** 2) / 5)));
      const words = histogram.reduce((sum, count) => sum + count, 0);
      return { table, mean: histogram.reduce((sum, count, k) => sum + (count * k) / 10, 0) / words, histogram };
    }),
  };
}
