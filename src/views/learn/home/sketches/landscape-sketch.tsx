import { scheduleStyle } from '../../../../charts/palette';
import { useScheme } from '../../../../charts/swatch';
import { Frame, HEIGHT, PAD, pathOf, WIDTH } from './frame';
import { annealed, descend, rugged } from './mathematics';
import classes from './sketches.module.css';

const pits = [
  { at: 0.36, depth: 1, width: 0.17 },
  { at: -0.78, depth: 0.42, width: 0.06 },
  { at: -0.5, depth: 0.5, width: 0.07 },
  { at: -0.2, depth: 0.4, width: 0.06 },
  { at: 0.8, depth: 0.42, width: 0.055 },
];
const at = (x: number) => rugged(x, pits);
const STEPS = 60;
const rates = Array.from({ length: STEPS }, (_, step) => 0.06 * annealed(step, STEPS, 6, 0.1, 0.7, 6));
const walk = descend(-0.92, rates, (x) => at(x).slope);
const samples = Array.from({ length: 161 }, (_, i) => -1 + i / 80);
const heights = samples.map((x) => at(x).height);
const [low, high] = [Math.min(...heights), Math.max(...heights)];
const place = (x: number): [number, number] => [
  PAD + ((x + 1) / 2) * (WIDTH - 2 * PAD),
  PAD + ((high - at(x).height) / (high - low)) * (HEIGHT - 2 * PAD - 6),
];

/** A ball's gradient steps over a rugged line, under the annealed schedule. */
export function LandscapeSketch() {
  const color = scheduleStyle('calr')[useScheme()];
  const [x, y] = place(walk[STEPS]);
  return (
    <Frame>
      <path d={pathOf(samples.map(place))} className={classes.stroke} />
      {walk.map((position, i) => {
        const [cx, cy] = place(position);
        // biome-ignore lint/suspicious/noArrayIndexKey: steps have no other name than their place
        return <circle key={i} cx={cx} cy={cy - 6} r={2.2} fill={color} fillOpacity={0.45} />;
      })}
      <circle cx={x} cy={y - 7} r={6} fill={color} />
    </Frame>
  );
}
