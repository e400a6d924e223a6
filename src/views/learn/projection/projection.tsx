import { Button, UnstyledButton } from '@mantine/core';
import { useReducedMotion } from '@mantine/hooks';
import { Pause, Play } from 'lucide-react';
import { useState } from 'react';
import { ChartFrame } from '../../../charts/chart-frame';
import { formatCount, formatPercent } from '../../../charts/format';
import { MarkerSwatch, useScheme } from '../../../charts/swatch';
import { topicStyle } from '../../../charts/topics';
import type { WordCloud } from '../../../protocol/projection';
import { useLabStore, write } from '../../../store/store';
import { RangeField } from '../../../ui/inputs';
import { Panel } from '../../../ui/widgets';
import { useSession } from '../../session-context';
import { useAnswer } from '../../use-answer';
import { Answered } from '../answered';
import shared from '../piece.module.css';
import { CloudFigure } from './cloud-figure';
import { useGlide } from './motion';
import classes from './projection.module.css';
import { between, cross, normalOf, shareLost, tiltOf, type Vector } from './space';

/** Real words in three dimensions, and the plane that keeps most of them. */
export default function Projection() {
  const { lab } = useSession();
  const table = useLabStore((state) => state.data.report?.embeddings.source.id ?? null);
  const answer = useAnswer(table, () => lab.wordCloud());
  return (
    <Answered answer={answer} waiting="Computing the cloud from the loaded word vectors …">
      {(cloud) => <Tilting cloud={cloud} />}
    </Answered>
  );
}

function Tilting({ cloud }: { cloud: WordCloud }) {
  const tilt = useLabStore((state) => state.learn.projection.tilt);
  const scheme = useScheme();
  const still = useReducedMotion();
  const [turning, setTurning] = useState<boolean | null>(null);
  const [dropped, setDropped] = useState(0);
  const [topic, setTopic] = useState<string | null>(null);
  const movePlane = useGlide(1);
  const moveWords = useGlide(0.7);
  const [face, setFace] = useState<{ along: Vector } | null>(null);
  // Until somebody says, it turns where motion is welcome.
  const isTurning = turning ?? !still;

  const normal = normalOf(tilt);
  const best = cross(cloud.plane[0] as unknown as Vector, cloud.plane[1] as unknown as Vector);
  const lost = shareLost(cloud.points, normal);
  const least = 1 - cloud.kept;
  const isBest = lost - least < 5e-4;
  const setTilt = (next: [number, number]) => write.learn('projection', { tilt: next });

  const takeBest = () => {
    setTurning(false);
    const from = normal;
    movePlane((share) => setTilt(tiltOf(between(from, best, share))));
  };
  const drop = () => {
    const [from, to] = dropped > 0.5 ? [1, 0] : [0, 1];
    moveWords((share) => setDropped(from + share * (to - from)));
  };
  const styles = cloud.topics.map(({ id, label }, place) => {
    const style = topicStyle(place);
    return { id, label, color: style[scheme], marker: style.marker };
  });

  return (
    <>
      <div className={shared.grid}>
        <ChartFrame
          title={`${formatCount(cloud.words.length)} words in three dimensions`}
          note={`Of ${cloud.dimension} numbers a word, the three directions in which these words differ most: ${formatPercent(cloud.keptOfAll, 0)} of their squared distance from the middle.`}
          summary={`A cloud of ${cloud.words.length} words in ${cloud.topics.length} topics, and a plane through its middle that loses ${formatPercent(lost)} of their squared distance.`}
          table={() => ({
            columns: ['word', 'topic', 'x', 'y', 'z', 'distance to the plane'],
            rows: cloud.words.map(({ word, topic: its }, i) => {
              const point = cloud.points.slice(3 * i, 3 * i + 3);
              return [word, its, ...point, Math.abs(point.reduce((sum, value, k) => sum + value * normal[k], 0))];
            }),
          })}
          aside={
            <Button
              size="compact-sm"
              variant="default"
              leftSection={isTurning ? <Pause size={14} aria-hidden="true" /> : <Play size={14} aria-hidden="true" />}
              onClick={() => setTurning(!isTurning)}
            >
              {isTurning ? 'Hold still' : 'Turn'}
            </Button>
          }
        >
          <CloudFigure
            cloud={cloud}
            scheme={scheme}
            normal={normal}
            dropped={dropped}
            turning={isTurning}
            face={face}
            topic={topic}
            onTouch={() => setTurning(false)}
          />
          <fieldset className={classes.topics}>
            <legend className={classes.legend}>Here colour and sign are a topic. Choose one to bring it forward.</legend>
            {styles.map(({ id, label, color, marker }) => (
              <UnstyledButton
                key={id}
                className={classes.topic}
                aria-pressed={topic === id}
                onClick={() => setTopic((now) => (now === id ? null : id))}
              >
                <MarkerSwatch color={color} marker={marker} />
                {label}
              </UnstyledButton>
            ))}
          </fieldset>
        </ChartFrame>
        <div className={shared.side}>
          <Panel title="Distance lost" note="Each word drops straight down to the plane. Its line is what the plane can't tell.">
            <Loss label="Your plane" share={lost} />
            <Loss label="The SVD's plane" share={least} />
            <p className={classes.verdict} role="status">
              {isBest
                ? 'That is it: no tilt loses less.'
                : `Yours loses ${(lost / least).toFixed(1)} times as much. Can you do better by hand?`}
            </p>
          </Panel>
          <Panel title="Tilt the plane">
            <div className={shared.controls}>
              <RangeField
                label="Azimuth"
                help="Turns the plane about the upright axis of the cloud."
                value={tilt[0]}
                minimum={0}
                maximum={180}
                step={1}
                text={`${Math.round(tilt[0])}°`}
                onChange={(azimuth) => setTilt([azimuth, tilt[1]])}
              />
              <RangeField
                label="Elevation"
                help="Tips the plane: at 90° it lies flat, at 0° it stands upright."
                value={tilt[1]}
                minimum={-90}
                maximum={90}
                step={1}
                text={`${Math.round(tilt[1])}°`.replace('-', '−')}
                onChange={(elevation) => setTilt([tilt[0], elevation])}
              />
              <Button onClick={takeBest} disabled={isBest}>
                Take the SVD's plane
              </Button>
              <Button variant="default" onClick={drop}>
                {dropped > 0.5 ? 'Lift the words again' : 'Drop the words onto it'}
              </Button>
              <Button
                variant="default"
                onClick={() => {
                  setTurning(false);
                  setFace({ along: normal });
                }}
              >
                Face the plane
              </Button>
            </div>
          </Panel>
        </div>
      </div>
      <div className={shared.prose}>
        <h2>What to see here</h2>
        <ul>
          <li>
            Drop the words and face the plane: what you see is a map of two numbers a word instead of three. Words that only differed along
            the lines now lie on each other.
          </li>
          <li>
            Of all planes through the middle, the SVD's is the one with the shortest lines, squared and summed. Low rank does the same with
            r directions out of {cloud.dimension}, for the whole table at once.
          </li>
          <li>
            For this picture the words' mean was taken off first, so that it shows how they differ. The lab's own factorization does not
            centre the table.
          </li>
        </ul>
      </div>
    </>
  );
}

function Loss({ label, share }: { label: string; share: number }) {
  return (
    <div className={classes.loss}>
      <div className={classes.lossHead}>
        <span>{label}</span>
        <b>{formatPercent(share)}</b>
      </div>
      <div className={classes.lossTrack}>
        <div className={classes.lossFill} style={{ transform: `scaleX(${share})` }} />
      </div>
    </div>
  );
}
