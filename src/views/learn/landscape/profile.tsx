import { memo, useEffect, useId, useMemo, useRef } from 'react';
import classes from './landscape.module.css';
import { ballRadius, between, coordinate, eased, type SceneProps } from './scene';
import { StartHandle } from './start-handle';
import { useWidth } from './use-width';

/** Left and right of the surface; the lanes' letters stand there. */
const side = 30;
/** Room above the curve, for leaps. */
const above = 46;
const below = 40;
const stripGap = 6;
const dotSize = 4;
/** Leaps that are still seen as arcs. */
const recentLeaps = 5;

/** The surface in one dimension as a filled curve with the balls on it; below it a strip for each lane, where its ball was step by step. */
export const Profile = memo(function Profile({ report, lanes, transport, start, onStart }: SceneProps) {
  const [frame, width] = useWidth(720);
  const id = useId();
  const curveHeight = width < 520 ? 230 : 350;
  const stripTop = curveHeight + 36;
  const stripHeight = width < 520 ? 46 : lanes.length > 3 ? 48 : 66;
  const height = stripTop + lanes.length * (stripHeight + stripGap);

  const scale = useMemo(() => {
    const { heights } = report;
    let low = Number.POSITIVE_INFINITY;
    let high = Number.NEGATIVE_INFINITY;
    for (const value of heights) {
      low = Math.min(low, value);
      high = Math.max(high, value);
    }
    const x = (position: number) => side + ((position + 1) / 2) * (width - 2 * side);
    const y = (value: number) => above + ((high - value) / (high - low)) * (curveHeight - above - below);
    return { x, y };
  }, [report, width, curveHeight]);

  const curve = useMemo(() => {
    const last = report.gridSize - 1;
    return report.heights.map((value, i) => `${scale.x(-1 + (2 * i) / last).toFixed(1)} ${scale.y(value).toFixed(1)}`).join('L');
  }, [report, scale]);

  // A lane's strip: a dot where the ball was after each step, time running down. A path of no length is drawn as its round cap.
  const traces = useMemo(
    () =>
      report.runs.map(({ positions }) => {
        const places = positions.map((x, t) => [scale.x(x).toFixed(1), ((stripHeight * t) / (positions.length - 1)).toFixed(1)]);
        return { dots: places.map(([x, y]) => `M${x} ${y}h0`).join(''), line: `M${places.map((place) => place.join(' ')).join('L')}` };
      }),
    [report, scale, stripHeight],
  );

  const balls = useRef<(SVGGElement | null)[]>([]);
  const leaps = useRef<(SVGPathElement | null)[]>([]);
  const reveal = useRef<SVGRectElement>(null);
  const cursors = useRef<(SVGLineElement | null)[]>([]);
  useEffect(() => {
    const { runs } = report;
    const steps = (runs[0]?.positions.length ?? 1) - 1;
    const heightAt = (x: number) => {
      const place = ((x + 1) / 2) * (report.gridSize - 1);
      const left = Math.min(report.gridSize - 2, Math.floor(place));
      return report.heights[left] + (place - left) * (report.heights[left + 1] - report.heights[left]);
    };
    const arc = (positions: readonly number[], t: number) => {
      const [fromX, toX] = [scale.x(positions[t]), scale.x(positions[t + 1])];
      const [fromY, toY] = [scale.y(heightAt(positions[t])), scale.y(heightAt(positions[t + 1]))].map((y) => y - ballRadius);
      return `M${fromX} ${fromY}Q${(fromX + toX) / 2} ${Math.min(fromY, toY) - 2 * hop(toX - fromX)} ${toX} ${toY}`;
    };
    return transport.onFrame((time) => {
      const { step, share } = between(time, steps);
      const placed: { x: number; y: number }[] = [];
      for (const [i, { positions }] of runs.entries()) {
        const from = positions[step];
        const to = positions[Math.min(steps, step + 1)];
        const way = eased(share);
        const position = from + (to - from) * way;
        const x = scale.x(position);
        const leap = hop(scale.x(to) - scale.x(from));
        // A short step rolls along the curve; a long one flies over it.
        const ground = scale.y(heightAt(position));
        const line = scale.y(heightAt(from)) + (scale.y(heightAt(to)) - scale.y(heightAt(from))) * way;
        const air = Math.min(1, leap / 12);
        let y = ground + (Math.min(line, ground) - ground) * air - ballRadius - 4 * leap * way * (1 - way);
        // Balls in one place lie on each other, or only the last would be seen.
        for (const other of placed) {
          if (Math.abs(other.x - x) < 1.5 * ballRadius && Math.abs(other.y - y) < 1.8 * ballRadius) y = other.y - 1.8 * ballRadius;
        }
        placed.push({ x, y });
        balls.current[i]?.setAttribute('transform', `translate(${x.toFixed(1)} ${y.toFixed(1)})`);
        let path = '';
        for (let t = Math.max(0, step - recentLeaps); t < step; t++) path += arc(positions, t);
        leaps.current[i]?.setAttribute('d', path);
      }
      const done = steps === 0 ? 0 : (stripHeight * time) / steps;
      // Whole dots: the last one is not cut in half.
      reveal.current?.setAttribute('height', (done + dotSize).toFixed(1));
      for (const cursor of cursors.current) cursor?.setAttribute('transform', `translate(0 ${done.toFixed(1)})`);
    });
  }, [report, scale, transport, stripHeight]);

  const deepest = report.valleys[0];
  const floor = curveHeight;
  return (
    <div ref={frame} className={classes.scene} style={{ height }}>
      <svg
        width={width}
        height={height}
        viewBox={`0 0 ${width} ${height}`}
        data-figure=""
        role="img"
        aria-label="The surface with a ball for each lane, and below it the balls' places step by step"
      >
        <defs>
          <linearGradient id={`${id}-fill`} x1="0" y1="0" x2="0" y2="1">
            <stop offset="0" className={classes.fillTop} />
            <stop offset="1" className={classes.fillBottom} />
          </linearGradient>
          <clipPath id={`${id}-reveal`}>
            <rect ref={reveal} x={0} y={-dotSize / 2} width={width} height={0} />
          </clipPath>
        </defs>
        <path d={`M${side} ${floor}L${curve}L${width - side} ${floor}Z`} fill={`url(#${id}-fill)`} stroke="none" />
        <path d={`M${curve}`} className={classes.curve} />
        {deepest && (
          <g>
            <line
              x1={scale.x(deepest.position[0])}
              x2={scale.x(deepest.position[0])}
              y1={scale.y(deepest.height) + 3}
              y2={height}
              className={classes.valleyLine}
            />
            <text x={scale.x(deepest.position[0])} y={floor - 10} className={classes.valleyName}>
              deepest valley
            </text>
          </g>
        )}
        <line x1={scale.x(start[0])} x2={scale.x(start[0])} y1={floor} y2={floor + 12} className={classes.startLine} />
        <text
          x={scale.x(start[0]) + (start[0] > 0.85 ? -16 : 16)}
          y={floor + 20}
          className={classes.startName}
          textAnchor={start[0] > 0.85 ? 'end' : 'start'}
        >
          start
        </text>
        {lanes.map((lane, i) => (
          <g key={lane.id} transform={`translate(0 ${stripTop + i * (stripHeight + stripGap)})`}>
            <rect x={side} y={0} width={width - 2 * side} height={stripHeight} className={classes.strip} />
            <text x={side - 10} y={stripHeight / 2 + 5} className={classes.stripLetter} fill={lane.color}>
              {lane.letter}
            </text>
            <g clipPath={`url(#${id}-reveal)`} stroke={lane.color} fill="none">
              <path d={traces[i]?.line} className={classes.traceLine} />
              <path d={traces[i]?.dots} strokeWidth={dotSize} strokeLinecap="round" />
            </g>
            <line
              ref={(element) => {
                cursors.current[i] = element;
              }}
              x1={side}
              x2={width - side}
              className={classes.cursor}
            />
          </g>
        ))}
        {lanes.map((lane, i) => (
          <path
            key={lane.id}
            ref={(element) => {
              leaps.current[i] = element;
            }}
            stroke={lane.color}
            className={classes.leap}
          />
        ))}
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
        left={scale.x(start[0])}
        top={floor + 16}
        at={(x) => [coordinate(-1 + (2 * (x - side)) / (width - 2 * side))]}
        onStart={onStart}
      />
    </div>
  );
});

/** How high a leap of this many pixels flies. */
function hop(length: number): number {
  return Math.min(64, 0.32 * Math.abs(length));
}
