import { memo } from 'react';
import classes from './matrix-figure.module.css';

export interface MatrixRow {
  id: string;
  label: string;
  /** The row's colour and dash, as everywhere. */
  color: string;
  dash: string;
}

export interface MatrixCell {
  /** Null where there is nothing: `why` says it. */
  value: number | null;
  text: string;
  why: string;
}

export interface MatrixFigureProps {
  rows: readonly MatrixRow[];
  columns: readonly string[];
  /** Above the columns. */
  columnsLabel: string;
  /** By row, then by column. */
  cells: readonly (readonly MatrixCell[])[];
  /** The value whose cell is darkest; what lies beyond it is as dark. */
  darkest: number;
  /** What a person who can't see the drawing should know of it. */
  label: string;
}

const HEAD = 40;
const ROW = 30;
const LEAST_NAMES = 214;
const NAME_LEFT = 28;
/** Of a letter, on average, with some room. */
const LETTER = 6.6;
const COLUMN = 64;
const GAP = 2;
/** Any darker, and no grey of the scheme could be read on it. */
const MOST_INK = 0.78;
/** From here on the ground is nearer to ink than to paper. */
const TURN = 0.5;

/**
 * A table of numbers, each on a ground that is as dark as it is large. Ink alone: a hue means a method, and paper keeps greys. What is not above
 * zero stands on bare ground.
 */
export const MatrixFigure = memo(function MatrixFigure({ rows, columns, columnsLabel, cells, darkest, label }: MatrixFigureProps) {
  const names = Math.max(LEAST_NAMES, ...rows.map(({ label }) => NAME_LEFT + LETTER * label.length));
  const width = names + columns.length * COLUMN;
  const height = HEAD + rows.length * ROW;
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reachable by keyboard
    <section className={classes.scroll} tabIndex={0} aria-label={`${label}, scrolls sideways`}>
      <svg
        className={classes.drawing}
        viewBox={`0 0 ${width} ${height}`}
        width={width}
        height={height}
        role="img"
        aria-label={label}
        data-figure=""
      >
        <text x={names + 4} y={12} className={classes.head}>
          {columnsLabel}
        </text>
        {columns.map((column, i) => (
          <text key={column} x={names + i * COLUMN + COLUMN / 2} y={HEAD - 9} textAnchor="middle" className={classes.head}>
            {column}
          </text>
        ))}
        {rows.map((row, k) => {
          const top = HEAD + k * ROW;
          const middle = top + ROW / 2;
          return (
            <g key={row.id}>
              <line x1={0} y1={middle} x2={20} y2={middle} stroke={row.color} strokeWidth={2.5} strokeDasharray={row.dash || undefined} />
              <text x={NAME_LEFT} y={middle} dy="0.355em">
                {row.label}
              </text>
              {cells[k].map((cell, i) => (
                <Cell key={columns[i]} cell={cell} darkest={darkest} left={names + i * COLUMN} top={top} />
              ))}
            </g>
          );
        })}
      </svg>
    </section>
  );
});

function Cell({ cell: { value, text, why }, darkest, left, top }: { cell: MatrixCell; darkest: number; left: number; top: number }) {
  const ink = value === null ? 0 : MOST_INK * Math.min(1, Math.max(0, value / darkest));
  const look = value === null ? classes.none : ink > TURN ? classes.onDark : value < 0 ? classes.gain : undefined;
  return (
    <g>
      {why && <title>{why}</title>}
      <rect
        x={left + GAP / 2}
        y={top + GAP / 2}
        width={COLUMN - GAP}
        height={ROW - GAP}
        rx={3}
        fill="var(--ink)"
        fillOpacity={value === null ? 0 : Math.max(0.04, ink)}
        stroke={value === null ? 'var(--line)' : 'none'}
        strokeDasharray={value === null ? '2 3' : undefined}
      />
      <text x={left + COLUMN / 2} y={top + ROW / 2} dy="0.355em" textAnchor="middle" className={look}>
        {text}
      </text>
    </g>
  );
}
