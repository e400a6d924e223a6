import { describe, expect, it } from 'vitest';
import { validateSpecification } from '../experiment/specification';
import { groupKey, sweepId, taskKey } from './keys';
import { validateShare, validateSweep } from './specification';
import { madeUpTasks, smallSweep } from './testing';
import { groupExperiment, possibleCells, unrollSweep } from './unroll';

const calr = (parameters: Record<string, number> = {}) => ({ id: 'calr', parameters });

describe('validateSweep', () => {
  it('drops what stands twice, and puts methods, models and rates in order', () => {
    const valid = validateSweep({
      ...smallSweep,
      tasks: [madeUpTasks[1], madeUpTasks[0], { ...madeUpTasks[1], dataset: { ...madeUpTasks[1].dataset, name: 'renamed' } }],
      models: ['cnn', 'dan', 'cnn'],
      methods: ['codebook', 'low-rank', 'codebook'],
      rates: [0.9, 0.5, 0.9],
      seeds: [3, 1, 3],
      learningRates: { codebook: [1], 'low-rank': [0.1, 0.1, 0.01], random: [1] },
    });
    expect(valid.tasks.map(({ task, dataset }) => [task, dataset.name])).toEqual([
      ['second', 'made-up.csv'],
      ['first', 'made-up.csv'],
    ]);
    expect(valid).toMatchObject({ models: ['dan', 'cnn'], methods: ['full', 'low-rank', 'codebook'], rates: [0.5, 0.9], seeds: [3, 1] });
    expect(valid.learningRates).toEqual({ 'low-rank': [0.1, 0.01], codebook: [1] });
    expect(validateSweep(valid)).toEqual(valid);
  });

  it('takes a schedule with its defaults written out for the same one', () => {
    const valid = validateSweep({
      ...smallSweep,
      schedules: [calr(), calr({ gamma: 0.7 }), calr({ gamma: 0.5 }), calr({ gamma: 0.5, warmup: 0 })],
    });
    expect(valid.schedules).toEqual([calr(), calr({ gamma: 0.5 })]);
  });

  it.each([
    [{ tasks: [] }, '"tasks"'],
    [{ models: [] }, '"models"'],
    [{ models: ['transformer'] }, 'transformer'],
    [{ methods: ['magic'] }, 'magic'],
    [{ rates: [1] }, '"rates[0]"'],
    [{ schedules: [calr({ speed: 1 })] }, 'speed'],
    [{ schedules: [{ id: 'toString', parameters: {} }] }, 'toString'],
    [{ optimizer: 'newton' }, 'newton'],
    [{ seeds: [-1] }, '"seeds[0]"'],
    [{ epochs: 0 }, '"epochs"'],
    [{ learningRates: { constructor: [1] } }, 'constructor'],
    [{ split: { train: 0.9, validation: 0.2, test: 0.1 } }, 'add up to 1'],
  ])('refuses %j in one sentence that names it', (changes, named) => {
    expect(() => validateSweep({ ...smallSweep, ...changes })).toThrow(
      expect.objectContaining({ code: 'bad-specification', message: expect.stringContaining(named) }),
    );
  });

  it('refuses more groups or cells than can be kept', () => {
    const tasks = Array.from({ length: 20 }, (_, i) => ({ ...madeUpTasks[0], task: `${i}` }));
    const seeds = Array.from({ length: 100 }, (_, i) => i);
    const schedules = [calr(), calr({ gamma: 0.5 }), calr({ gamma: 0.6 })];
    expect(() => validateSweep({ ...smallSweep, tasks, seeds, schedules })).toThrow(/6,000 groups .*at most 5,000/);
    const rates = Array.from({ length: 50 }, (_, i) => (i + 1) / 60);
    expect(() => validateSweep({ ...smallSweep, tasks, seeds, rates })).toThrow(/202,000 cells .*at most 50,000/);
  });

  it.each([null, {}, { index: 2, count: 2 }, { index: -1, count: 2 }, { index: 0.5, count: 2 }])('refuses the share %j', (share) => {
    expect(() => validateShare(share)).toThrow(expect.objectContaining({ code: 'bad-specification' }));
  });
});

describe('a sweep', () => {
  const sweep = validateSweep({ ...smallSweep, tasks: madeUpTasks, models: ['cnn', 'dan'], schedules: [calr(), calr({ gamma: 0.5 })] });

  it('is every task with every network, schedule and seed, under keys that can be read', () => {
    const groups = unrollSweep(sweep);
    expect(groups).toHaveLength(16);
    const keys = groups.map(groupKey);
    expect(new Set(keys).size).toBe(16);
    expect(keys[3]).toBe('sha256:0123456789abcdef/first/dan/calr(gamma=0.5)/2');
    expect(keys[15]).toBe('sha256:0123456789abcdef/second/cnn/calr(gamma=0.5)/2');
    expect(possibleCells(sweep).map(({ key }) => key)).toContain(`${keys[3]}/low-rank@0.5`);
    expect(new Set(possibleCells(sweep).map(({ key }) => key)).size).toBe(16 * 3);
  });

  it('keeps keys apart whatever a column is called', () => {
    const keyOf = (id: string, task: string) => taskKey({ dataset: { id, name: '' }, task });
    expect(keyOf('a/b', 'c')).not.toBe(keyOf('a', 'b/c'));
    expect(keyOf('a%2Fb', 'c')).not.toBe(keyOf('a/b', 'c'));
  });

  it('has experiments for its groups that may be run', () => {
    for (const group of unrollSweep(sweep)) {
      const experiment = groupExperiment(sweep, group);
      expect(validateSpecification(experiment)).toEqual(experiment);
    }
  });

  it('has one id however its lists were put together, and another one for other numbers', () => {
    const other = validateSweep({
      ...sweep,
      tasks: [...sweep.tasks].reverse().map((task) => ({ ...task, dataset: { ...task.dataset, name: 'renamed' } })),
      schedules: [...sweep.schedules].reverse(),
      seeds: [2, 1],
      rates: [0.5, 0.5],
    });
    expect(sweepId(other)).toBe(sweepId(sweep));
    expect(sweepId(sweep)).toMatch(/^[0-9a-f]{16}$/);
    for (const changes of [
      { hidden: 17 },
      { seeds: [1, 3] },
      { rates: [0.4] },
      { learningRates: {} },
      { models: ['dan'] },
      { batchSize: 31 },
    ]) {
      expect(sweepId(validateSweep({ ...sweep, ...changes }))).not.toBe(sweepId(sweep));
    }
  });
});
