import { memo } from 'react';
import classes from './factor-rectangles.module.css';
import { formatCount } from './format';
import { styleOf } from './palette';
import { useScheme } from './swatch';

export interface FactorRectanglesProps {
  vocabulary: number;
  dimension: number;
  rank: number;
}

const WIDTH = 640;
const HEIGHT = 300;
const TOP = 34;
const LEFT = 56;
const COLUMN = 220;
const TALL = HEIGHT - TOP - 14;

/**
 * The table and its two factors. Rows have one scale and columns have another, the same in all three rectangles: the inked areas compare as
 * the numbers of parameters do. B, r rows high beside V, comes out as the hairline that it is.
 */
export const FactorRectangles = memo(function FactorRectangles({ vocabulary, dimension, rank }: FactorRectanglesProps) {
  const scheme = useScheme();
  const full = styleOf('full')[scheme];
  const low = styleOf('low-rank')[scheme];
  const perColumn = COLUMN / dimension;
  const perRow = TALL / vocabulary;
  const aWidth = Math.max(1, rank * perColumn);
  const bHeight = Math.max(1.5, rank * perRow);
  const aLeft = LEFT + COLUMN + 84;
  const bLeft = Math.max(aLeft + aWidth + 26, aLeft + 96);
  const words =
    `The table E has ${formatCount(vocabulary)} rows and ${formatCount(dimension)} columns; ` +
    `the factor A has ${formatCount(vocabulary)} rows and ${rank} columns; the factor B has ${rank} rows and ${formatCount(dimension)} columns. Drawn to scale.`;
  const width = Math.max(WIDTH, bLeft + COLUMN + 12);
  return (
    <svg className={classes.drawing} viewBox={`0 0 ${width} ${HEIGHT}`} role="img" aria-label={words} data-figure="">
      <text x={LEFT} y={TOP - 14} className={classes.name}>
        E
      </text>
      <text x={LEFT + COLUMN} y={TOP - 14} textAnchor="end" className={classes.size}>
        d = {formatCount(dimension)}
      </text>
      <rect x={LEFT} y={TOP} width={COLUMN} height={TALL} fill={full} />
      <text transform={`translate(${LEFT - 12} ${TOP + TALL / 2}) rotate(-90)`} textAnchor="middle" className={classes.size}>
        V = {formatCount(vocabulary)}
      </text>
      <text x={(LEFT + COLUMN + aLeft) / 2} y={TOP + TALL / 2 + 8} textAnchor="middle" className={classes.sign}>
        ≈
      </text>
      <text x={aLeft} y={TOP - 14} className={classes.name}>
        A
      </text>
      <text x={aLeft + 22} y={TOP - 14} className={classes.size}>
        r = {rank}
      </text>
      <rect x={aLeft} y={TOP} width={aWidth} height={TALL} fill={low} />
      <text x={bLeft + COLUMN} y={TOP - 14} textAnchor="end" className={classes.size}>
        r × d
      </text>
      <text x={bLeft} y={TOP - 14} dx={12} className={classes.name}>
        B
      </text>
      <rect x={bLeft} y={TOP} width={COLUMN} height={bHeight} fill={low} />
    </svg>
  );
});
