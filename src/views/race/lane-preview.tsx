import { memo, useMemo } from 'react';
import { formatCounted, formatRate } from '../../charts/format';
import classes from './lane-card.module.css';

const WIDTH = 260;
const HEIGHT = 44;
const INSET = 3;

interface Props {
  steps: readonly number[];
  learningRates: readonly number[];
  color: string;
  dash: string;
  peak: number;
}

/** The lane's rate over the whole race, from 0 to its own peak: each point as it will be spent. */
export const LanePreview = memo(function LanePreview({ steps, learningRates, color, dash, peak }: Props) {
  const path = useMemo(() => {
    const last = Math.max(1, steps.at(-1) ?? 1);
    return steps
      .map((step, i) => {
        const up = Math.min(1, learningRates[i] / peak);
        return `${i === 0 ? 'M' : 'L'}${((step / last) * WIDTH).toFixed(1)} ${(HEIGHT - INSET - up * (HEIGHT - 2 * INSET)).toFixed(2)}`;
      })
      .join('');
  }, [steps, learningRates, peak]);
  const highest = Math.max(0, ...learningRates);
  return (
    <svg
      className={classes.preview}
      viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
      preserveAspectRatio="none"
      role="img"
      aria-label={`Preview over ${formatCounted((steps.at(-1) ?? 0) + 1, 'step')}: highest rate ${formatRate(highest)}, last ${formatRate(learningRates.at(-1) ?? 0)}`}
    >
      <line x1="0" x2={WIDTH} y1={HEIGHT - INSET} y2={HEIGHT - INSET} />
      <path d={path} stroke={color} strokeDasharray={dash || undefined} />
    </svg>
  );
});
