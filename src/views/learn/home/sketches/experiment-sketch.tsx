import { styleOf } from '../../../../charts/palette';
import { useScheme } from '../../../../charts/swatch';
import { Frame, HEIGHT, PAD, pathOf, WIDTH } from './frame';
import { annealed } from './mathematics';
import classes from './sketches.module.css';

const STEPS = 240;
/** Phase 1 is the first two thirds of the full table's training; phase 3 has the rest. */
const CUT = (2 * STEPS) / 3;

const place = (step: number, rate: number): [number, number] => [
  PAD + (step / STEPS) * (WIDTH - 2 * PAD),
  HEIGHT - PAD - rate * (HEIGHT - 2 * PAD),
];
const full = Array.from({ length: STEPS + 1 }, (_, step) => place(step, annealed(step, STEPS, 6, 0.1, 0.7, 3)));
const rest = STEPS - CUT;
const factors = Array.from({ length: rest + 1 }, (_, step) => place(CUT + step, annealed(step, rest, 6, 0.1, 0.7, 3)));

/** The learning rates of the full table and, after the cut, of the factors, whose schedule begins anew. */
export function ExperimentSketch() {
  const scheme = useScheme();
  const [x] = place(CUT, 0);
  return (
    <Frame>
      <path d={pathOf(full)} stroke={styleOf('full')[scheme]} className={classes.curve} />
      <path d={pathOf(factors)} stroke={styleOf('low-rank')[scheme]} className={classes.curve} />
      <line x1={x} x2={x} y1={PAD - 6} y2={HEIGHT - PAD + 6} className={classes.cut} />
    </Frame>
  );
}
