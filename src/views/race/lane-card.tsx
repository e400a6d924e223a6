import { ChevronRight } from 'lucide-react';
import { memo, useState } from 'react';
import { formatRate } from '../../charts/format';
import { LineSwatch } from '../../charts/swatch';
import type { Catalogue } from '../../protocol/catalogue';
import type { LaneSpecification } from '../../protocol/race';
import { rateOf } from '../../store/race/race';
import { NumberField, RangeField, SelectField } from '../../ui/inputs';
import { useSession } from '../session-context';
import { ForkLane, RemoveLane, ToExperiment } from './lane-actions';
import classes from './lane-card.module.css';
import { LanePreview } from './lane-preview';
import { letterOf, useLaneStyle } from './lane-style';
import { PEAK_PLACES, peakAt, placeOfPeak } from './rates';

export interface LaneCardProps {
  lane: LaneSpecification;
  catalogue: Catalogue;
  previewSteps: readonly number[] | null;
  previewRates: readonly number[] | null;
  brokenAt: number | null;
}

/** One lane: its schedule, the schedule's shape, its peak; and what else can be done with it. */
export const LaneCard = memo(function LaneCard(props: LaneCardProps) {
  const { lane, catalogue, previewSteps, previewRates, brokenAt } = props;
  const session = useSession();
  const { id } = lane;
  const rate = rateOf(lane);
  const { schedule, peak } = rate;
  // The specification itself changes the lane's controls there.
  const laterSteps = lane.segments.slice(1).map(({ fromStep }) => fromStep);
  const { color, dash } = useLaneStyle()(id, schedule.id);
  const description = catalogue.schedules.find((candidate) => candidate.id === schedule.id);
  const letter = letterOf(id);
  const [shapeOpen, setShapeOpen] = useState(false);
  return (
    <fieldset className={classes.card}>
      <legend className={classes.legend}>Lane {letter}</legend>
      <div className={classes.head}>
        <span className={classes.name} aria-hidden="true">
          <LineSwatch color={color} dash={dash} width={26} />
          <b style={{ color }}>{letter}</b>
        </span>
        <div className={classes.schedule}>
          <SelectField
            label="Schedule"
            labelHidden
            help={description?.help ?? 'How the learning rate moves from the first step to the last.'}
            value={schedule.id}
            options={catalogue.schedules.map(({ id: value, label }) => ({ value, label }))}
            onChange={(next) => session.setLane(id, { schedule: { id: next, parameters: {} }, peak })}
          />
        </div>
      </div>
      {previewSteps && previewRates ? (
        <LanePreview steps={previewSteps} learningRates={previewRates} color={color} dash={dash} peak={peak} />
      ) : (
        <div className={classes.preview} />
      )}
      {laterSteps.length > 0 && <p className={classes.hint}>As it was raced: changes at step {laterSteps.join(', ')}.</p>}
      {brokenAt !== null && <p className={classes.broken}>Broke at step {brokenAt}: its loss was no longer finite.</p>}
      <RangeField
        label="Peak rate"
        help="The highest learning rate that this lane reaches, on a logarithmic scale up to where training breaks; while it runs, from the next step on."
        text={formatRate(peak)}
        value={placeOfPeak(peak)}
        minimum={0}
        maximum={PEAK_PLACES}
        step={1}
        onChange={(place) => session.setLane(id, { schedule, peak: peakAt(place) })}
      />
      <div className={classes.foot}>
        {description && description.parameters.length > 0 && (
          <details className={classes.shape} onToggle={(event) => setShapeOpen(event.currentTarget.open)}>
            <summary>
              <ChevronRight size={14} aria-hidden="true" />
              Shape
            </summary>
            <div className={classes.pairs}>
              {/* Six lanes' worth of fields that nobody sees would be drawn at each change of the race. */}
              {(shapeOpen ? description.parameters : []).map((parameter) => (
                <NumberField
                  key={`${schedule.id}-${parameter.name}`}
                  {...parameter}
                  value={schedule.parameters[parameter.name] ?? parameter.default}
                  onChange={(value) =>
                    session.setLane(id, {
                      schedule: { ...schedule, parameters: { ...schedule.parameters, [parameter.name]: value } },
                      peak,
                    })
                  }
                />
              ))}
            </div>
          </details>
        )}
        <div className={classes.actions}>
          <ForkLane id={id} />
          <ToExperiment id={id} rate={rate} catalogue={catalogue} />
          <RemoveLane id={id} />
        </div>
      </div>
    </fieldset>
  );
});
