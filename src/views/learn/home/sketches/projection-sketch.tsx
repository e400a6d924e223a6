import { styleOf } from '../../../../charts/palette';
import { useScheme } from '../../../../charts/swatch';
import { Frame, HEIGHT, WIDTH } from './frame';
import { normal, principalDirection } from './mathematics';
import classes from './sketches.module.css';

const random = normal(5);
/** A cloud that is longer than it is wide, tilted. */
const points = Array.from({ length: 46 }, () => {
  const [long, short] = [52 * random(), 15 * random()];
  return [0.94 * long + 0.34 * short, -0.34 * long + 0.94 * short] as const;
});
const [ux, uy] = principalDirection(points);

/** Points, the line that keeps most of them, and what each one loses. */
export function ProjectionSketch() {
  const color = styleOf('low-rank')[useScheme()];
  return (
    <Frame>
      <g transform={`translate(${WIDTH / 2} ${HEIGHT / 2})`}>
        <line x1={-140 * ux} y1={-140 * uy} x2={140 * ux} y2={140 * uy} stroke={color} strokeWidth={2} />
        {points.map(([x, y]) => {
          const along = x * ux + y * uy;
          return <line key={`${x}`} x1={x} y1={y} x2={along * ux} y2={along * uy} className={classes.thin} />;
        })}
        {points.map(([x, y]) => (
          <circle key={`${x}`} cx={x} cy={y} r={2.6} className={classes.ink} />
        ))}
      </g>
    </Frame>
  );
}
