import type { Lesson } from './lesson';
import { shortExperiment } from './short-experiment';

const outside = 'Measured outside this lab, in PyTorch, on the bundled sentences: mean test accuracy over 8 seeds, after a full training.';

export const whyTrainTheFactors: Lesson = {
  id: 'why-train-the-factors',
  title: 'Why train the factors',
  line: 'What the cut takes, and what a little more training gives back.',
  minutes: 3,
  steps: [
    {
      title: 'Train, cut, train on',
      text: [
        'The paper’s method has three phases. Train the classifier with the full table; cut the trained table to rank r by the SVD; then train the two factors and the network on, together.',
        'Run does all of it, with real sentences, in this tab.',
      ],
      piece: 'experiment',
      state: { specification: shortExperiment({ methods: ['low-rank'], rates: [0.9], seeds: [1] }) },
      task: 'Click Run and watch the two lines of the validation accuracy.',
      question: 'Why does the line of the low-rank factors begin so late?',
      answer:
        'Phase 1 is the full table’s own training: its first two thirds. Both methods share it. The second line begins where the factors begin to train, with the last third of the same budget.',
      run: { seconds: 1 },
    },
    {
      title: 'What the cut takes',
      text: [
        'The accuracy right after the SVD, before any retraining, is a result of its own. The harder the cut, the deeper it falls.',
        'In a longer training outside this lab, a cut of 95 % took the accuracy from 84.2 % to 76.9 %; retraining brought it to 82.8 %.',
      ],
      piece: 'experiment',
      state: { specification: shortExperiment({ methods: ['low-rank'], rates: [0.95], seeds: [1] }) },
      task: 'Click Run, now at 95 %, and read “Before and after retraining”.',
      question: 'The truncated SVD is the closest table of its rank. Why does accuracy fall all the same?',
      answer:
        'It is closest in squared distance over all words and directions. The classifier doesn’t care for all of them alike, and the network above was trained for the table that was there before.',
      source: outside,
      run: { seconds: 1 },
    },
    {
      title: 'What training gives back',
      text: [
        'In phase 3 everything moves: A, B and the network above. The rank stays what it is, so the table doesn’t grow by a byte.',
        'The factors find other directions than those of the SVD, directions that this task needs.',
      ],
      piece: 'experiment',
      state: { specification: shortExperiment({ methods: ['low-rank'], rates: [0.95], seeds: [1] }) },
      task: 'Compare “right after the SVD” with “after retraining”.',
      question: 'Could the small table end up better than the full one?',
      answer:
        'It can. Outside this lab, at 90 %, the factors reached 84.6 % where the full table had 84.2 %. But that difference is far smaller than the spread over the seeds, 1.7 points: call it a tie.',
      source: outside,
    },
    {
      title: 'The other order',
      text: [
        'One could cut first: take the SVD of the pretrained table, keep r numbers a word, and train the classifier on those. The lab calls this pre-compressed.',
        'It costs less work, since the full table is never trained.',
      ],
      piece: 'experiment',
      state: { specification: shortExperiment({ methods: ['low-rank', 'pre-compressed'], rates: [0.9], seeds: [1] }) },
      task: 'Click Run and compare both methods’ “Validation” in the table.',
      question: 'What does an SVD after training know that one before training can’t know?',
      answer:
        'The task. Phase 1 has moved the table towards what the labels need, and the SVD cuts that table. Outside this lab, at 90 %: 84.6 % against 82.7 %. A single short run may well show the opposite; lesson 6 says why.',
      source: outside,
      run: { seconds: 1 },
    },
    {
      title: 'One budget for all',
      text: [
        'A comparison is only worth something if every method has the same sentences, the same seed and the same number of epochs.',
        'Each also has learning rates of its own, and as many tries as the others; validation chooses, test is read once.',
      ],
      piece: 'experiment',
      state: { specification: shortExperiment({ methods: ['low-rank', 'pre-compressed'], rates: [0.9], seeds: [1] }) },
      task: 'See that all lines of the validation accuracy end at the same epoch.',
      question: 'The low-rank way has three phases. Is it trained for longer?',
      answer:
        'No. Its N epochs are shared out: the first two thirds, rounded up, are phase 1; phase 3 has the rest, and its schedule begins anew.',
    },
  ],
};
