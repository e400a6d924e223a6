import { useElementSize } from '@mantine/hooks';
import { ticksOf } from '../../../charts/domain';
import { formatCount, formatNumber } from '../../../charts/format';
import type { NumberLine } from '../../../protocol/number-line';
import { nearestLevel } from './levels';
import classes from './line-drawing.module.css';

export interface LineDrawingProps {
  line: NumberLine;
  /** Where there are few: each drawn by itself, with its way to its level. */
  numbers: readonly number[] | null;
  color: string;
}

const side = 22;
/** Room over the line: for bars, or for a few dots with their names. */
const aboveBars = 176;
const aboveDots = 66;
/** Of a dot on another. */
const dotHeight = 11;
const mostDots = 5;
/** Between the names of numbers that are near each other. */
const nameRoom = 32;
const laneHeight = 19;
const between = 104;
const below = 54;

/** Values over a line, the few levels under it, and who goes where. */
export function LineDrawing({ line, numbers, color }: LineDrawingProps) {
  const { ref, width: measured } = useElementSize();
  const width = measured || 760;
  const place = scaleOf(line, numbers, width);
  const lanes = lanesOf(
    line.probes.map(({ value }) => value),
    place.at,
  );
  const tallest = Math.max(0, ...lanes.values());
  const stack = (value: number) => dotHeight * Math.max(0, Math.min(mostDots, numbers?.filter((one) => one === value).length ?? 0) - 1);
  const highestStack = Math.max(0, ...(numbers ?? []).map(stack));
  const axis = (numbers ? aboveDots + highestStack : aboveBars) + laneHeight * tallest;
  const floor = axis + between;
  const height = floor + below;
  const ticks = ticksOf(place.domain, width < 500 ? 4 : 8).filter(
    // A tick's name would lie under the way of a number.
    (tick) => !numbers?.some((value) => Math.abs(place.at(value) - place.at(tick)) < 14),
  );
  const digits = numbers ? 3 : 2;
  const levelLabels = spread(line.levels, (level) => place.at(level), 9 * digits + 14);
  const words =
    `${formatCount(line.count)} values from ${formatNumber(line.minimum)} to ${formatNumber(line.maximum)} on ${line.levels.length} levels. ` +
    line.probes.map(({ value, becomes }) => `${formatNumber(value)} becomes ${formatNumber(becomes)}`).join(', ');
  return (
    <div ref={ref}>
      <svg className={classes.drawing} width={width} height={height} role="img" aria-label={words} data-figure="">
        {numbers ? <Dots numbers={numbers} at={place.at} axis={axis} /> : <Histogram line={line} at={place.at} axis={axis} />}
        {numbers?.map((value, i) => (
          <path
            // biome-ignore lint/suspicious/noArrayIndexKey: a number may be there twice
            key={i}
            className={classes.way}
            stroke={color}
            d={way(place.at(value), axis, place.at(nearestLevel(value, line.levels)), floor)}
          />
        ))}
        <line className={classes.axis} x1={side / 2} x2={width - side / 2} y1={axis} y2={axis} />
        {ticks.map((tick) => (
          <text key={tick} className={classes.tick} x={place.at(tick)} y={axis + 16} textAnchor="middle">
            {formatNumber(tick).replace('-', '−')}
          </text>
        ))}
        <line className={classes.rail} x1={side / 2} x2={width - side / 2} y1={floor + 7} y2={floor + 7} />
        {line.levels.map((level) => (
          <line
            key={level}
            data-level={level}
            className={classes.level}
            stroke={color}
            x1={place.at(level)}
            x2={place.at(level)}
            y1={floor}
            y2={floor + 14}
          />
        ))}
        {line.probes.map(({ value, becomes }, i) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a number may be asked for twice
          <g key={i} data-probe={value} data-becomes={becomes}>
            <path className={classes.probe} d={way(place.at(value), axis, place.at(becomes), floor)} />
            <circle className={classes.probeEnd} cx={place.at(value)} cy={axis} r={5} />
            <text
              className={classes.probeName}
              x={place.at(value)}
              y={axis - 13 - stack(value) - laneHeight * (lanes.get(value) ?? 0)}
              textAnchor="middle"
            >
              {formatNumber(value).replace('-', '−')}
            </text>
          </g>
        ))}
        {levelLabels.map((level) => (
          <text key={level} className={classes.levelName} x={place.at(level)} y={floor + 36} textAnchor="middle">
            {formatNumber(level, digits).replace('-', '−')}
          </text>
        ))}
      </svg>
    </div>
  );
}

/** Each number a dot; equal ones stand on each other. */
function Dots({ numbers, at, axis }: { numbers: readonly number[]; at: (value: number) => number; axis: number }) {
  const heights = new Map<number, number>();
  const dots = numbers.map((value) => {
    const height = heights.get(value) ?? 0;
    heights.set(value, height + 1);
    return { value, height };
  });
  return dots.map(({ value, height }, i) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: a number may be there twice
    <circle key={i} className={classes.dot} cx={at(value)} cy={axis - dotHeight * Math.min(height, mostDots - 1)} r={5} />
  ));
}

function Histogram({ line, at, axis }: { line: NumberLine; at: (value: number) => number; axis: number }) {
  const highest = Math.max(...line.histogram);
  const wide = (line.maximum - line.minimum) / line.histogram.length;
  const bars = line.histogram.map((count, i) => ({ count, from: line.minimum + i * wide }));
  return (
    <>
      {bars.map(({ count, from }) => {
        // What is there at all is seen: the far values are what this is about.
        const tall = count === 0 ? 0 : Math.max(1.5, ((axis - 34) * count) / highest);
        return (
          <rect
            key={from}
            className={classes.bar}
            x={at(from)}
            width={Math.max(1, at(from + wide) - at(from) - 1)}
            y={axis - tall}
            height={tall}
          >
            <title>{`${formatNumber(from)} to ${formatNumber(from + wide)}: ${formatCount(count)} values`}</title>
          </rect>
        );
      })}
    </>
  );
}

/** Down from the line to a level, leaving and arriving upright. */
function way(x: number, top: number, to: number, bottom: number): string {
  const bend = (bottom - top) * 0.55;
  return `M${x.toFixed(1)} ${top}C${x.toFixed(1)} ${top + bend} ${to.toFixed(1)} ${bottom - bend} ${to.toFixed(1)} ${bottom}`;
}

function scaleOf({ minimum, maximum, levels, probes }: NumberLine, numbers: readonly number[] | null, width: number) {
  const marked = [minimum, maximum, levels[0], levels[levels.length - 1], ...probes.map(({ value }) => value)];
  const [low, high] = [Math.min(...marked), Math.max(...marked)];
  const room = (high - low || Math.abs(high) || 1) * (numbers ? 0.03 : 0.01);
  const domain: [number, number] = [low - room, high + room];
  return { domain, at: (value: number) => side + ((value - domain[0]) / (domain[1] - domain[0])) * (width - 2 * side) };
}

/** Of ascending values those whose names have room beside each other. */
function spread(values: readonly number[], at: (value: number) => number, room: number): number[] {
  const shown: number[] = [];
  for (const value of values) {
    const last = shown.at(-1);
    if (last === undefined || at(value) - at(last) >= room) shown.push(value);
  }
  return shown;
}

/** How high the name of each value stands, so that those of neighbours don't lie on each other. */
function lanesOf(values: readonly number[], at: (value: number) => number): Map<number, number> {
  const ends: number[] = [];
  const lanes = new Map<number, number>();
  for (const value of [...new Set(values)].sort((a, b) => a - b)) {
    const x = at(value);
    const free = ends.findIndex((end) => x - end >= nameRoom);
    const lane = free < 0 ? ends.length : free;
    ends[lane] = x;
    lanes.set(value, lane);
  }
  return lanes;
}
