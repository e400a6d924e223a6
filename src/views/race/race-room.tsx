import { Charts, Room } from '../room/room';
import { ChartsHead } from './charts-head';
import { EndLine } from './end-line';
import { Lanes } from './lanes';
import { RaceLearningRateChart } from './learning-rate-chart';
import { RaceBar } from './race-bar';
import { RaceAccuracyChart, RaceLossChart, RaceValidationLossChart } from './race-charts';
import { RaceNote } from './race-note';
import { RaceSettings } from './race-settings';
import { RangeTestPanel } from './range-test';

/** Schedules against each other, live: the lanes on the left, what comes of them on the right. */
export default function RaceRoom() {
  return (
    <Room
      name="Race"
      title="Race"
      presented="beside"
      side={
        <>
          <RaceBar />
          <Lanes />
          <RaceSettings />
        </>
      }
    >
      <RaceNote />
      <ChartsHead />
      <Charts>
        <RaceLearningRateChart />
        <RaceAccuracyChart />
      </Charts>
      <EndLine />
      <Charts>
        <RaceLossChart />
        <RaceValidationLossChart />
      </Charts>
      <RangeTestPanel />
    </Room>
  );
}
