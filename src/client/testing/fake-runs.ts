import type { LabEvent } from '../../protocol/events';
import type { LabFailure } from '../../protocol/failure';
import type { TrainedModel } from '../../protocol/lab';
import type { OpenedRun, SavedRun } from '../../protocol/runs';

/** Kept runs of the in-memory lab: what it ran last, as it was told. */
export class FakeRuns {
  private readonly kept = new Map<string, { saved: SavedRun; opened: OpenedRun }>();
  /** What was told of the run that goes on, or of the last one. */
  events: LabEvent[] = [];

  list(): SavedRun[] {
    return [...this.kept.values()].map(({ saved }) => saved).reverse();
  }

  save(name: string, models: TrainedModel[]): SavedRun[] {
    const opened = this.current(name, models);
    const id = `run-${this.kept.size + 1}`;
    const { specification } = opened.results;
    const saved = {
      id,
      name,
      savedAt: Date.UTC(2026, 0, 1, 12, this.kept.size),
      bytes: 6_200_000,
      specification,
      models: models.length,
      damage: null,
    };
    this.kept.set(id, { saved, opened });
    return this.list();
  }

  open(id: string): OpenedRun {
    const found = this.found(id);
    return { ...found.opened, name: found.saved.name };
  }

  rename(id: string, name: string): SavedRun[] {
    const { saved, opened } = this.found(id);
    this.kept.set(id, { saved: { ...saved, name }, opened });
    return this.list();
  }

  forget(id: string): SavedRun[] {
    this.kept.delete(id);
    return this.list();
  }

  current(name: string, models: TrainedModel[]): OpenedRun {
    const last = this.events.findLast((event) => event.kind === 'finished');
    if (!last) throw { code: 'no-data', message: 'There is no trained model yet.', remedy: 'Run it.' } satisfies LabFailure;
    const events = this.events.filter(({ kind }) => !['progress', 'paused', 'resumed', 'result'].includes(kind));
    return { name, results: last.results, models, events, stepsLeftOut: 0 };
  }

  private found(id: string) {
    const found = this.kept.get(id);
    if (found) return found;
    throw { code: 'no-data', message: `The browser does not keep the run ${id}.`, remedy: 'Run it again.' } satisfies LabFailure;
  }
}
