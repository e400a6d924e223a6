import { useDrawnLines } from './drawn-lines';
import { nearest } from './nearest';
import { LineSwatch } from './swatch';
import classes from './tooltip.module.css';

interface PointTooltipProps {
  xLabel: string;
  formatX: (value: number) => string;
  formatY: (value: number) => string;
  /** Given by the chart. */
  active?: boolean;
  label?: string | number;
}

/** Every series at the nearest x of its own; says itself to a screen reader as the arrow keys move it. */
export function PointTooltip({ xLabel, formatX, formatY, active, label }: PointTooltipProps) {
  const { series } = useDrawnLines();
  if (!active || label === undefined) return null;
  const x = Number(label);
  const entries = series.flatMap((entry) => {
    const point = entry.silent ? null : nearest(entry.points, x);
    return point ? [{ entry, point }] : [];
  });
  return (
    <div className={classes.tooltip} role="status" aria-live="polite">
      <p className={classes.head}>
        {xLabel} {formatX(x)}
      </p>
      {entries.map(({ entry, point }) => (
        <p key={entry.id} className={classes.row}>
          <LineSwatch color={entry.color} dash={entry.dash} width={16} />
          <span>{entry.label}</span>
          <b>
            {formatY(point.y)}
            {point.low !== undefined && point.high !== undefined && (
              <span className={classes.interval}>
                {' '}
                {formatY(point.low)} to {formatY(point.high)}
              </span>
            )}
          </b>
        </p>
      ))}
    </div>
  );
}
