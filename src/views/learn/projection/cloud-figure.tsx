import { useElementSize } from '@mantine/hooks';
import { type KeyboardEvent, type PointerEvent, useEffect, useLayoutEffect, useMemo, useRef, useState } from 'react';
import type { Scheme } from '../../../charts/palette';
import { SHAPES } from '../../../charts/swatch';
import { topicStyle } from '../../../charts/topics';
import type { WordCloud } from '../../../protocol/projection';
import classes from './cloud-figure.module.css';
import { placeLabels } from './labels';
import { useFrames, useGlide } from './motion';
import { type Camera, dot, facing, spanOf, turned, type Vector } from './space';

export interface CloudFigureProps {
  cloud: WordCloud;
  scheme: Scheme;
  /** Unit normal of the plane. */
  normal: Vector;
  /** Share of the way that the words have dropped to the plane, 0 to 1. */
  dropped: number;
  /** Does it turn by itself? */
  turning: boolean;
  /** A direction to look along, whenever it is another object than before. */
  face: { along: Vector } | null;
  /** The topic that is brought forward: all its words are written, the others fade. */
  topic: string | null;
  /** Somebody takes the cloud in hand: what moved by itself should stop. */
  onTouch(): void;
}

const startCamera: Camera = { yaw: 0.5, pitch: 0.28 };
/** Radians a second. */
const turningSpeed = 0.22;
/** Words of each topic that are written where there is room. */
const labelled = 3;
const keyStep = (6 * Math.PI) / 180;
const steepest = Math.PI / 2;
/** Distance of the eye, in radii of the cloud: near enough for a little perspective. */
const eye = 5;
/** Half a side of the piece of plane that is drawn, in radii: its corners are as far out as the cloud. */
const planeHalf = 0.7;
/** As far from a pointer as a word may be to be meant. */
const reach = 16;

/** A cloud of words in three dimensions and a plane through its middle, drawn by hand: some hundred points don't need a library for them. */
export function CloudFigure({ cloud, scheme, normal, dropped, turning, face, topic, onTouch }: CloudFigureProps) {
  const { ref, width: measured } = useElementSize();
  const width = measured || 720;
  const height = Math.round(Math.min(600, Math.max(380, 0.72 * width)));
  const svg = useRef<SVGSVGElement>(null);
  const [camera, setCamera] = useState(startCamera);
  const moveCamera = useGlide(0.8);
  useFrames(turning, (seconds) => setCamera(({ yaw, pitch }) => ({ yaw: yaw + turningSpeed * seconds, pitch })));
  const [named, setNamed] = useState<number | null>(null);
  const drag = useRef<{ x: number; y: number; camera: Camera } | null>(null);
  const radius = useMemo(() => radiusOf(cloud.points), [cloud]);
  const candidates = useMemo(() => labelOrder(cloud, topic), [cloud, topic]);
  const latest = useRef<{ x: number; y: number }[]>([]);

  // The elements are made once, and moved past React: comparing some hundred of them sixty times a second would take most of the time.
  const marks = useMemo(() => {
    const places = topicPlaces(cloud);
    return cloud.words.map(({ word, topic }) => {
      const style = topicStyle(places.get(topic) ?? 0);
      return <path key={word} data-word={word} d={SHAPES[style.marker]} fill={style[scheme]} />;
    });
  }, [cloud, scheme]);
  const labels = useMemo(
    () =>
      cloud.words.map(({ word }, i) => (
        <text key={word} data-label={word} className={i === named ? classes.named : classes.label} display="none">
          {word}
        </text>
      )),
    [cloud, named],
  );
  useLayoutEffect(() => {
    const root = svg.current;
    if (!root) return;
    const scale = (0.5 * Math.min(width, 1.08 * height)) / radius;
    const marker = Math.min(1.2, Math.max(0.7, width / 720));
    const project = (point: Vector) => {
      const [x, y, z] = turned(point, camera);
      const near = (eye * radius) / (eye * radius - z);
      return { x: width / 2 + scale * near * x, y: height / 2 - scale * near * y, near };
    };
    const [u, v] = spanOf(normal);
    const corner = (a: number, b: number) => project([0, 1, 2].map((k) => planeHalf * radius * (a * u[k] + b * v[k])) as unknown as Vector);
    const corners = [corner(1, 1), corner(-1, 1), corner(-1, -1), corner(1, -1)];
    root.querySelector('[data-plane]')?.setAttribute('points', corners.map(({ x, y }) => `${x.toFixed(1)},${y.toFixed(1)}`).join(' '));

    const shapes = root.querySelectorAll<SVGPathElement>('[data-word]');
    const screen: { x: number; y: number }[] = [];
    let lines = '';
    for (let i = 0; i < cloud.words.length; i++) {
      const point: Vector = [cloud.points[3 * i], cloud.points[3 * i + 1], cloud.points[3 * i + 2]];
      const off = dot(point, normal);
      const at = (share: number) => project(point.map((value, k) => value - share * off * normal[k]) as unknown as Vector);
      const { x, y, near } = at(dropped);
      const foot = at(1);
      screen.push({ x, y });
      const away = topic !== null && cloud.words[i].topic !== topic;
      if (!away) lines += `M${x.toFixed(1)} ${y.toFixed(1)}L${foot.x.toFixed(1)} ${foot.y.toFixed(1)}`;
      const size = marker * near ** 2.2;
      shapes[i].setAttribute('transform', `translate(${(x - 5 * size).toFixed(1)} ${(y - 5 * size).toFixed(1)}) scale(${size.toFixed(3)})`);
      shapes[i].setAttribute('opacity', (away ? 0.13 : Math.min(1, Math.max(0.3, 0.72 + 1.5 * (near - 1)))).toFixed(2));
    }
    root.querySelector('[data-distances]')?.setAttribute('d', lines);
    latest.current = screen;

    const texts = root.querySelectorAll<SVGTextElement>('[data-label]');
    const order = named === null ? candidates : [named, ...candidates.filter((i) => i !== named)];
    const boxes = order.map((i) => {
      const { x, y } = screen[i];
      const wide = 7.3 * cloud.words[i].word.length + 4;
      return x + 9 + wide > width ? null : { x: x + 8, y: y - 9, width: wide, height: 18 };
    });
    const shown = placeLabels(boxes);
    for (const text of texts) text.setAttribute('display', 'none');
    for (const [place, i] of order.entries()) {
      if (!shown[place]) continue;
      texts[i].removeAttribute('display');
      texts[i].setAttribute('x', (screen[i].x + 9).toFixed(1));
      texts[i].setAttribute('y', (screen[i].y + 4.5).toFixed(1));
    }
  }, [cloud, width, height, radius, normal, dropped, camera, topic, candidates, named]);

  // biome-ignore lint/correctness/useExhaustiveDependencies: it goes from where the camera is when it is asked to
  useEffect(() => {
    if (!face) return;
    const to = facing(face.along);
    const turns = remainder(camera.yaw - to.yaw);
    const tip = camera.pitch - to.pitch;
    moveCamera((share) => setCamera({ yaw: to.yaw + (1 - share) * turns, pitch: to.pitch + (1 - share) * tip }));
  }, [face]);

  const turnBy = (yaw: number, pitch: number, from = camera) =>
    setCamera({ yaw: from.yaw + yaw, pitch: Math.max(-steepest, Math.min(steepest, from.pitch + pitch)) });
  const nameNext = (step: number) => setNamed((now) => ((now ?? (step > 0 ? -1 : 0)) + step + cloud.words.length) % cloud.words.length);
  const keys: Record<string, () => void> = {
    ArrowLeft: () => turnBy(-keyStep, 0),
    ArrowRight: () => turnBy(keyStep, 0),
    ArrowUp: () => turnBy(0, keyStep),
    ArrowDown: () => turnBy(0, -keyStep),
    n: () => nameNext(1),
    p: () => nameNext(-1),
    Escape: () => setNamed(null),
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const act = keys[event.key];
    if (!act || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    onTouch();
    act();
  };
  const onPointerMove = (event: PointerEvent<SVGSVGElement>) => {
    const start = drag.current;
    if (start) {
      turnBy((event.clientX - start.x) / 150, (event.clientY - start.y) / 150, start.camera);
      return;
    }
    const box = event.currentTarget.getBoundingClientRect();
    setNamed(nearestTo(latest.current, event.clientX - box.left, event.clientY - box.top));
  };
  const topicName = named === null ? null : cloud.topics.find(({ id }) => id === cloud.words[named].topic)?.label;
  useEffect(() => {
    if (named !== null && named >= cloud.words.length) setNamed(null);
  }, [cloud, named]);

  return (
    <div ref={ref} className={classes.frame}>
      <svg
        ref={svg}
        className={classes.cloud}
        width={width}
        height={height}
        data-figure=""
        data-yaw={camera.yaw.toFixed(3)}
        data-pitch={camera.pitch.toFixed(3)}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: it is turned by keys
        tabIndex={0}
        role="application"
        aria-label="The cloud: arrow keys turn it, N and P name the next word and the one before"
        onKeyDown={onKeyDown}
        onPointerDown={(event) => {
          drag.current = { x: event.clientX, y: event.clientY, camera };
          event.currentTarget.setPointerCapture(event.pointerId);
          onTouch();
        }}
        onPointerMove={onPointerMove}
        onPointerUp={() => {
          drag.current = null;
        }}
        onPointerCancel={() => {
          drag.current = null;
        }}
        onPointerLeave={() => setNamed(null)}
      >
        <polygon data-plane="" className={classes.plane} />
        <path data-distances="" className={classes.distances} />
        {marks}
        {labels}
      </svg>
      <p className={classes.word} role="status">
        {named !== null && (
          <>
            <b>{cloud.words[named].word}</b> · {topicName}
          </>
        )}
      </p>
    </div>
  );
}

/** All but a few far words lie within it. */
function radiusOf(points: readonly number[]): number {
  const lengths = Array.from({ length: points.length / 3 }, (_, i) => Math.hypot(points[3 * i], points[3 * i + 1], points[3 * i + 2]));
  lengths.sort((a, b) => a - b);
  return lengths[Math.floor(0.97 * (lengths.length - 1))] || 1;
}

function topicPlaces({ topics }: WordCloud): Map<string, number> {
  return new Map(topics.map(({ id }, place) => [id, place]));
}

/** Words to be written, the first of every topic before the second of any; of a topic that is brought forward, all. */
function labelOrder({ words, topics }: WordCloud, topic: string | null): number[] {
  const byTopic = topics.map(({ id }) => words.flatMap((entry, i) => (entry.topic === id ? [i] : [])));
  if (topic !== null) return byTopic[topics.findIndex(({ id }) => id === topic)] ?? [];
  return Array.from({ length: labelled }, (_, place) => byTopic.flatMap((list) => list[place] ?? [])).flat();
}

function nearestTo(places: readonly { x: number; y: number }[], x: number, y: number): number | null {
  let best: number | null = null;
  let least = reach;
  for (const [i, place] of places.entries()) {
    const distance = Math.hypot(place.x - x, place.y - y);
    if (distance < least) [best, least] = [i, distance];
  }
  return best;
}

/** An angle between -pi and pi. */
function remainder(angle: number): number {
  return angle - 2 * Math.PI * Math.round(angle / (2 * Math.PI));
}
