import type { RaceAxis } from '../../store/race/race';
import { selectShownSeed } from '../../store/race/selectors';
import { useLabStore, write } from '../../store/store';
import { SegmentedControl } from '../../ui/segmented-control';
import room from '../room/room.module.css';
import { AXES } from './axis';
import classes from './race-room.module.css';

/** How all the charts are read: by what, and of which seed. */
export function ChartsHead() {
  const axis = useLabStore((state) => state.race.view.axis);
  const shown = useLabStore(selectShownSeed);
  const chosen = useLabStore((state) => state.race.view.seed);
  const seeds = useLabStore((state) => state.race.run.specification?.seeds) ?? [];
  return (
    <div className={classes.chartsHead}>
      <span className={room.choice}>
        Charts by
        <SegmentedControl
          aria-label="Charts by"
          data={[...AXES]}
          value={axis}
          onChange={(value) => write.raceView({ axis: value as RaceAxis })}
        />
      </span>
      {seeds.length > 1 && shown !== null && (
        <span className={room.choice}>
          <label>
            of
            <select
              value={chosen ?? 'latest'}
              onChange={({ currentTarget: { value } }) => write.raceView({ seed: value === 'latest' ? null : Number(value) })}
            >
              <option value="latest">the latest seed, {shown}</option>
              {seeds.map((seed) => (
                <option key={seed} value={seed}>
                  seed {seed}
                </option>
              ))}
            </select>
          </label>
        </span>
      )}
    </div>
  );
}
