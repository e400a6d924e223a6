import type { OpenedRun, RunsLab } from '../../protocol/runs';
import { checkRun } from '../runs/check';
import { readRunFile, type StoredRun, writeRunFile } from '../runs/file';
import { openedRun } from '../runs/opened';
import type { OnDevice } from './device';
import type { Going } from './going';
import type { LastRunSlot } from './last-run';
import type { Kept } from './storage';
import type { CurrentTryout } from './try';

/** Runs that are kept, and runs as files: the last one goes out, another becomes the last one. */
export function keptRunVerbs(going: Going, onDevice: OnDevice, lastRun: LastRunSlot, tryout: CurrentTryout, { runs }: Kept): RunsLab {
  /** Makes a run of an earlier visit the last one, once it has been read whole. */
  async function adopt(read: () => Promise<{ name: string; run: StoredRun }>): Promise<OpenedRun> {
    going.refuseWhileRunning('A run can be opened when what is going on has ended.');
    const { name, run } = await read();
    // Of the run that gives way.
    await tryout.release();
    going.refuseWhileRunning('A run can be opened when what is going on has ended.');
    return openedRun(lastRun.adopt(run), name);
  }

  return {
    saveRun: async (name) => (await runs).save(lastRun.finished(), name),
    savedRuns: async () => (await runs).list(),
    openRun: (id) => adopt(async () => (await runs).open(id)),
    renameRun: async (id, name) => (await runs).rename(id, name),
    forgetRun: async (id) => (await runs).forget(id),
    exportRun: async () => writeRunFile(lastRun.finished()),
    keptRunFile: async (id) => (await runs).file(id),

    importRun: (file) => adopt(async () => ({ name: file.name.replace(/(\.run)?\.zip$/i, ''), run: await readRunFile(file, file.name) })),

    async checkRun() {
      const run = lastRun.finished();
      return onDevice((device) => checkRun(run, device));
    },
  };
}
