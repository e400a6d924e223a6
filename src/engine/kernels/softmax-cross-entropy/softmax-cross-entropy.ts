import type { Kernel } from '../../device/device';
import { batchLayout, batchWgsl } from '../batch/layout';
import { flatGrid, flatMainWgsl } from '../shared/grid';

/** Numbers that the loss leaves for each sentence in `outcomes`. */
export const outcomeFields = 2;

/**
 * Softmax, cross-entropy and its gradient towards the logits, of the mean over the batch. `outcomes` gets for each sentence its loss
 * and its predicted class (the first of equal ones); the host adds them up in float64, in order, whenever it reads them.
 */
export const softmaxCrossEntropy: Kernel = {
  name: 'softmax-cross-entropy',
  bindings: [
    { name: 'batch', type: 'u32', access: 'read' },
    { name: 'logits', type: 'f32', access: 'read' },
    { name: 'logitsGradient', type: 'f32', access: 'read_write' },
    { name: 'outcomes', type: 'f32', access: 'read_write' },
  ],
  params: [{ name: 'classes', type: 'u32' }],
  wgsl: /* wgsl */ `
// p = softmax(logits[s]); loss = -log p[label]; logitsGradient[s, c] = (p[c] - [c = label]) / sentences
${batchWgsl}
fn element(sentence: u32) {
  if (sentence >= step.sentences) {
    return;
  }
  let row = sentence * params.classes;
  var largest = logits[row];
  var predicted = 0u;
  for (var c = 1u; c < params.classes; c++) {
    if (logits[row + c] > largest) {
      largest = logits[row + c];
      predicted = c;
    }
  }
  var total = 0.0;
  for (var c = 0u; c < params.classes; c++) {
    total += exp(logits[row + c] - largest);
  }
  let label = batch[labelsStart() + sentence];
  for (var c = 0u; c < params.classes; c++) {
    let p = exp(logits[row + c] - largest) / total;
    logitsGradient[row + c] = (p - select(0.0, 1.0, c == label)) / f32(step.sentences);
  }
  let outcome = (step.sentenceOffset + sentence) * ${outcomeFields}u;
  outcomes[outcome] = log(total) - (logits[row + label] - largest);
  outcomes[outcome + 1u] = f32(predicted);
}
${flatMainWgsl}
`,
  workgroups: (_params, step) => flatGrid(step.sentences),
  cost: ({ classes }, { sentences }) => ({
    // The largest (1), exp and sum (3), again the probability and its gradient (5) a class; the loss a sentence (4).
    flops: sentences * (9 * classes + 4),
    bytes: 4 * sentences * (2 * classes + 1 + outcomeFields),
  }),
  cpu(buffers, params, step) {
    const { batch, logits, logitsGradient, outcomes } = buffers;
    const { classes } = params;
    const layout = batchLayout(step);
    for (let s = 0; s < step.sentences; s++) {
      const row = s * classes;
      let predicted = 0;
      for (let c = 1; c < classes; c++) {
        if (logits[row + c] > logits[row + predicted]) predicted = c;
      }
      const largest = logits[row + predicted];
      let total = 0;
      for (let c = 0; c < classes; c++) {
        total += Math.exp(logits[row + c] - largest);
      }
      const label = batch[layout.labels + s];
      for (let c = 0; c < classes; c++) {
        const p = Math.exp(logits[row + c] - largest) / total;
        logitsGradient[row + c] = (p - (c === label ? 1 : 0)) / step.sentences;
      }
      const outcome = (step.sentenceOffset + s) * outcomeFields;
      outcomes[outcome] = Math.log(total) - (logits[row + label] - largest);
      outcomes[outcome + 1] = predicted;
    }
  },
};
