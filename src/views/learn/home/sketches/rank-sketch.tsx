import { styleOf } from '../../../../charts/palette';
import { useScheme } from '../../../../charts/swatch';
import { Frame, HEIGHT, PAD, WIDTH } from './frame';
import { normal, singularValues } from './mathematics';
import classes from './sketches.module.css';

const COLUMNS = 22;
const KEPT = 6;

const random = normal(11);
const directions = Array.from({ length: 4 }, () => Array.from({ length: 30 }, random));
/** Four directions that the columns share, and noise: what a table of words looks like. */
const values = singularValues(
  Array.from({ length: COLUMNS }, () => {
    const weights = directions.map((_, i) => (1.5 / (i + 1)) * random());
    return Array.from({ length: 30 }, (_, row) =>
      directions.reduce((sum, direction, i) => sum + weights[i] * direction[row], 0.55 * random()),
    );
  }),
);
const STEP = (WIDTH - 2 * PAD) / COLUMNS;

/** Singular values, descending: the first are kept, the rest is dropped. */
export function RankSketch() {
  const color = styleOf('low-rank')[useScheme()];
  return (
    <Frame>
      {values.map((value, i) => {
        const height = (value / values[0]) * (HEIGHT - 2 * PAD);
        return (
          <rect
            key={value}
            x={PAD + i * STEP}
            y={HEIGHT - PAD - height}
            width={STEP - 3}
            height={height}
            fill={i < KEPT ? color : undefined}
            className={i < KEPT ? undefined : classes.faint}
          />
        );
      })}
      <line x1={PAD + KEPT * STEP - 1.5} x2={PAD + KEPT * STEP - 1.5} y1={PAD} y2={HEIGHT - PAD} className={classes.cut} />
    </Frame>
  );
}
