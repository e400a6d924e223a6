import { styleOf } from '../../../../charts/palette';
import { useScheme } from '../../../../charts/swatch';
import { Frame, HEIGHT, PAD } from './frame';
import classes from './sketches.module.css';

const V = 10_000;
const D = 300;
const R = 30;
const COLUMN = 96;
const TALL = HEIGHT - 2 * PAD;

/** 10,000 x 300 at rank 30: the table and its two factors, in one scale of rows and one of columns. */
export function CountingSketch() {
  const color = styleOf('low-rank')[useScheme()];
  return (
    <Frame>
      <rect x={40} y={PAD} width={COLUMN} height={TALL} className={classes.ink} />
      <rect x={164} y={PAD} width={(R / D) * COLUMN} height={TALL} fill={color} />
      <rect x={184} y={PAD} width={COLUMN} height={Math.max(1.5, (R / V) * TALL)} fill={color} />
    </Frame>
  );
}
