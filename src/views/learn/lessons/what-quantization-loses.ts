import type { Lesson } from './lesson';
import { shortExperiment } from './short-experiment';

export const whatQuantizationLoses: Lesson = {
  id: 'what-quantization-loses',
  title: 'What quantization loses',
  line: 'The rival idea: keep every number, but write each one more coarsely.',
  minutes: 2,
  steps: [
    {
      title: 'Three numbers become one',
      text: [
        'Instead of fewer numbers, store coarser ones. A codebook of K values replaces each number by the nearest of them; then a number costs log2 K bits instead of 32.',
        'Here are seven numbers and a codebook of two values.',
      ],
      piece: 'number-line',
      state: {
        learn: { numberLine: { values: [12, 15, 18, 75, 75, 83, 87], quantizer: 'codebook', levels: 2, probes: [75, 83, 87] } },
      },
      task: 'See where 75, 83 and 87 go.',
      question: 'Which value do they share, and why that one?',
      answer:
        '80, the mean of 75, 75, 83 and 87: no other single value has a smaller sum of squared errors. What told 75 from 87 is gone for good.',
    },
    {
      title: 'Levels from end to end',
      text: [
        'Now the real table. The simplest way takes its smallest and its largest value and puts the levels between them at equal distances: min-max.',
        'Eight levels are three bits a number.',
      ],
      piece: 'number-line',
      state: { learn: { numberLine: { values: 'table', quantizer: 'min-max', levels: 8, probes: [] } } },
      task: 'Look at where the levels are, and where most values of the histogram are.',
      question: 'What do the outermost levels do?',
      answer:
        'Very little: hardly any value is out there. A few extreme values decide the range, and everybody else shares the levels that are left.',
    },
    {
      title: 'Give up the ends',
      text: [
        'One can clip: choose a narrower range, so that the squared error is least (least squares, or mse), and let the few values beyond it take the outermost level.',
        'The levels are closer together where the values are.',
      ],
      piece: 'number-line',
      state: { learn: { numberLine: { values: 'table', quantizer: 'mse', levels: 8, probes: [] } } },
      task: 'Compare the errors of “Even levels, min-max” and of “Even levels, least squares”.',
      question: 'Can least squares have a larger error than min-max, with as many levels?',
      answer:
        'In squared error no: the whole range is among the ranges that it may choose. A comparison with min-max alone would flatter low rank; so this lab runs the strong quantizers too.',
    },
    {
      title: 'Levels wherever they help',
      text: [
        'Levels need not be at equal distances. A codebook puts its values wherever the squared error is smallest: close together in the middle, far apart outside.',
        'In one dimension the best codebook can be computed exactly.',
      ],
      piece: 'number-line',
      state: { learn: { numberLine: { values: 'table', quantizer: 'codebook', levels: 8, probes: [] } } },
      task: 'Compare its levels and its error with those of “Even levels, least squares”.',
      question: 'What does a codebook have to store that equally spaced levels need not?',
      answer:
        'Its K values. Equally spaced levels need two numbers, a scale and a zero point. Either is little beside a whole table, but the lab counts both.',
    },
    {
      title: 'The floor',
      text: [
        'Fewer levels, fewer bits. With two levels a number is one bit, and that is the end: a number can’t have less than one bit of its own.',
        'Low rank has no such floor, since it stores fewer numbers.',
      ],
      piece: 'number-line',
      state: { learn: { numberLine: { values: 'table', quantizer: 'mse', levels: 2, probes: [] } } },
      task: 'Move “Levels” from 2 to 4, 8 and 16, and watch the error.',
      question: 'Which share of a 32-bit table can quantization remove at most?',
      answer:
        '1 − 1/32 = 96.9 %. Beyond that this lab draws no quantizer and says why. The two ideas also combine: quantize the factors, and what is left multiplies.',
    },
    {
      title: 'Both ideas on real sentences',
      text: [
        'At 95 % a quantizer has three levels a number, while low rank keeps 32 bits of a few numbers.',
        'Outside this lab, after a full training at 95 %: min-max 50.4 %, which is guessing; mse 82.7 %, codebook 82.5 %, low rank 82.8 %; the full table 84.2 %.',
      ],
      piece: 'experiment',
      state: {
        specification: shortExperiment({
          methods: ['low-rank', 'quantized-min-max', 'quantized-mse', 'codebook'],
          rates: [0.95],
          seeds: [1],
        }),
      },
      task: 'Click Run and compare the validation accuracies in the table.',
      question: 'Which rival would you show, if you wanted low rank to look good?',
      answer:
        'Min-max, and that would be unfair: it fails for want of clipping, not for want of bits. In the long runs the best quantizers were level with low rank at 95 %, and lost by about a point at 90 %.',
      source: 'Measured outside this lab, in PyTorch, on the bundled sentences: mean test accuracy over 8 seeds.',
      run: { seconds: 1 },
    },
  ],
};
