import { howToReadAComparison } from './how-to-read-a-comparison';
import type { Lesson } from './lesson';
import { whatATableCosts } from './what-a-table-costs';
import { whatQuantizationLoses } from './what-quantization-loses';
import { whatTheSvdKeeps } from './what-the-svd-keeps';
import { whyCyclesWhyAnnealing } from './why-cycles-why-annealing';
import { whyTrainTheFactors } from './why-train-the-factors';

/** The lessons, in the order in which they build on each other. */
export const lessons: readonly Lesson[] = [
  whatATableCosts,
  whatTheSvdKeeps,
  whyTrainTheFactors,
  whatQuantizationLoses,
  whyCyclesWhyAnnealing,
  howToReadAComparison,
];

export function findLesson(id: string): Lesson | undefined {
  return lessons.find((lesson) => lesson.id === id);
}
