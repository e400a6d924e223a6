import type { LearnSettings } from '../../../store/learn';
import type { Lesson } from './lesson';

const counting = (vocabulary: number, dimension: number, rank: number): { learn: { counting: LearnSettings['counting'] } } => ({
  learn: { counting: { vocabulary, dimension, rank } },
});

export const whatATableCosts: Lesson = {
  id: 'what-a-table-costs',
  title: 'What a table costs',
  line: 'Where the weight of a text classifier is, and how two thin tables stand in for a wide one.',
  minutes: 2,
  steps: [
    {
      title: 'A row for every word',
      text: [
        'A classifier reads numbers, not words. Its embedding table E has a row for each of the V words that it knows, and d numbers in each row: V × d numbers in all.',
        'Here V is 10,000 and d is 300. The rectangle E is that table.',
      ],
      piece: 'counting',
      state: counting(10_000, 300, 30),
      task: 'Move “Words, V” to its right end and read “The table, V d”.',
      question: 'A number takes 4 bytes. How large is the table with 10,000 words, and with a million?',
      answer: '10,000 × 300 × 4 bytes = 12 MB. With a million words it is a hundred times that: 1.2 GB.',
    },
    {
      title: 'Most of the model is the table',
      text: [
        'What comes above the table is small. The network of this lab averages a sentence’s word vectors, and takes the mean through 100 hidden units to two classes.',
        'That is 300 × 100 + 100 numbers for the hidden units, and 100 × 2 + 2 for the classes: 30,302.',
      ],
      piece: 'counting',
      state: counting(10_000, 300, 30),
      task: 'Compare these 30,302 numbers with “The table, V d”.',
      question: 'What share of the whole model is the table?',
      answer: '3,000,000 of 3,030,302 numbers: 99.0 %. Whoever wants a small model has to shrink the table.',
    },
    {
      title: 'Two thin tables instead of a wide one',
      text: [
        'Write the table as a product, E ≈ A B. A has a row for each word again, but only r numbers in it. B has r rows of d numbers, once for all words.',
        'So V r + r d numbers do the work of V d. The number r is called the rank.',
      ],
      piece: 'counting',
      state: counting(10_000, 300, 30),
      task: 'Move “Rank, r” and watch A grow wider, while B stays a hairline.',
      question: 'Why is B so thin in the drawing?',
      answer:
        'It has r rows where the table has V: 30 against 10,000, drawn to scale. Nearly all of the cost is A, and nearly all of the saving is that its rows are short.',
    },
    {
      title: 'Nine tenths gone',
      text: [
        'Of 10,000 × 300 numbers, rank 30 keeps 309,000: 89.7 % are gone.',
        'The share that is left is r / d + r / V. With many words the second part hardly counts, so what matters is how small r is beside d.',
      ],
      piece: 'counting',
      state: counting(10_000, 300, 30),
      task: 'Find the largest “Rank, r” at which “Removed” is 90 % or more.',
      question: 'Which rank is it, and why not 30?',
      answer:
        'Rank 29. Each rank costs V + d = 10,300 numbers, and 90 % leaves 300,000 to spend: enough for 29 times, not for 30. The lab always shows the share that is reached, not the one that was asked for.',
    },
    {
      title: 'Where it stops to pay',
      text: ['Each rank costs V + d numbers. With enough of them, the two factors are larger than the table that they replace.'],
      piece: 'counting',
      state: counting(10_000, 300, 280),
      task: 'Move “Rank, r” up until “Removed” turns into “Added”.',
      question: 'From which rank on are the factors larger than the table?',
      answer:
        'From 292 on: V d / (V + d) = 3,000,000 / 10,300 = 291.3. So small ranks save a lot. What they lose is the next lesson’s subject.',
    },
  ],
};
