import { Charts, Room } from '../room/room';
import { ChartsHead } from './charts-head';
import { EndLine } from './end-line';
import { Lanes } from './lanes';
import { RaceLearningRateChart } from './learning-rate-chart';
import { RaceBar } from './race-bar';
import { RaceAccuracyChart, RaceLossChart } from './race-charts';

/** The race by itself: the lanes, what comes of them, and where they end. */
export default function RacePiece() {
  return (
    <Room
      name="Race"
      presented="beside"
      side={
        <>
          <RaceBar />
          <Lanes />
        </>
      }
    >
      <ChartsHead />
      <Charts>
        <RaceLearningRateChart />
        <RaceAccuracyChart />
        <RaceLossChart />
      </Charts>
      <EndLine withConclusion />
    </Room>
  );
}
