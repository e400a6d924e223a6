import type { RunCheck } from '../../protocol/runs';
import type { Device } from '../device/device';
import { type LastRun, modelId } from '../experiment/last-run';
import { networkLayers } from '../experiment/plan';
import { evaluateState } from '../training/trial';

/** Evaluates every model of a run on its test split, and holds the accuracy against the one that the run wrote down. */
export async function checkRun({ specification, prepared, models, results }: LastRun, device: Device): Promise<RunCheck> {
  if (!prepared) return { kind: 'no-data' };
  const classes = prepared.classes.length;
  const layers = networkLayers(specification, classes);
  const testCount = prepared.test.labels.length;
  const differing: Extract<RunCheck, { kind: 'differs' }>['differing'] = [];
  for (const model of models) {
    const { method, requestedRate, state } = model;
    const { accuracy } = await evaluateState(device, layers, state, prepared.test, classes);
    const row = results.results.find(
      (one) => one.method === method && one.requestedRate === requestedRate && one.seed === specification.seeds[0],
    );
    if (row && row.testAccuracy !== accuracy) differing.push({ model: modelId(model), kept: row.testAccuracy, now: accuracy });
  }
  return differing.length === 0
    ? { kind: 'same', models: models.length, testCount }
    : { kind: 'differs', models: models.length, testCount, differing };
}
