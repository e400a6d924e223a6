import { type Profile, profilePhases } from '../protocol/profile';
import { drawTable } from './table';

/** How the steps were told apart, in a sentence. */
const timings: Readonly<Record<Profile['stepTiming'], string>> = {
  kernels: 'Forward, backward and update by the clock of the host, which runs the kernels itself.',
  timestamps: 'Forward, backward and update by the GPU’s own clock.',
  waiting: 'This device does not tell forward, backward and update apart: training steps are the time that the host waited for them.',
};

/** Where the time went, as a table: a line a phase that took any, in seconds and per cent of the wall time; then what a step costs. */
export function profileTable({ wallMs, phases, stepTiming, steps }: Profile): string {
  const line = (label: string, milliseconds: number) => [
    label,
    (milliseconds / 1000).toFixed(3),
    (wallMs > 0 ? (100 * milliseconds) / wallMs : 0).toFixed(1),
  ];
  const lines = profilePhases.filter(({ id }) => phases[id] > 0).map(({ id, label }) => line(label, phases[id]));
  const table = drawTable(['Where the time went', 'Seconds', '%'], [...lines, line('Together', wallMs)]);
  return [table, timings[stepTiming], stepLine(steps)].filter((text) => text !== null).join('\n');
}

function stepLine({ count, firstMs, laterMs }: Profile['steps']): string | null {
  if (firstMs === null) return null;
  const first = `${count} training steps; the first took ${firstMs.toFixed(1)} ms, what was compiled for it included`;
  return laterMs === null
    ? `${first}.`
    : `${first}, the later ones ${laterMs.toFixed(2)} ms on average: ${(1000 / laterMs).toFixed(0)} steps a second.`;
}
