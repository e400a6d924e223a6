import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { withoutSeconds } from '../../engine/sweep/testing';
import { versions } from '../../engine/versions';
import type { Lab } from '../../protocol/lab';
import type { OnSweepEvents, SweepResults } from '../../protocol/sweep';
import { createNodeLab } from '../node-lab';
import { parseMerge, parseOptions } from '../options';
import { ProgressLine } from '../progress';
import { runMerge } from './merge';
import { runSweepFile } from './run';
import { writeSmallSweep } from './testing/small-files';

let folder: string;
let printed: string[];
let said: string[];

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'lab-sweep-'));
  printed = [];
  said = [];
});
afterEach(() => rmSync(folder, { recursive: true }));

const at = (name: string) => join(folder, name);
const read = (name: string): SweepResults => JSON.parse(readFileSync(at(name), 'utf8'));

function terminal() {
  const progress = new ProgressLine(
    (text) => said.push(text),
    false,
    () => 0,
  );
  return { progress, print: (text: string) => printed.push(text) };
}

async function sweep(flags: string[], meddle: (lab: Lab) => Lab = (lab) => lab): Promise<string> {
  const lab = createNodeLab();
  try {
    return await runSweepFile(meddle(lab), await lab.open('cpu'), parseOptions(['--backend', 'cpu', ...flags]), terminal());
  } finally {
    await lab.close();
  }
}

/** The lab, stopped as soon as so many cells are finished. */
function stoppedAfter(lab: Lab, cells: number): Lab {
  let seen = 0;
  return new Proxy(lab, {
    get: (target, name) => {
      const value: unknown = Reflect.get(target, name);
      if (name !== 'runSweep') return typeof value === 'function' ? value.bind(target) : value;
      return (specification: Parameters<Lab['runSweep']>[0], onEvents: OnSweepEvents) =>
        target.runSweep(specification, (events) => {
          seen += events.filter(({ kind }) => kind === 'sweep-cell').length;
          if (seen >= cells) void target.stop();
          onEvents(events);
        });
    },
  });
}

describe('a sweep on the command line', () => {
  it('reads its files, runs, writes and prints; in shares that are merged it comes to the same, bit for bit', async () => {
    const file = writeSmallSweep(folder);
    expect(await sweep(['--sweep', file, '--out', at('all.json')])).toBe('complete');
    const whole = read('all.json');
    expect(whole.cells).toHaveLength(2 * 2 * 2 * 3);
    expect(whole.versions).toEqual(versions);
    expect(whole.specification.tasks.map(({ task, dataset }) => [task, dataset.name])).toEqual([
      ['answer', 'first.csv'],
      ['answer', 'second.csv'],
    ]);
    expect(existsSync(at('all.json.part'))).toBe(false);
    const text = printed.join('\n');
    expect(text.match(/^(first|second)\.csv: answer, dan, (calr|linear)$/gm)).toHaveLength(4);
    expect(text).toMatch(/^Full table +0\.0 .* ± /m);
    expect(said.join('')).toMatch(/8 groups, 24 cells\. .* training steps in all, about/);

    for (const shard of ['3/3', '1/3', '2/3']) await sweep(['--sweep', file, '--shard', shard, '--out', at(`part-${shard[0]}.json`)]);
    expect([1, 2, 3].map((part) => read(`part-${part}.json`).cells.length).sort()).toEqual([6, 9, 9]);
    printed = [];
    const parts = [1, 2, 3].map((part) => at(`part-${part}.json`));
    expect(runMerge(parseMerge([...parts, '--out', at('merged.json')]), terminal())).toBe('complete');
    expect(withoutSeconds(read('merged.json'))).toEqual(withoutSeconds(whole));
    expect(printed.join('\n').match(/^(first|second)\.csv/gm)).toHaveLength(4);
    expect(said.join('')).toMatch(/3 files, 24 cells, 0 gaps\./);

    said = [];
    expect(runMerge(parseMerge([at('part-2.json'), at('part-3.json'), at('part-2.json'), '--out', at('some.json')]), terminal())).toBe(
      'incomplete',
    );
    expect(said.join('')).toMatch(
      /cells came more than once, with the same numbers\.\n(6|9) cells are missing:\n {2}sha256:\w+\/answer\/dan\/calr/,
    );
    // What is missing is run where it is missing.
    await sweep(['--sweep', file, '--out', at('some.json')]);
    expect(withoutSeconds(read('some.json'))).toEqual(withoutSeconds(whole));
  });

  it('goes on with an interrupted file, and runs nothing twice', async () => {
    // Long enough that events come in several batches.
    const file = writeSmallSweep(folder, { tasks: [{ dataset: { files: 'data/first.csv' } }], epochs: 200 });
    await sweep(['--sweep', file, '--out', at('straight.json')]);
    expect(await sweep(['--sweep', file, '--out', at('part.json')], (lab) => stoppedAfter(lab, 2))).toBe('stopped');
    const finished = read('part.json').cells.length;
    expect(finished).toBeGreaterThanOrEqual(2);
    expect(finished).toBeLessThan(12);
    expect(printed.join('\n')).toMatch(/Not all was run: the tables have what was finished until then\.$/);
    // As a process leaves it that was killed while it wrote.
    writeFileSync(at('part.json.part'), '{"kind": "lowrank');
    said = [];
    expect(await sweep(['--sweep', file, '--out', at('part.json')])).toBe('complete');
    expect(withoutSeconds(read('part.json'))).toEqual(withoutSeconds(read('straight.json')));
    expect(said.join('')).toMatch(new RegExp(`12 cells, ${finished} of them finished already`));
    expect(said.join('').match(/: test accuracy/g)).toHaveLength(12 - finished);
  });

  it('takes the data of the flags, and the default experiment, where its file says nothing', async () => {
    writeFileSync(at('sweep.json'), '{}');
    writeSmallSweep(join(folder, 'other'));
    let specification: unknown;
    const watching = (lab: Lab) =>
      new Proxy(lab, {
        get: (target, name) => {
          const value = Reflect.get(target, name) as (...args: unknown[]) => unknown;
          if (name !== 'runSweep') return value.bind(target);
          return async (given: unknown) => {
            specification = given;
          };
        },
      });
    await sweep(['--sweep', at('sweep.json'), '--data', at('other/data/first.csv')], watching);
    expect(specification).toMatchObject({
      tasks: [{ task: 'answer', dataset: { name: 'first.csv' } }],
      embeddings: { id: 'bundled:glove-6b-100d' },
      models: ['dan'],
      schedules: [{ id: 'calr', parameters: {} }],
      rates: [0.9],
      epochs: 24,
    });
  });

  it.each<[string, Record<string, unknown> | string, RegExp]>([
    ['that is no JSON', '{', /--sweep .*: that is no JSON/],
    ['that is a list', '[]', /--sweep .*: it can't be used: it is a list, and an object of fields is needed\./],
    ['with a field that is mistyped', { epoch: 3 }, /it can't be used: there is no field "epoch"\./],
    [
      'with a field of a data set that is mistyped',
      { tasks: [{ dataset: { files: 'data/first.csv', lable: 'answer' } }] },
      /its "tasks\[0\]\.dataset" can't be used: there is no field "lable"\./,
    ],
    [
      'with files that are none',
      { tasks: [{ dataset: { files: 7 } }] },
      /its "tasks\[0\]\.dataset\.files" can't be used: it is 7, and text or a list is needed\./,
    ],
    [
      'with a choice that there is not',
      { embeddings: { files: 'data/vectors.txt', keep: 'some' } },
      /its "embeddings\.keep" can't be used: it is "some", and "all", "dataset" or a number is needed\./,
    ],
    [
      'with text among its rates',
      { rates: [0.5, 'half'] },
      /The sweep's "rates\[1\]" can't be used: it is "half", and a number is needed\./,
    ],
    ['with a method that there is not', { methods: ['magic'] }, /“magic” among its methods: there is no such method/],
    ['with a file that is not there', { tasks: [{ dataset: { files: 'data/none.csv' } }] }, /none\.csv: there is no such file/],
    [
      'with a column that is not there',
      { tasks: [{ dataset: { files: 'data/first.csv', label: 'stars' } }] },
      /the label column “stars”: .* no such column/,
    ],
    [
      'with a task that is not there',
      { tasks: [{ dataset: { files: 'data/first.csv' }, task: 'stars' }] },
      /“stars” among its tasks: first\.csv has no such task/,
    ],
    ['with a schedule of no such shape', { schedules: [{ id: 'calr', parameters: { gamma: 7 } }] }, /gamma/],
    ['with too many epochs', { epochs: 1e9 }, /"epochs"/],
    [
      'with a table cut to one of several data sets',
      { embeddings: { files: 'data/vectors.txt', keep: 'dataset' } },
      /keep the words of the data set, and it has several/,
    ],
  ])('refuses a file %s', async (_, content, message) => {
    const file = writeSmallSweep(folder, typeof content === 'string' ? {} : content);
    if (typeof content === 'string') writeFileSync(file, content);
    await expect(sweep(['--sweep', file, '--out', at('all.json')])).rejects.toThrow(message);
    expect(existsSync(at('all.json'))).toBe(false);
  });

  it('takes a file that is read in two ways for two data sets', async () => {
    const datasets = [{ files: 'data/first.csv' }, { files: 'data/first.csv', tokenizer: 'unicode' }];
    const small = { tasks: datasets.map((dataset) => ({ dataset })), schedules: ['calr'], methods: [], seeds: [1] };
    await sweep(['--sweep', writeSmallSweep(folder, small), '--out', at('all.json')]);
    expect(read('all.json').cells).toHaveLength(2);
    expect(printed.join('\n').match(/^first\.csv: answer, dan, calr$/gm)).toHaveLength(2);
  });

  it('refuses to overwrite another sweep’s results, or those of another version', async () => {
    const one = { tasks: [{ dataset: { files: 'data/first.csv' } }], schedules: ['calr'], methods: [], seeds: [1] };
    await sweep(['--sweep', writeSmallSweep(folder, one), '--out', at('all.json')]);
    const before = readFileSync(at('all.json'), 'utf8');
    const other = writeSmallSweep(folder, { ...one, hidden: 9 });
    await expect(sweep(['--sweep', other, '--out', at('all.json')])).rejects.toThrow(/is of another sweep: its "hidden" is 8, and not 9/);
    expect(readFileSync(at('all.json'), 'utf8')).toBe(before);
    writeFileSync(at('all.json'), JSON.stringify({ ...JSON.parse(before), versions: { ...versions, 'lowrank-lab': '0.0.1' } }));
    const same = writeSmallSweep(folder, one);
    await expect(sweep(['--sweep', same, '--out', at('all.json')])).rejects.toThrow(/another version computed it: lowrank-lab 0\.0\.1/);
    writeFileSync(at('all.json'), 'rubbish');
    await expect(sweep(['--sweep', same, '--out', at('all.json')])).rejects.toThrow(/--out .*all\.json/);
  });

  it('ends the sweep where its results can not be written any more', async () => {
    const file = writeSmallSweep(folder, { tasks: [{ dataset: { files: 'data/first.csv' } }] });
    const gone = join(folder, 'gone');
    writeSmallSweep(gone);
    const removing = (lab: Lab) =>
      new Proxy(lab, {
        get: (target, name) => {
          const value = Reflect.get(target, name) as (...args: unknown[]) => unknown;
          if (name === 'runSweep') rmSync(gone, { recursive: true, force: true });
          return value.bind(target);
        },
      });
    await expect(sweep(['--sweep', file, '--out', join(gone, 'all.json')], removing)).rejects.toThrow(/could not be written: .*ENOENT/);
  });
});

describe('merge', () => {
  it('names the file that can not be used', () => {
    writeFileSync(at('bad.json'), '{"kind": "recipe"}');
    expect(() => runMerge({ files: [at('bad.json')], out: at('all.json') }, terminal())).toThrow(/The bad\.json's "kind" can't be used/);
    expect(() => runMerge({ files: [at('none.json')], out: at('all.json') }, terminal())).toThrow(/merge .*none\.json/);
    expect(existsSync(at('all.json'))).toBe(false);
  });
});
