import { laneStyle } from '../../../../charts/palette';
import { useScheme } from '../../../../charts/swatch';
import { Frame, HEIGHT, PAD, pathOf, WIDTH } from './frame';
import { annealed } from './mathematics';
import classes from './sketches.module.css';

const STEPS = 240;
const lanes = [
  { lane: 'a', schedule: 'fixed', rate: () => 1 },
  { lane: 'b', schedule: 'clr', rate: (step: number) => annealed(step, STEPS, 6, 0.1, 1, 3) },
  { lane: 'c', schedule: 'calr', rate: (step: number) => annealed(step, STEPS, 6, 0.1, 0.7, 3) },
];

/** Three schedules with one peak. */
export function RaceSketch() {
  const scheme = useScheme();
  return (
    <Frame>
      {lanes.map(({ lane, schedule, rate }) => {
        const style = laneStyle(lane, schedule);
        const points = Array.from({ length: STEPS + 1 }, (_, step): [number, number] => [
          PAD + (step / STEPS) * (WIDTH - 2 * PAD),
          HEIGHT - PAD - rate(step) * (HEIGHT - 2 * PAD),
        ]);
        return <path key={lane} d={pathOf(points)} stroke={style[scheme]} strokeDasharray={style.dash} className={classes.curve} />;
      })}
    </Frame>
  );
}
