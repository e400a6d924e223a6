import { useLabStore, write } from '../../store/store';
import { Charts, Room } from '../room/room';
import room from '../room/room.module.css';
import { BeforeAfter } from './before-after';
import { Controls } from './controls';
import { LearningRateChart, TrainingLossChart, ValidationAccuracyChart, ValidationLossChart } from './live-charts';
import { MethodsTable } from './methods-table';
import { ProfilePanel } from './profile-panel';
import { RunBar } from './run-bar';
import { RunNote } from './run-note';
import { SpectrumChart } from './spectrum-chart';

/** The main room: what to run on the left, what happens on the right. */
export default function TrainRoom() {
  return (
    <Room
      name="Experiment"
      title="Train"
      side={
        <>
          <RunBar />
          <Controls />
        </>
      }
    >
      <RunNote />
      <ShownChoice />
      <Charts>
        <LearningRateChart />
        <ValidationAccuracyChart />
      </Charts>
      <MethodsTable />
      <Charts>
        <TrainingLossChart />
        <ValidationLossChart />
        <SpectrumChart />
        <BeforeAfter />
      </Charts>
      <ProfilePanel />
    </Room>
  );
}

/** Which seed and which rate the charts show, where there are several. */
function ShownChoice() {
  const specification = useLabStore((state) => state.run.specification);
  const view = useLabStore((state) => state.view);
  if (!specification || (specification.seeds.length < 2 && specification.rates.length < 2)) return null;
  return (
    <div className={room.choice}>
      {specification.seeds.length > 1 && (
        <label>
          Charts show
          <select
            value={view.shownSeed}
            onChange={(event) =>
              write.view({ shownSeed: event.currentTarget.value === 'best' ? 'best' : Number(event.currentTarget.value) })
            }
          >
            <option value="best">the best trial of all seeds</option>
            {specification.seeds.map((seed) => (
              <option key={seed} value={seed}>
                seed {seed}
              </option>
            ))}
          </select>
        </label>
      )}
      {specification.rates.length > 1 && (
        <label>
          at
          <select value={view.shownRate ?? ''} onChange={(event) => write.view({ shownRate: Number(event.currentTarget.value) })}>
            {specification.rates.map((rate) => (
              <option key={rate} value={rate}>
                {Number((100 * rate).toFixed(2))} %
              </option>
            ))}
          </select>
        </label>
      )}
    </div>
  );
}
