import { memo, useMemo } from 'react';
import { formatCounted } from '../../charts/format';
import classes from './schedule-preview.module.css';

const WIDTH = 280;
const HEIGHT = 64;

/** The schedule over the whole budget, its peak taken as 1; each point as it will be spent. */
export const SchedulePreview = memo(function SchedulePreview({ steps, learningRates }: { steps: number[]; learningRates: number[] }) {
  const path = useMemo(() => {
    const last = Math.max(1, steps.at(-1) ?? 1);
    return steps
      .map(
        (step, i) =>
          `${i === 0 ? 'M' : 'L'}${((step / last) * WIDTH).toFixed(2)} ${(HEIGHT - 2 - learningRates[i] * (HEIGHT - 4)).toFixed(2)}`,
      )
      .join('');
  }, [steps, learningRates]);
  const highest = Math.max(0, ...learningRates);
  return (
    <figure className={classes.preview}>
      <svg
        viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
        preserveAspectRatio="none"
        role="img"
        aria-label={`Preview of the schedule over ${formatCounted((steps.at(-1) ?? 0) + 1, 'step')}, as a share of the peak rate; highest ${highest.toFixed(2)}`}
        data-testid="schedule-preview"
      >
        <line x1="0" x2={WIDTH} y1="2" y2="2" />
        <line x1="0" x2={WIDTH} y1={HEIGHT - 2} y2={HEIGHT - 2} />
        <path d={path} />
      </svg>
      <figcaption>
        <span>peak, then down to 0</span>
        <span>{formatCounted((steps.at(-1) ?? 0) + 1, 'step')}</span>
      </figcaption>
    </figure>
  );
});
