import { memo } from 'react';
import { LineSwatch } from '../../charts/swatch';
import type { Catalogue } from '../../protocol/catalogue';
import type { LaneSpecification } from '../../protocol/race';
import { rateOf } from '../../store/race/race';
import { LaneControls } from '../lanes/lane-controls';
import { useLaneStyle } from '../lanes/lane-style';
import { trainingPeaks } from '../lanes/peaks';
import { useSession } from '../session-context';
import { ForkLane, RemoveLane, ToExperiment } from './lane-actions';
import classes from './lane-card.module.css';
import { LanePreview } from './lane-preview';

export interface LaneCardProps {
  lane: LaneSpecification;
  catalogue: Catalogue;
  previewSteps: readonly number[] | null;
  previewRates: readonly number[] | null;
  brokenAt: number | null;
}

/** One lane of the race: its controls, its schedule drawn, and what else can be done with it. */
export const LaneCard = memo(function LaneCard(props: LaneCardProps) {
  const { lane, catalogue, previewSteps, previewRates, brokenAt } = props;
  const session = useSession();
  const { id } = lane;
  const rate = rateOf(lane);
  // The specification itself changes the lane's controls there.
  const laterSteps = lane.segments.slice(1).map(({ fromStep }) => fromStep);
  const { letter, color, dash } = useLaneStyle()(id, rate.schedule.id);
  return (
    <LaneControls
      id={id}
      mark={
        <span className={classes.name} aria-hidden="true">
          <LineSwatch color={color} dash={dash} width={26} />
          <b style={{ color }}>{letter}</b>
        </span>
      }
      rate={rate}
      schedules={catalogue.schedules}
      peaks={trainingPeaks}
      peakHelp="The highest learning rate that this lane reaches, on a logarithmic scale up to where training breaks; while it runs, from the next step on."
      onChange={(next) => session.setLane(id, next)}
      actions={
        <>
          <ForkLane id={id} />
          <ToExperiment id={id} rate={rate} catalogue={catalogue} />
          <RemoveLane id={id} />
        </>
      }
    >
      {previewSteps && previewRates ? (
        <LanePreview steps={previewSteps} learningRates={previewRates} color={color} dash={dash} peak={rate.peak} />
      ) : (
        <div className={classes.preview} />
      )}
      {laterSteps.length > 0 && <p className={classes.hint}>As it was raced: changes at step {laterSteps.join(', ')}.</p>}
      {brokenAt !== null && <p className={classes.broken}>Broke at step {brokenAt}: its loss was no longer finite.</p>}
    </LaneControls>
  );
});
