import type { LaneRate } from '../../../protocol/race';
import { watchSeconds } from '../../../store/race/race';
import type { Lesson, LessonStep } from './lesson';

const rate = (id: string, peak: number, parameters: Record<string, number> = {}): LaneRate => ({ schedule: { id, parameters }, peak });

/** The same lane has the same letter, and so the same line, in every step. */
const ball = {
  fixed: { id: 'a', ...rate('fixed', 0.01) },
  clr: { id: 'b', ...rate('clr', 0.4, { floor: 0.02, cycles: 6 }) },
  calr: { id: 'c', ...rate('calr', 0.4, { floor: 0.02, cycles: 6, restartCycles: 6 }) },
};

/**
 * From this start, on this surface, the three end in three different valleys, the cyclical one after it leapt out of the deepest; the lesson goes on to
 * say that this proves nothing.
 */
const landscape = (...lanes: (keyof typeof ball)[]): LessonStep['state'] => ({
  learn: {
    landscape: {
      dimensions: 1,
      surface: 'wide-valley',
      seed: 1,
      steps: 240,
      start: [-0.82],
      noise: 0,
      lanes: lanes.map((lane) => ball[lane]),
    },
  },
});

/** Three schedules of one peak on one model. */
const race = (optimizer: string, peak: number): LessonStep['state'] => ({
  race: {
    optimizer,
    rate: 0.9,
    epochs: 4,
    seeds: [1],
    lanes: ['fixed', 'clr', 'calr'].map((schedule, i) => ({ id: 'abc'[i], segments: [{ fromStep: 0, ...rate(schedule, peak) }] })),
  },
  watched: true,
});

export const whyCyclesWhyAnnealing: Lesson = {
  id: 'why-cycles-why-annealing',
  title: 'Why cycles, why annealing',
  line: 'What a learning rate that rises and falls can do, shown on a ball and then on a real model.',
  minutes: 3,
  steps: [
    {
      title: 'A ball that leaps',
      text: [
        'Training goes downhill: each step moves the weights against the slope, by the learning rate times the slope. The curve stands for the loss, the ball for the weights.',
        'With a fixed small rate the ball rolls into the first basin that it meets.',
      ],
      piece: 'landscape',
      state: landscape('fixed'),
      task: 'Click “Play” and see in which valley the ball comes to rest.',
      question: 'Why can’t it leave that valley again?',
      answer: 'Every step is smaller than the valley is wide, and at its bottom the slope is zero: nothing moves it any more.',
    },
    {
      title: 'Up and down again',
      text: [
        'A cyclical rate rises and falls (Smith, 2017). At its peak the steps are long, and the ball can leap over a ridge. As the rate falls, it settles.',
        'Then the next cycle begins, with the same peak.',
      ],
      piece: 'landscape',
      state: landscape('fixed', 'clr'),
      task: 'Click “Play” and follow ball B, and see in which valley it is before the last peak, and in which after it.',
      question: 'Suppose the ball is in the deepest valley when the next peak comes. What then?',
      answer: 'It may leap out again. The peak that carried it out of a poor valley carries it out of a good one just as well.',
    },
    {
      title: 'Each peak lower than the last',
      text: [
        'The cyclically annealed rate lets each peak reach only 0.7 of the height of the one before: explore first, settle later. The paper pumps it back up after some cycles; here it only falls.',
        'This is the schedule of the paper.',
      ],
      piece: 'landscape',
      state: landscape('fixed', 'clr', 'calr'),
      task: 'Click “Play” and compare under “This walk” in which valleys the three end.',
      question: 'With which settings would the annealed schedule be the plain cyclical one?',
      answer:
        'With an annealing factor of 1: then no peak is lower than the last. With a factor of 1/2 and no restart it is Smith’s “triangular2”.',
    },
    {
      title: 'Luck, or a rule?',
      text: [
        'One ball from one start proves nothing: from another start, or on another surface, another schedule may win.',
        'So let a thousand balls start at random, the same thousand for each schedule, and count how many end in the deepest valley.',
      ],
      piece: 'landscape',
      state: landscape('fixed', 'clr', 'calr'),
      task: 'Compare the shares “From 1,000 random starts”. Then choose another “Surface” and compare them again.',
      question: 'Is the annealed schedule the best on every surface?',
      answer:
        'No. Where the deepest valley is narrow, a long step can’t stay in it, and annealing settles in a wide one. The ball explains the idea; it doesn’t prove it.',
    },
    {
      title: 'On the real model',
      text: [
        'Now the same three schedules train the same two factors of the real table: same first weights, same batches, same peak, in lockstep.',
        'The learning rates are drawn as they are spent, never smoothed.',
      ],
      piece: 'race',
      state: race('adam', 0.001),
      task: 'Click “Start race” and compare the three lanes’ losses and accuracies.',
      question: 'Is the difference at the end more than chance?',
      answer:
        'With one seed nobody can say. Outside this lab, at a well-chosen rate, the annealed, the cyclical and the plainly decaying schedule could not be told apart with 5 seeds.',
      source: 'Measured outside this lab, in PyTorch, on the bundled sentences, 5 seeds.',
      run: { seconds: watchSeconds },
    },
    {
      title: 'Where schedules do differ',
      text: [
        'Set the rate too high, and the schedules part. A fixed rate stays too high to the end; one that falls still comes to rest.',
        'Outside this lab, with a rate set too high: fixed 64 %, cyclical 79 to 82 %, annealed 82 %, cosine 83 %.',
      ],
      piece: 'race',
      state: race('adam', 0.05),
      task: 'Click “Start race”, now at fifty times the rate. Then move a lane’s “Peak rate” further up, until its training breaks.',
      question: 'What does a schedule that falls buy you in practice?',
      answer:
        'Room for error: it forgives a rate that was set too high. Any decay does that, not only cycles. With plain SGD every schedule beat the fixed rate, by 1 to 2.5 points.',
      source: 'Measured outside this lab, in PyTorch, on the bundled sentences, 5 seeds.',
      run: { seconds: watchSeconds },
    },
  ],
};
