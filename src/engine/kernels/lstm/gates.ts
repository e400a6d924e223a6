/** Most hidden units of a direction: two states of them fit the 16 KiB of workgroup memory that every device has. */
export const mostHiddenUnits = 1024;

/** Invocations that share a sentence's recurrence; each has every 128th unit. */
export const lstmWorkgroup = 128;

/** Where no time step gave a pooled value: the sentence is empty. */
export const noToken = 0xffffffff;

/** Ways to make a sentence's vector of its states: the last one, or the largest value of each unit over time. */
export const poolings = { last: 0, max: 1 } as const;

/** Fields of `params` that both directions of the recurrence's kernels have. */
export const lstmParams = [
  /** H. */
  { name: 'hidden', type: 'u32' },
  /** 1: reads each sentence from its end. */
  { name: 'backwards', type: 'u32' },
  /** One of `poolings`. */
  { name: 'pooling', type: 'u32' },
  /** Width of the output, over both directions, and where this direction's part of it begins. */
  { name: 'outputWidth', type: 'u32' },
  { name: 'outputOffset', type: 'u32' },
] as const;

/** exp overflows where the sigmoid is long flat; WGSL may assume that nothing does. tanh by way of it, since drivers differ in theirs. */
export const gatesWgsl = /* wgsl */ `
fn sigmoid(x: f32) -> f32 { return 1.0 / (1.0 + exp(-clamp(x, -40.0, 40.0))); }
fn squash(x: f32) -> f32 { return 2.0 * sigmoid(2.0 * x) - 1.0; }
`;

export function sigmoid(x: number): number {
  return 1 / (1 + Math.exp(-x));
}

/** Operations of a unit and time step, in the order of the formulas: a sigmoid takes 3, a tanh by way of it 6. */
export const gateFlops = 3 * 3 + 6;
/** c = f c + i g, and h = o tanh(c). */
export const cellFlops = 3 + 6 + 1;
/** tanh(c), dc (5), dc f, and the gradients of i, f, g, o (4, 4, 4 and 4), and their sum with the output's own. */
export const backwardFlops = 6 + 5 + 1 + 16;
