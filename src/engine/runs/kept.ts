import { z } from 'zod';
import type { SavedRun } from '../../protocol/runs';
import { LabError } from '../errors';
import { parseFields, validateSpecification } from '../experiment/specification';
import { readRunFile, type StoredRun, writeRunFile } from './file';
import type { RunStorage } from './storage/storage';

/** A browser's storage is no archive: what is worth keeping for good is downloaded. */
export const mostKeptRuns = 50;
const longestName = 80;

const headSchema = z.object({
  name: z.string().min(1).max(longestName),
  savedAt: z.number().min(0),
  bytes: z.number().int().min(0),
  specification: z.unknown(),
  models: z.number().int().min(0),
});

/** The runs of earlier visits. What lies in a storage is not believed: it is validated as a file's content is. */
export class KeptRuns {
  /** @param clock milliseconds since 1970 */
  constructor(
    private readonly storage: RunStorage,
    private readonly clock: () => number,
  ) {}

  /** Are the runs there at the next visit? */
  get lasts(): boolean {
    return this.storage.lasts;
  }

  /** Newest first; those that can't be read last. */
  async list(): Promise<SavedRun[]> {
    const heads = await this.storage.heads();
    return heads.map(({ id, head }) => describe(id, head)).sort((a, b) => b.savedAt - a.savedAt || (a.id < b.id ? 1 : -1));
  }

  /** @throws LabError `bad-specification` for the name; `out-of-memory` where there is no room, or too many are kept */
  async save(run: StoredRun, wantedName: string): Promise<SavedRun[]> {
    const name = validName(wantedName);
    const ids = new Set((await this.storage.heads()).map(({ id }) => id));
    if (ids.size >= mostKeptRuns) {
      throw new LabError('out-of-memory', `The browser keeps ${ids.size} runs already; more are not kept.`, 'Forget one of them.');
    }
    const savedAt = this.clock();
    let id = savedAt.toString(36);
    // Two tabs may save in the same millisecond.
    for (let further = 1; ids.has(id); further++) id = `${savedAt.toString(36)}-${further}`;
    const file = writeRunFile(run);
    const { specification, models } = run;
    await this.storage.add(id, { name, savedAt, bytes: file.length, specification, models: models.length }, file);
    return this.list();
  }

  /** @throws LabError `no-data` where there is none of that id; `bad-specification` where it can't be read */
  async open(id: string): Promise<{ name: string; run: StoredRun }> {
    const { name } = await this.described(id);
    const file = await this.file(id);
    return { name, run: await readRunFile(new Blob([file]), name) };
  }

  /** @throws LabError `no-data` */
  async file(id: string): Promise<Uint8Array<ArrayBuffer>> {
    const file = await this.storage.file(id);
    if (file instanceof Uint8Array) return file as Uint8Array<ArrayBuffer>;
    throw notKept(id);
  }

  async rename(id: string, wantedName: string): Promise<SavedRun[]> {
    const name = validName(wantedName);
    const { savedAt, bytes, specification, models, damage } = await this.described(id);
    if (damage !== null) throw new LabError('bad-specification', damage, 'Forget it.');
    await this.storage.replaceHead(id, { name, savedAt, bytes, specification, models });
    return this.list();
  }

  async forget(id: string): Promise<SavedRun[]> {
    await this.storage.forget(id);
    return this.list();
  }

  private async described(id: string): Promise<SavedRun> {
    const found = (await this.list()).find((kept) => kept.id === id);
    if (found) return found;
    throw notKept(id);
  }
}

function describe(id: string, head: unknown): SavedRun {
  try {
    const { name, savedAt, bytes, specification, models } = parseFields(headSchema, head, 'kept run', 'Forget it.');
    return { id, name, savedAt, bytes, specification: validateSpecification(specification), models, damage: null };
  } catch (error) {
    if (!(error instanceof LabError)) throw error;
    return { id, name: 'A run that can’t be read any more', savedAt: 0, bytes: 0, specification: null, models: 0, damage: error.message };
  }
}

function validName(wanted: string): string {
  const name = wanted.trim();
  if (name.length >= 1 && name.length <= longestName) return name;
  throw new LabError(
    'bad-specification',
    name.length === 0 ? 'A run that is kept needs a name.' : `The name has ${name.length} characters; at most ${longestName} are kept.`,
    'Name it in a few words.',
  );
}

function notKept(id: string): LabError {
  return new LabError('no-data', `The browser does not keep the run ${id.slice(0, 40)}.`, 'Open its file, or run it again.');
}
