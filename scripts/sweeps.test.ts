import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readSweepFile } from '../src/cli/sweep/file';
import { catalogue } from '../src/engine/experiment/catalogue';
import { validateSweep } from '../src/engine/sweep/specification';
import { root } from './lib/run.mjs';

const known = catalogue();
const names = readdirSync(join(root, 'sweeps'));

/** The sweep of a file, as on the bundled data. */
async function sweepOf(name: string) {
  const { settings, tasks } = await readSweepFile(join(root, 'sweeps', name), known);
  const { embeddings, dataset } = known.defaultSpecification;
  return validateSweep({ ...settings, embeddings, tasks: tasks.map(({ task = '' }) => ({ dataset, task })) });
}

describe('the sweeps of the evidence', () => {
  it.each(names)('%s may be run', async (name) => {
    expect((await sweepOf(name)).seeds.length).toBeGreaterThan(1);
  });

  it.each(['evidence.json', 'evidence-sequences.json'])('%s has every method that there is', async (name) => {
    const { methods } = await sweepOf(name);
    expect(methods).toEqual(known.methods.map(({ id }) => id));
  });

  it('have every network that there is', async () => {
    const sweeps = await Promise.all(names.map(sweepOf));
    expect(new Set(sweeps.flatMap(({ models }) => models))).toEqual(new Set(known.models.map(({ id }) => id)));
  });

  it('have the schedules of the paper’s claim', async () => {
    const { schedules } = await sweepOf('evidence-schedules.json');
    expect(schedules.map(({ id }) => id)).toEqual(['fixed', 'clr', 'calr']);
  });
});
