import { Frame, HEIGHT, PAD, WIDTH } from './frame';
import { histogram, normal } from './mathematics';
import classes from './sketches.module.css';

const BINS = 45;
const LEVELS = 8;
const BASE = HEIGHT - 30;

const random = normal(2);
const values = Array.from({ length: 4000 }, random);
const [low, high] = [Math.min(...values), Math.max(...values)];
const counts = histogram(values, BINS, low, high);
const highest = Math.max(...counts);
const STEP = (WIDTH - 2 * PAD) / BINS;

/** Values as a histogram, and eight levels from the smallest to the largest. */
export function NumberLineSketch() {
  return (
    <Frame>
      {counts.map((count, i) => {
        const height = (count / highest) * (BASE - PAD);
        // biome-ignore lint/suspicious/noArrayIndexKey: bins have no other name than their place
        return <rect key={i} x={PAD + i * STEP} y={BASE - height} width={STEP - 1} height={height} className={classes.faint} />;
      })}
      <line x1={PAD} x2={WIDTH - PAD} y1={BASE} y2={BASE} className={classes.thin} />
      {Array.from({ length: LEVELS }, (_, i) => PAD + (i / (LEVELS - 1)) * (WIDTH - 2 * PAD)).map((x) => (
        <rect key={x} x={x - 1.25} y={BASE + 5} width={2.5} height={13} className={classes.ink} />
      ))}
    </Frame>
  );
}
