import { ChartsHead } from './charts-head';
import { EndLine } from './end-line';
import { Lanes } from './lanes';
import { RaceLearningRateChart } from './learning-rate-chart';
import { RaceBar } from './race-bar';
import { RaceAccuracyChart, RaceLossChart, RaceValidationLossChart } from './race-charts';
import { RaceNote } from './race-note';
import classes from './race-room.module.css';
import { RaceSettings } from './race-settings';
import { RangeTestPanel } from './range-test';

/** Schedules against each other, live: the lanes on the left, what comes of them on the right. */
export default function RaceRoom() {
  return (
    <div className={classes.race}>
      <div className={classes.room}>
        <h1 className={classes.hidden}>Race</h1>
        <aside className={classes.side} aria-label="Race">
          <RaceBar />
          <Lanes />
          <RaceSettings />
        </aside>
        <div className={classes.stage}>
          <RaceNote />
          <ChartsHead />
          <div className={classes.charts}>
            <RaceLearningRateChart />
            <RaceAccuracyChart />
          </div>
          <EndLine />
          <div className={classes.charts}>
            <RaceLossChart />
            <RaceValidationLossChart />
          </div>
          <RangeTestPanel />
        </div>
      </div>
    </div>
  );
}
