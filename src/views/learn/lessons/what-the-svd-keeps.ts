import type { Lesson } from './lesson';

export const whatTheSvdKeeps: Lesson = {
  id: 'what-the-svd-keeps',
  title: 'What the SVD keeps',
  line: 'How to drop directions so that as little as possible is lost, and why that is not yet enough.',
  minutes: 3,
  steps: [
    {
      title: 'Words are points',
      text: [
        'A row of d numbers is a point in d dimensions. Words that are used alike lie near each other.',
        'Nobody sees a hundred dimensions. The cloud shows a few hundred words of the loaded table in three.',
      ],
      piece: 'projection',
      state: { learn: { projection: { tilt: [40, 35] } } },
      task: 'Turn the cloud and look for words of one topic that lie together.',
      question: 'Does the cloud show all that the table says of these words?',
      answer:
        'No: three directions of d. Words that look close here may be far apart in a direction that isn’t drawn. The piece says what share the three keep.',
    },
    {
      title: 'A shadow on a plane',
      text: [
        'Lay a plane through the middle of the cloud and drop every word straight onto it. Then two numbers say where a word is, instead of three.',
        'What a word loses is its distance to the plane.',
      ],
      piece: 'projection',
      state: { learn: { projection: { tilt: [0, 0] } } },
      task: 'Move “Azimuth” and “Elevation” until “Your plane” loses as little as you can make it.',
      question: 'What is lost of a word that lies in the plane already?',
      answer: 'Nothing. A good plane passes close to many words: it is long where the cloud is long, and the cloud is thin across it.',
    },
    {
      title: 'The best plane there is',
      text: [
        'The singular-value decomposition, SVD for short, finds the plane that loses least: the smallest sum of squared distances.',
        'This is a theorem. However one tilts, no plane is closer (Eckart and Young, 1936).',
      ],
      piece: 'projection',
      state: {},
      task: 'Compare “Your plane” with “The SVD’s plane”. Then click “Take the SVD’s plane”.',
      question: 'Can you beat it by hand?',
      answer:
        'No, at best you are level. The same holds for every rank: no table of rank r is closer to E than its truncated SVD, and the two factors A and B come from there.',
    },
    {
      title: 'From d directions to r',
      text: [
        'The whole table has d directions. The SVD sorts them: the first singular value belongs to the direction that holds most, the last to the one that holds least. Rank r keeps the first r.',
        'Retained energy is the share that is kept, counted in squares.',
      ],
      piece: 'rank',
      state: { learn: { projection: { word: 'cat', rank: 100 } } },
      task: 'Move “Rank, r” down to 30 and read “Energy that stays”.',
      question: 'Can three tenths of the directions keep less than three tenths of the energy?',
      answer: 'Never, since the largest come first. How much more they keep depends on how fast the singular values fall.',
    },
    {
      title: 'Neighbours fall apart',
      text: [
        'Energy is a number; neighbours can be read. The ten nearest words say what the table still knows of a word.',
        'At a small rank many words share almost the same few numbers, and the table can’t tell them apart.',
      ],
      piece: 'rank',
      state: { learn: { projection: { word: 'cat', rank: 100 } } },
      task: 'Move “Rank, r” to 30, then 9, then 3, and read the neighbours of “cat” each time.',
      question: 'At which rank do the neighbours stop making sense to you?',
      answer:
        'There is no one right answer, and that is the point: it depends on what the table is for. Fine distinctions sit in small directions and go first.',
    },
    {
      title: 'Large is not the same as useful',
      text: [
        'The SVD keeps what is large in the table. What a task needs may be small in it: “positive” and “negative” stand in the same places of a sentence, and so have similar vectors.',
      ],
      piece: 'rank',
      state: { learn: { projection: { word: 'positive', rank: 100 } } },
      task: 'Look for “negative” among the neighbours of “positive”, at the full rank and at 9.',
      question: 'If 95 % of the energy is kept, are 95 % of the accuracy safe?',
      answer:
        'No. Energy measures distance between tables, not what a classifier reads off them. So the paper trains first, cuts then, and trains on: the next lesson.',
    },
  ],
};
