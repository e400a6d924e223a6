import type { ParameterDescription, ScheduleDescription } from '../../protocol/catalogue';
import type { ScheduleSpecification } from '../../protocol/specification';

const parameter = (
  name: string,
  label: string,
  help: string,
  [value, minimum, maximum, step]: [number, number, number, number],
  integer = false,
): ParameterDescription => ({ name, label, help, default: value, minimum, maximum, step, integer });

const cycles = parameter('cycles', 'Cycles', 'How many times the rate rises and falls over the budget.', [6, 1, 20, 1], true);
const floor = parameter('floor', 'Floor', 'The lowest rate, as a share of the peak.', [0.1, 0, 1, 0.01]);
const gamma = parameter('gamma', 'Decay', 'What each cycle keeps of the peak before it.', [0.7, 0.1, 1, 0.01]);
const restart = parameter('restartCycles', 'Restart after', 'Cycles after which the peak is pumped back up.', [3, 1, 20, 1], true);
const warmup = parameter('warmup', 'Warm-up', 'Steps over which the rate is raised from zero at the start.', [0, 0, 1000, 1], true);

const describe = (id: string, label: string, help: string, parameters: ParameterDescription[]): ScheduleDescription => ({
  id,
  label,
  short: /\(([^)]+)\)/.exec(label)?.[1] ?? label,
  help,
  parameters: [...parameters, warmup],
});

export const fakeSchedules: ScheduleDescription[] = [
  describe('calr', 'Cyclically annealed (CALR)', 'Cycles that rise less high each time, until the peak is pumped back up.', [
    cycles,
    floor,
    gamma,
    restart,
  ]),
  describe('clr', 'Cyclical (CLR)', 'The rate rises and falls in equal triangles.', [cycles, floor]),
  describe('fixed', 'Fixed', 'One rate from the first step to the last.', []),
  describe('linear', 'Linear decay', 'Falls evenly to zero.', []),
  describe('cosine', 'Cosine decay', 'Falls slowly, then fast, then slowly.', []),
];

/** lr(t) of a schedule with peak 1, near enough to the real ones for a screen. */
export function fakeRate({ id, parameters }: ScheduleSpecification, totalSteps: number): (step: number) => number {
  const known = fakeSchedules.find((schedule) => schedule.id === id)?.parameters ?? [];
  const value = (name: string) => parameters[name] ?? known.find((entry) => entry.name === name)?.default ?? 0;
  const half = Math.max(1, totalSteps / (2 * value('cycles')));
  const base = (t: number) => {
    const cycle = Math.floor(t / (2 * half));
    const height = Math.max(0, 1 - Math.abs(t / half - 2 * cycle - 1));
    const low = value('floor');
    if (id === 'calr') return low + (1 - low) * height * value('gamma') ** (cycle % value('restartCycles'));
    if (id === 'clr') return low + (1 - low) * height;
    if (id === 'linear') return 1 - t / totalSteps;
    if (id === 'cosine') return 0.5 * (1 + Math.cos((Math.PI * t) / totalSteps));
    return 1;
  };
  const w = value('warmup');
  return (t) => base(t) * (w === 0 ? 1 : Math.min(1, (t + 1) / w));
}
