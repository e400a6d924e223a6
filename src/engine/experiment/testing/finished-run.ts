/** For tests only: a run of the made-up task, as the lab has it when it has ended. */
import type { ExperimentSpecification } from '../../../protocol/specification';
import type { WordVectors } from '../../data/dataset';
import { WordTable } from '../../data/word-table';
import { openCpuDevice } from '../../device/cpu';
import type { Device } from '../../device/device';
import { RunControl } from '../../training/control';
import { type LastRun, runData } from '../last-run';
import { runExperiment } from '../run';
import { RunLog } from '../run-log';
import { validateSpecification } from '../specification';
import { madeUpData, smallSpecification } from '../testing';

const cpu = openCpuDevice('A test asked for it.');

/** A finished run, on the CPU backend unless another is given. */
export async function finishedRun(changes: Partial<ExperimentSpecification>, device: Device = cpu): Promise<LastRun> {
  const specification = validateSpecification({ ...smallSpecification, epochs: 2, ...changes });
  const log = new RunLog();
  const { results, models, outcome } = await runExperiment({
    specification,
    device,
    prepare: madeUpData,
    control: new RunControl(() => performance.now()),
    emit: (event) => log.add(event),
    versions: { 'lowrank-lab': '0.1.0' },
  });
  const prepared = madeUpData(specification.seeds[0]);
  const { words, table } = prepared;
  const vectors: WordVectors = {
    ...{ source: specification.embeddings, format: 'made up', words, warnings: [], licence: null },
    ...{ index: new Map(words.map((word, row) => [word, row])), vectors: WordTable.over(table) },
  };
  const { events, stepsLeftOut } = log;
  const licences = [{ of: 'made up', text: 'CC0' }];
  return { specification, data: runData(prepared), prepared, vectors, models, results, outcome, events, stepsLeftOut, licences };
}
