import { describe, expect, it } from 'vitest';
import { fakeCatalogue, fakeData } from '../../client/testing/fake-catalogue';
import type { Names } from '../../store/sweep/differences';
import { sweepDifferences } from '../../store/sweep/differences';
import { sameSpecification } from '../../store/sweep/selectors';
import { DEFAULT_RATES, DEFAULT_SEEDS, settingsFor, settingsOf, widen } from '../../store/sweep/specification';
import { initialSweepSettings } from '../../store/sweep/sweep';

const experiment = fakeCatalogue.defaultSpecification;
const names: Names = { method: (id) => id, model: (id) => id, task: (id) => id, schedule: ({ id }) => id };

describe('a widened experiment', () => {
  it('has the experiment’s fields, and seeds and rates enough', () => {
    const sweep = widen(experiment, initialSweepSettings, fakeCatalogue);
    expect(sweep).toMatchObject({ seeds: DEFAULT_SEEDS, rates: DEFAULT_RATES, models: ['dan'], epochs: 12, hidden: 100 });
    expect(sweep.tasks).toEqual([{ dataset: experiment.dataset, task: 'sentiment' }]);
  });

  it('follows the experiment in what was not set', () => {
    const settings = { ...initialSweepSettings, seeds: [9] };
    const sweep = widen(
      { ...experiment, epochs: 3, schedule: { id: 'clr', parameters: { floor: 0.1, cycles: 4 } } },
      settings,
      fakeCatalogue,
    );
    expect(sweep).toMatchObject({ seeds: [9], epochs: 3 });
    // The floor is the schedule's default.
    expect(sweep.schedules).toEqual([{ id: 'clr', parameters: { cycles: 4 } }]);
  });

  it('is the same sweep again from its own settings', () => {
    const sweep = widen(experiment, { ...initialSweepSettings, models: ['dan'], rates: [0.9, 0.5] }, fakeCatalogue);
    expect(sameSpecification(widen(experiment, settingsOf(sweep), fakeCatalogue), sweep)).toBe(true);
  });

  it('drops tasks that the loaded set does not have', () => {
    const only = (tasks: string[]) => settingsFor({ ...initialSweepSettings, tasks }, fakeData.dataset).tasks;
    expect(only(['source', 'stars'])).toEqual(['source']);
    expect(only(['stars'])).toBeNull();
  });
});

describe('two sweeps', () => {
  it('differ in the fields that say something else, and in no other', () => {
    const first = widen(experiment, initialSweepSettings, fakeCatalogue);
    const second = widen(experiment, { ...initialSweepSettings, seeds: [1, 2], learningRates: { full: [0.01] } }, fakeCatalogue);
    const { fields, alike } = sweepDifferences(first, second, names);
    expect(fields).toEqual([
      { name: 'Seeds', first: '1, 2, 3, 4', second: '1, 2' },
      { name: 'Learning rates of full', first: '–', second: '0.01' },
    ]);
    expect(alike).toBe(14);
    expect(sweepDifferences(first, { ...first }, names).fields).toEqual([]);
  });

  it('of two files with the same name are told apart', () => {
    const first = widen(experiment, initialSweepSettings, fakeCatalogue);
    const of = (digit: string) => ({ id: `sha256:${digit.repeat(64)}`, name: 'glove.txt' });
    const { fields } = sweepDifferences({ ...first, embeddings: of('a') }, { ...first, embeddings: of('b') }, names);
    expect(fields).toEqual([{ name: 'Embeddings', first: 'glove.txt (sha256:aaaaaaaa)', second: 'glove.txt (sha256:bbbbbbbb)' }]);
  });

  it('of several data sets differ by which task is of which', () => {
    const first = widen(experiment, initialSweepSettings, fakeCatalogue);
    const [a, b] = ['a.csv', 'b.csv'].map((name) => ({ id: `sha256:${name}`, name }));
    const tasks = (one: string, other: string) => [
      { dataset: a, task: one },
      { dataset: b, task: other },
    ];
    const { fields } = sweepDifferences({ ...first, tasks: tasks('x', 'y') }, { ...first, tasks: tasks('y', 'x') }, names);
    expect(fields.map(({ name }) => name)).toEqual(['Tasks']);
  });
});
