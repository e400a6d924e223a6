/** Words that belong together, to be seen together. */
export interface Topic {
  id: string;
  label: string;
  /** Single lower-case words, none in two topics; the first are the ones to be labelled. */
  words: readonly string[];
}

/** The cloud's words. A table that lacks some is shown without them; the bundled one has all. */
export const topics: readonly Topic[] = [
  {
    id: 'animals',
    label: 'Animals',
    words:
      'dog lion whale cat horse cow pig sheep goat mouse tiger bear wolf fox elephant deer bird eagle fish shark snake frog bee butterfly'.split(
        ' ',
      ),
  },
  {
    id: 'food',
    label: 'Food',
    words:
      'bread coffee apple butter cheese milk egg meat beef pork rice pasta pizza soup salad sandwich cake chocolate sugar salt pepper potato tomato onion garlic banana orange'.split(
        ' ',
      ),
  },
  {
    id: 'countries',
    label: 'Countries',
    words:
      'france japan brazil germany italy spain england britain ireland scotland russia poland sweden norway denmark finland greece egypt iran iraq israel india china korea vietnam thailand australia'.split(
        ' ',
      ),
  },
  {
    id: 'numbers',
    label: 'Numbers',
    words:
      'one seven hundred two three four five six eight nine ten eleven twelve thirteen fourteen fifteen sixteen twenty thirty forty fifty thousand million billion zero'.split(
        ' ',
      ),
  },
  {
    id: 'feelings',
    label: 'Feelings',
    words:
      'joy fear anger love hate happy sad angry afraid proud hope grief delight pleasure shame guilt excited nervous anxious disgust surprise pride happiness passion regret'.split(
        ' ',
      ),
  },
  {
    id: 'body',
    label: 'Body',
    words:
      'heart knee hand head face eye ear nose mouth teeth tongue neck shoulder arm elbow wrist finger chest stomach leg ankle foot toe skin bone blood brain'.split(
        ' ',
      ),
  },
  {
    id: 'professions',
    label: 'Professions',
    words:
      'doctor teacher lawyer nurse judge engineer scientist artist writer author painter actor actress singer dancer chef cook waiter farmer soldier pilot driver carpenter banker accountant secretary journalist'.split(
        ' ',
      ),
  },
  {
    id: 'sports',
    label: 'Sports',
    words:
      'football tennis basketball soccer baseball golf hockey rugby cricket volleyball boxing wrestling swimming skiing skating cycling racing sailing athletics marathon bowling sport league championship tournament'.split(
        ' ',
      ),
  },
  {
    id: 'music',
    label: 'Music',
    words:
      'guitar piano opera music song rhythm violin drum orchestra choir band concert jazz pop symphony lyrics album chorus tune vocals composer soundtrack'.split(
        ' ',
      ),
  },
  {
    id: 'family',
    label: 'Family',
    words:
      'mother brother uncle family father mom dad parent parents son daughter sister aunt cousin nephew grandfather grandmother grandson husband wife baby child twins bride widow siblings'.split(
        ' ',
      ),
  },
];
