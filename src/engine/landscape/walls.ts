/**
 * Where a step ends that would leave [-1, 1]: it bounces off the wall as light off a mirror, as often as it has to. So a ball stays in
 * whatever the learning rate is, and lands where the length of its step says.
 *
 * @param x any finite number
 */
export function reflect(x: number): number {
  if (x >= -1 && x <= 1) return x;
  // A triangle wave of period 4 that is the identity on [-1, 1].
  const phase = (((x + 1) % 4) + 4) % 4;
  return phase <= 2 ? phase - 1 : 3 - phase;
}
