import { Button } from '@mantine/core';
import { ArrowRight } from 'lucide-react';
import { useLocation } from 'wouter';
import { formatBytes, formatPercent, signless } from '../../charts/format';
import { MethodSwatch } from '../../charts/swatch';
import type { Recommendation as Recommended } from '../../protocol/analysis';
import { isActive } from '../../store/run';
import { useLabStore, write } from '../../store/store';
import { selectAnalysis } from '../../store/sweep/selectors';
import { RangeField } from '../../ui/inputs';
import { Panel } from '../../ui/widgets';
import { Hint } from '../room/settings';
import { pointWords, settingWords, useNames } from './names';
import classes from './sweep-room.module.css';

const MOST_LOSS = 0.05;

/** The smallest model that loses no more than the visitor allows, and the way to it. */
export function Recommendation() {
  const analysis = useLabStore(selectAnalysis);
  const allowed = useLabStore((state) => state.sweep.allowedLoss);
  if (!analysis) return null;
  return (
    <Panel
      title="The smallest model within a loss"
      note="Drag to what you can afford: points of accuracy, in the mean over the seeds, against the full table. Validation chooses; the sentence says what test says of it."
      className={classes.recommendation}
    >
      <div className={classes.allowed}>
        <RangeField
          label="Allowed loss"
          help="How many points of validation accuracy the smaller model may cost in the mean."
          text={`${signless(100 * allowed)} points`}
          value={allowed}
          minimum={0}
          maximum={MOST_LOSS}
          step={0.001}
          onChange={(loss) => write.sweepAllowedLoss(Number(loss.toFixed(4)))}
        />
      </div>
      {analysis.recommendations.length === 0 ? (
        <Hint>Nothing to recommend yet: that takes the full table beside smaller models.</Hint>
      ) : (
        <ul className={classes.recommended}>
          {analysis.recommendations.map((one) => (
            <Recommendations key={one.point} recommendation={one} />
          ))}
        </ul>
      )}
    </Panel>
  );
}

function Recommendations({ recommendation: { point: key, specification, sentence } }: { recommendation: Recommended }) {
  const point = useLabStore((state) => selectAnalysis(state)?.points.find((one) => one.key === key));
  const setting = useLabStore((state) => (point ? selectAnalysis(state)?.settings[point.setting] : undefined));
  const running = useLabStore((state) => isActive(state.run.status));
  const [, navigate] = useLocation();
  const names = useNames();
  return (
    <li>
      <div>
        {point && setting && (
          <p className={classes.recommendedName}>
            <MethodSwatch method={point.method} />
            {pointWords(point, names)}
            <span>
              {formatBytes(point.bytes)}, {formatPercent(1 - point.rate)} of the table
            </span>
          </p>
        )}
        <p>{sentence}</p>
        {setting && <Hint>{settingWords(setting, names)}</Hint>}
      </div>
      <Button
        rightSection={<ArrowRight size={15} />}
        disabled={running}
        title="Sets the experiment to it, and goes to Train, where a run trains it."
        onClick={() => {
          write.replaceSpecification(specification);
          navigate('/train');
        }}
      >
        Take this specification
      </Button>
    </li>
  );
}
