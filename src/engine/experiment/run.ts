import type { LabEvent } from '../../protocol/events';
import type { ExperimentPlan } from '../../protocol/plan';
import type { ExperimentResults, ResultRow } from '../../protocol/results';
import type { ExperimentSpecification } from '../../protocol/specification';
import type { PreparedData } from '../data/dataset';
import type { Device } from '../device/device';
import { during, type Recorder } from '../device/recorder';
import { type RunControl, Stopped } from '../training/control';
import type { NetworkState } from '../training/trial';
import { conclude } from './conclusion';
import { ExperimentCost } from './cost';
import { dataShape, hasEqualTrials, planExperiment } from './plan';
import { ProgressMeter } from './progress';
import { SeedRun } from './seed-run';

export interface ExperimentOptions {
  /** Validated. */
  specification: ExperimentSpecification;
  device: Device;
  /** The three splits and the pretrained table of a seed. */
  prepare(seed: number): PreparedData;
  control: RunControl;
  /** For whoever wants to know where the time went; `splitSteps` as the device's `record` takes it. */
  recording?: { recorder: Recorder; splitSteps: boolean } | null;
  emit(event: LabEvent): void;
  versions: Record<string, string>;
}

/** A trained model of the run's first seed, for trying it out. */
export interface FinishedModel {
  method: string;
  requestedRate: number | null;
  state: NetworkState;
  embeddingBytes: number;
}

export interface ExperimentOutcome {
  results: ExperimentResults;
  models: FinishedModel[];
  outcome: 'complete' | 'stopped';
}

/**
 * Unrolls a specification to runs and runs them: for each seed `full`, then every method at every rate, each with its phases; the learning
 * rate and the checkpoint chosen on validation; test read once, at the end of each. A stopped run gives what was finished until then.
 */
export async function runExperiment(options: ExperimentOptions): Promise<ExperimentOutcome> {
  const { specification, emit, device, recording = null } = options;
  const rows: ResultRow[] = [];
  const models: FinishedModel[] = [];
  let plan: ExperimentPlan | null = null;
  const finish = async <Outcome extends 'complete' | 'stopped' | 'failed'>(outcome: Outcome) => {
    await device.record(null, false);
    const profile = recording?.recorder.report() ?? null;
    const results = { specification, adapter: device.report, versions: options.versions, results: rows, profile };
    emit({ kind: 'finished', outcome, results, conclusion: conclude(rows, plan, hasEqualTrials(specification)) });
    return { results, models, outcome };
  };
  try {
    await device.record(recording?.recorder ?? null, recording?.splitSteps ?? false);
    let meter: ProgressMeter | null = null;
    let cost: ExperimentCost | null = null;
    for (const seed of specification.seeds) {
      const data = await during(device.recorder, 'load', async () => options.prepare(seed));
      const shape = dataShape(data);
      if (meter === null || cost === null) {
        plan = planExperiment(specification, shape);
        emit({ kind: 'started', plan });
        cost = new ExperimentCost(specification, shape, data);
        meter = new ProgressMeter(cost.byMethod(), () => options.control.activeNow(), emit);
      }
      await new SeedRun(options, seed, data, meter, cost).run({
        onFinished: (_, { row, state }) => {
          rows.push(row);
          emit({ kind: 'result', row });
          if (seed === specification.seeds[0]) {
            models.push({ method: row.method, requestedRate: row.requestedRate, state, embeddingBytes: row.bytes });
          }
        },
        onFailed: ({ method, requestedRate }, message) => emit({ kind: 'method-failed', method: method.id, requestedRate, seed, message }),
      });
    }
    return await finish('complete');
  } catch (error) {
    if (error instanceof Stopped) {
      return await finish('stopped');
    }
    // What was finished is handed over before the reason is.
    await finish('failed');
    throw error;
  }
}
