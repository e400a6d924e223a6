import type { ExperimentSpecification } from '../../../protocol/specification';
import type { Lesson } from './lesson';
import { shortExperiment } from './short-experiment';

/** Two methods that are close: what decides between them is mostly chance. */
const duel = (seeds: number[]): Partial<ExperimentSpecification> =>
  shortExperiment({ methods: ['low-rank', 'codebook'], rates: [0.9], seeds });

/** The same methods, one of them at this learning rate. */
const atRate = (learningRate: number): Partial<ExperimentSpecification> =>
  shortExperiment({
    methods: ['low-rank', 'pre-compressed'],
    rates: [0.9],
    seeds: [1],
    learningRates: { 'pre-compressed': [learningRate] },
  });

export const howToReadAComparison: Lesson = {
  id: 'how-to-read-a-comparison',
  title: 'How to read a comparison',
  line: 'Why one seed proves nothing, and what has to stand beside an accuracy.',
  minutes: 2,
  steps: [
    {
      title: 'One run, one winner',
      text: [
        'Two ways to remove nine tenths of the table, on the same sentences: low-rank factors against a codebook.',
        'The seed fixes which sentences are for training and for testing, the first weights, and the order of the batches.',
      ],
      piece: 'experiment',
      state: { specification: duel([1]) },
      task: 'Click Run. Write down which method has the higher test accuracy, and by how much.',
      question: 'May you now write that this method is the better one?',
      answer: 'Not yet. You have seen one drawing of the lot. Before you believe it, see what another drawing says.',
      run: { seconds: 1 },
    },
    {
      title: 'The same again, with another seed',
      text: ['Nothing changes but the seed: another split of the same sentences, other first weights, another order of the batches.'],
      piece: 'experiment',
      state: { specification: duel([2]) },
      task: 'Click Run again and write the two test accuracies beside those of before.',
      question: 'By how much did the full table’s own accuracy move, though nothing about the method changed?',
      answer:
        'Read it off your two rows. Outside this lab, the full table’s accuracy spread by 1.7 points over 8 seeds. A gain smaller than that, on one seed, says nothing.',
      source: 'Measured outside this lab, in PyTorch, on the bundled sentences.',
      run: { seconds: 1 },
    },
    {
      title: 'How much is chance',
      text: [
        'A test set of n sentences is a sample. An accuracy p that is measured on it has a standard error of the square root of p (1 − p) / n.',
        'For 84 % on 450 sentences that is 1.7 points, before anything about training is counted.',
      ],
      piece: 'experiment',
      state: { specification: duel([2]) },
      task: 'Find the sampling error of this run in the sentence below its conclusion.',
      question: 'How many test sentences would bring the error at 84 % down to half a point?',
      answer: '0.84 × 0.16 / 0.005² = 5,376. Half the error costs four times the sentences.',
    },
    {
      title: 'Compare in pairs',
      text: [
        'Use several seeds, and subtract within each: the method’s accuracy minus the full table’s of the same seed. Both had the same test sentences, so an easy or a hard split cancels out.',
        'Then look at the mean of the differences, and at how far they scatter.',
      ],
      piece: 'experiment',
      state: { specification: duel([1, 2, 3]) },
      task: 'Click Run with the seeds 1, 2, 3 and read the drops, seed by seed.',
      question: 'All three dots of a method are on the same side of zero. Is that proof?',
      answer:
        'No. With no true difference, three coins fall on one side in 2 of 8 throws. It is a hint; eight seeds, or twenty, are evidence.',
      run: { seconds: 2 },
    },
    {
      title: 'A rival that was held back',
      text: [
        'Each method needs a learning rate of its own. Here the pre-compressed table gets one that is ten times smaller than what suits it.',
        'Whoever tunes only the own method can beat anything this way, without one false figure.',
      ],
      piece: 'experiment',
      state: { specification: atRate(1e-3) },
      task: 'Click Run and write down the test accuracies of the two methods.',
      question: 'What in a paper’s table would have told you?',
      answer:
        'Nothing in the figures. The text must say from which learning rates each method chose, how many tries it had, and that the choice was made on validation.',
      run: { seconds: 1 },
    },
    {
      title: 'The same rival, at its own rate',
      text: [
        'Nothing changes but the learning rate of the pre-compressed table: 0.01 instead of 0.001. The low-rank factors do exactly what they did.',
        'In the Train room every method has a grid of its own, and as many tries as the others.',
      ],
      piece: 'experiment',
      state: { specification: atRate(1e-2) },
      task: 'Click Run and compare the test accuracies with what you wrote down.',
      question: 'What has to stand beside an accuracy, before you believe it?',
      answer:
        'How many seeds, and the spread over them. How large the test set is, and that it was read once. How every method’s learning rate was chosen. And the size in bytes, with everything counted.',
      run: { seconds: 1 },
    },
  ],
};
