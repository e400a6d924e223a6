import { writeFileSync } from 'node:fs';
import type { ScheduleDescription } from '../protocol/catalogue';
import type { Lab } from '../protocol/lab';
import { defaultLandscape, type LandscapeOutput, type LandscapeSpecification, type SurfaceDescription } from '../protocol/landscape';
import { laneIds, laneLetters } from '../protocol/lanes';
import { checkOutput, outputPath } from './files';
import type { LandscapeFlags } from './landscape-flags';
import { badFlag } from './options';
import { chosen } from './specification';
import type { Terminal } from './terminal';

function number(flag: string, text: string): number {
  const value = Number(text);
  if (text.trim() === '' || !Number.isFinite(value)) throw badFlag(`--${flag} ${text}: a number is needed.`);
  return value;
}

/** One lane as it is typed: `calr@0.4:floor=0.02:cycles=6`. */
function lane(written: string, index: number, schedules: ScheduleDescription[]): LandscapeSpecification['lanes'][number] {
  const [head, ...settings] = written.split(':');
  const [name, peak, ...rest] = head.split('@');
  if (peak === undefined || rest.length > 0) {
    throw badFlag(`--lanes ${written}: SCHEDULE@PEAK is needed, such as clr@0.4 or calr@0.4:cycles=6.`);
  }
  const parameters = settings.map((setting): [string, number] => {
    const [parameter, value, ...more] = setting.split('=');
    if (value === undefined || more.length > 0) throw badFlag(`--lanes ${written}: NAME=NUMBER is needed in place of ${setting}.`);
    return [parameter, number('lanes', value)];
  });
  return {
    id: laneIds[index] ?? '',
    schedule: { id: chosen('schedule', name, schedules, ''), parameters: Object.fromEntries(parameters) },
    peak: number('lanes', peak),
  };
}

/**
 * The landscape that the flags ask for; what they don't say is the default's.
 *
 * @throws LabError `bad-specification`, naming the flag
 */
export function specifyLandscape(
  flags: LandscapeFlags,
  surfaces: SurfaceDescription[],
  schedules: ScheduleDescription[],
): LandscapeSpecification {
  const usual = defaultLandscape;
  const surface = chosen('surface', flags.surface, surfaces, usual.surface);
  const possible = surfaces.find(({ id }) => id === surface)?.dimensions ?? [];
  const wanted = flags.dimensions === undefined ? possible[0] : number('dimensions', flags.dimensions);
  const dimensions = possible.find((candidate) => candidate === wanted);
  if (dimensions === undefined) throw badFlag(`--dimensions ${flags.dimensions}: the surface ${surface} has ${possible.join(' or ')}.`);
  const lanes = flags.lanes?.split(',');
  if (lanes && lanes.length > laneIds.length)
    throw badFlag(`--lanes: there are ${lanes.length}, and at most ${laneIds.length} are walked.`);
  return {
    dimensions,
    surface,
    seed: flags.seed === undefined ? usual.seed : number('seed', flags.seed),
    lanes: lanes?.map((written, index) => lane(written.trim(), index, schedules)) ?? usual.lanes,
    steps: flags.steps === undefined ? usual.steps : number('steps', flags.steps),
    start: flags.start?.split(',').map((coordinate) => number('start', coordinate)) ?? Array(dimensions).fill(usual.start[0]),
    noise: flags.noise === undefined ? usual.noise : number('noise', flags.noise),
  };
}

const place = (position: readonly number[]) => position.map((value) => value.toFixed(4)).join(', ');
const percent = (share: number) => `${(100 * share).toFixed(1)} %`;

/** Valleys, where each lane ends, and the shares, as text. */
export function landscapeText({ specification, valleys, runs, shares }: LandscapeOutput): string {
  const { dimensions, steps } = specification;
  return [
    `Valleys of ${specification.surface} in ${dimensions} dimension${dimensions === 1 ? '' : 's'}, deepest first:`,
    ...valleys.map(({ position, height }, i) => `  ${String(i + 1).padStart(2)}  at ${place(position)}  height ${height.toFixed(4)}`),
    '',
    `From ${place(specification.start)}, after ${steps} steps:`,
    ...runs.map(
      ({ lane, positions, heights, valley }, i) =>
        `  ${laneLetters[lane]}  ${specification.lanes[i].schedule.id} at ${specification.lanes[i].peak}: at ${place(positions.slice(-dimensions))}, ` +
        `height ${heights[steps].toFixed(4)}, in valley ${valley + 1}`,
    ),
    '',
    `Of ${shares.starts.toLocaleString('en')} random starts, in the deepest valley (95 % interval):`,
    ...shares.lanes.map(
      ({ lane, deepest, interval, meanHeight }) =>
        `  ${laneLetters[lane]}  ${percent(deepest)} (${percent(interval[0])} to ${percent(interval[1])}), mean final height ${meanHeight.toFixed(4)}`,
    ),
  ].join('\n');
}

/**
 * Walks the landscape that the flags ask for, prints valleys, ends and shares, and writes them where `--out` says.
 *
 * @throws LabError where a flag can't be used
 */
export async function runLandscape(
  lab: Lab,
  schedules: ScheduleDescription[],
  { flags, out }: { flags: LandscapeFlags; out?: string },
  { progress, print }: Terminal,
): Promise<void> {
  const specification = specifyLandscape(flags, await lab.landscapeSurfaces(), schedules);
  if (out !== undefined) checkOutput(out);
  const { valleys, runs } = await lab.landscape(specification);
  const output: LandscapeOutput = { specification, valleys, runs, shares: await lab.landscapeShares(specification) };
  print(landscapeText(output));
  if (out === undefined) return;
  const path = outputPath(out);
  writeFileSync(path, `${JSON.stringify(output, null, 2)}\n`);
  progress.say(`Written to ${path}`);
}
