import { memo, useEffect, useId, useMemo, useRef, useState } from 'react';
import { useScheme } from '../../../charts/swatch';
import classes from './landscape.module.css';
import { ballRadius, between, coordinate, eased, type SceneProps } from './scene';
import { contourPaths, type HeightGrid, reliefImage } from './shading';
import { StartHandle } from './start-handle';
import { useWidth } from './use-width';

const widest = 620;
/** Steps that are drawn strongly behind a ball. */
const recentSteps = 14;

/** The surface in two dimensions from above: a shaded relief with lines of equal height, the balls and their trails. */
export const Relief = memo(function Relief({ report, surfaceKey, lanes, transport, start, onStart }: SceneProps & { surfaceKey: string }) {
  const [frame, available] = useWidth(widest);
  const side = Math.min(widest, available);
  const id = useId();
  const scheme = useScheme();
  // Each answer brings the sampled surface anew; it is the same while its key is.
  const kept = useRef<{ key: string; grid: HeightGrid }>({ key: '', grid: report });
  const key = `${surfaceKey} ${report.gridSize}`;
  if (kept.current.key !== key) kept.current = { key, grid: report };
  const { grid } = kept.current;
  const image = useMemo(() => reliefImage(grid, scheme), [grid, scheme]);
  const lines = useContours(grid, side);
  const cell = side / (grid.gridSize - 1);

  const trails = useMemo(() => report.runs.map(({ positions }) => trailOf(positions, side)), [report, side]);
  const balls = useRef<(SVGGElement | null)[]>([]);
  const past = useRef<(SVGPathElement | null)[]>([]);
  const recent = useRef<(SVGPathElement | null)[]>([]);
  useEffect(() => {
    const { runs } = report;
    const steps = (runs[0]?.heights.length ?? 1) - 1;
    let drawn = -1;
    return transport.onFrame((time) => {
      const { step, share } = between(time, steps);
      const whole = Math.min(steps, Math.floor(time));
      const placed: { x: number; y: number }[] = [];
      for (const [i, { positions }] of runs.entries()) {
        const next = Math.min(steps, step + 1);
        const way = eased(share);
        let x = horizontal(positions[2 * step] + (positions[2 * next] - positions[2 * step]) * way, side);
        const y = vertical(positions[2 * step + 1] + (positions[2 * next + 1] - positions[2 * step + 1]) * way, side);
        // Balls in one place lie side by side, or only the last would be seen.
        for (const other of placed) if (Math.hypot(other.x - x, other.y - y) < 1.2 * ballRadius) x = other.x + 1.5 * ballRadius;
        placed.push({ x, y });
        balls.current[i]?.setAttribute('transform', `translate(${x.toFixed(1)} ${y.toFixed(1)})`);
        if (whole === drawn) continue;
        const { points, ends } = trails[i];
        past.current[i]?.setAttribute('d', `M${points.slice(0, ends[whole])}`);
        const from = whole <= recentSteps ? 0 : ends[whole - recentSteps - 1] + 1;
        recent.current[i]?.setAttribute('d', `M${points.slice(from, ends[whole])}`);
      }
      drawn = whole;
    });
  }, [report, trails, side, transport]);

  const deepest = report.valleys[0];
  return (
    <div ref={frame} className={classes.scene} style={{ height: side }}>
      <div className={classes.map} style={{ width: side, height: side }}>
        <svg
          width={side}
          height={side}
          viewBox={`0 0 ${side} ${side}`}
          data-figure=""
          role="img"
          aria-label="The surface from above, darker where it is deeper, with a ball and a trail for each lane"
        >
          <defs>
            <clipPath id={`${id}-map`}>
              <rect width={side} height={side} rx={6} />
            </clipPath>
          </defs>
          <g clipPath={`url(#${id}-map)`}>
            {image && (
              <image href={image} x={-cell / 2} y={-cell / 2} width={side + cell} height={side + cell} preserveAspectRatio="none" />
            )}
            {lines.map((path, i) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: a line of equal height has no other name than its place
              <path key={i} d={path} className={classes.contour} />
            ))}
          </g>
          {lanes.map((lane, i) => (
            <g key={lane.id} stroke={lane.color} fill="none" strokeLinejoin="round" strokeLinecap="round">
              <path
                ref={(element) => {
                  past.current[i] = element;
                }}
                className={classes.pastTrail}
                strokeDasharray={lane.dash || undefined}
              />
              <path
                ref={(element) => {
                  recent.current[i] = element;
                }}
                className={classes.recentTrail}
              />
            </g>
          ))}
          {deepest && (
            <text
              x={horizontal(deepest.position[0], side)}
              y={vertical(deepest.position[1], side) + (deepest.position[1] < -0.8 ? -22 : 34)}
              className={classes.valleyName}
            >
              deepest
            </text>
          )}
          {lanes.map((lane, i) => (
            <g
              key={lane.id}
              ref={(element) => {
                balls.current[i] = element;
              }}
            >
              <circle r={ballRadius} fill={lane.color} className={classes.ball} />
              <text className={classes.ballLetter} y={4.5}>
                {lane.letter}
              </text>
            </g>
          ))}
        </svg>
        <StartHandle
          start={start}
          left={horizontal(start[0], side)}
          top={vertical(start[1] ?? 0, side)}
          at={(x, y) => [coordinate((2 * x) / side - 1), coordinate(1 - (2 * y) / side)]}
          onStart={onStart}
        />
      </div>
    </div>
  );
});

/** The lines of equal height, each computed in a task of its own: all at once they would block the page. */
function useContours(grid: HeightGrid, side: number): readonly string[] {
  const [lines, setLines] = useState<readonly string[]>([]);
  useEffect(() => {
    const paths = contourPaths(grid, side);
    const drawn: string[] = [];
    const next = () => {
      const { value, done } = paths.next();
      if (done) {
        setLines(drawn);
        return;
      }
      drawn.push(value);
      timer = setTimeout(next);
    };
    let timer = setTimeout(next);
    return () => clearTimeout(timer);
  }, [grid, side]);
  return lines;
}

function horizontal(x: number, side: number): number {
  return ((x + 1) / 2) * side;
}

function vertical(y: number, side: number): number {
  return ((1 - y) / 2) * side;
}

/** All of a trail as one text, and where in it each step ends: to draw a part of the trail is to cut the text. */
function trailOf(positions: readonly number[], side: number): { points: string; ends: number[] } {
  let points = '';
  const ends: number[] = [];
  for (let i = 0; i < positions.length; i += 2) {
    if (i > 0) points += 'L';
    points += `${horizontal(positions[i], side).toFixed(1)} ${vertical(positions[i + 1], side).toFixed(1)}`;
    ends.push(points.length);
  }
  return { points, ends };
}
