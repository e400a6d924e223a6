import type { Disagreement, Disagreements } from '../../protocol/try';
import type { PreparedData } from '../data/dataset';
import { softmax } from '../training/metrics';

/** What a model makes of the test split: its choice of each sentence, and how probable it finds it. */
export interface TestAnswers {
  model: string;
  choices: Uint32Array;
  probabilities: Float32Array;
}

/** Room for the answers of a model. */
export function noAnswers(model: string, sentences: number): TestAnswers {
  return { model, choices: new Uint32Array(sentences), probabilities: new Float32Array(sentences) };
}

/** Writes down what a model said of the sentences from `first` on. */
export function addAnswers(answers: TestAnswers, first: number, logits: Float32Array, classes: number): void {
  for (let s = 0; s < logits.length / classes; s++) {
    const probabilities = softmax(logits.subarray(s * classes, (s + 1) * classes));
    const highest = Math.max(...probabilities);
    answers.choices[first + s] = probabilities.indexOf(highest);
    answers.probabilities[first + s] = highest;
  }
}

/** Where models differ from their reference: `full`, or the first one. */
export function disagreements(
  all: readonly TestAnswers[],
  { testTexts, test, classes }: Pick<PreparedData, 'testTexts' | 'test' | 'classes'>,
  { limit, model }: { limit: number; model: string | null },
): Disagreements {
  const reference = all.find((answers) => answers.model === 'full') ?? all[0];
  const differs = (answers: TestAnswers, item: number) => answers.choices[item] !== reference.choices[item];
  const asked = model === null ? all : all.filter((answers) => answers.model === model);
  const found: { item: number; models: number; certainty: number }[] = [];
  for (let item = 0; item < test.labels.length; item++) {
    if (!asked.some((answers) => differs(answers, item))) continue;
    const others = all.filter((answers) => differs(answers, item));
    found.push({ item, models: others.length, certainty: others.reduce((sum, { probabilities }) => sum + probabilities[item], 0) });
  }
  found.sort((a, b) => b.models - a.models || b.certainty - a.certainty || a.item - b.item);
  return {
    classes,
    testCount: test.labels.length,
    reference: reference.model,
    models: all.map((answers) => ({ model: answers.model, differs: answers.choices.filter((_, item) => differs(answers, item)).length })),
    total: found.length,
    items: found.slice(0, Math.max(0, limit)).map(
      ({ item }): Disagreement => ({
        item,
        text: testTexts[item],
        label: test.labels[item],
        answers: all.map((answers) => ({ model: answers.model, choice: answers.choices[item], probability: answers.probabilities[item] })),
      }),
    ),
  };
}
