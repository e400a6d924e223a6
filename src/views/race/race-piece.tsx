import { ChartsHead } from './charts-head';
import { EndLine } from './end-line';
import { Lanes } from './lanes';
import { RaceLearningRateChart } from './learning-rate-chart';
import { RaceBar } from './race-bar';
import { RaceAccuracyChart, RaceLossChart } from './race-charts';
import classes from './race-room.module.css';

/** The race by itself: the lanes, what comes of them, and where they end. */
export default function RacePiece() {
  return (
    <div className={classes.race}>
      <div className={classes.room}>
        <aside className={classes.side} aria-label="Race">
          <RaceBar />
          <Lanes />
        </aside>
        <div className={classes.stage}>
          <ChartsHead />
          <div className={`${classes.charts} ${classes.threeCharts}`}>
            <RaceLearningRateChart />
            <RaceAccuracyChart />
            <RaceLossChart />
          </div>
          <EndLine withConclusion />
        </div>
      </div>
    </div>
  );
}
