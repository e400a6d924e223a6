import { execFile } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parseAllDocuments } from 'yaml';
import { writeSmallSweep } from '../src/cli/sweep/testing/small-files';
import { withoutSeconds } from '../src/engine/sweep/testing';
import type { SweepResults } from '../src/protocol/sweep';
import { root } from './lib/run.mjs';

const folder = join(root, 'docs', 'scale-out');
const run = promisify(execFile);

interface Manifest {
  metadata: { name: string };
  spec: {
    completionMode: string;
    completions: number;
    parallelism: number;
    template: {
      spec: {
        containers: { args: string[]; env: { name: string; value: string }[]; volumeMounts: { name: string; mountPath: string }[] }[];
        volumes: { name: string; persistentVolumeClaim: { claimName: string } }[];
      };
    };
  };
}

interface Workflow {
  env: { SHARDS: number };
  jobs: Record<'share' | 'merge', { strategy: { matrix: { share: number[] } }; steps: { name?: string; run?: string }[] }>;
}

/** Documents of a YAML file, as plain values. */
function yaml<T>(name: string): T[] {
  const documents = parseAllDocuments(readFileSync(join(folder, name), 'utf8'));
  if (!Array.isArray(documents)) throw new Error(`${name} is empty`);
  return documents.map((document) => {
    expect(document.errors).toEqual([]);
    return document.toJS();
  });
}

const [claim, job] = yaml<Manifest>('kubernetes.yaml');
const [mergeJob] = yaml<Manifest>('kubernetes-merge.yaml');
const [workflow] = yaml<Workflow>('github-actions.yml');
const container = (of: Manifest) => of.spec.template.spec.containers[0];
const step = (of: 'share' | 'merge', name: string) => workflow.jobs[of].steps.find((one) => one.name === name)?.run ?? '';

describe('the files for clusters', () => {
  it('have as many shares as they start', () => {
    const { spec } = job;
    expect(spec).toMatchObject({ completionMode: 'Indexed', parallelism: spec.completions });
    expect(container(job).env).toEqual([{ name: 'SHARDS', value: String(spec.completions) }]);
    const { matrix } = workflow.jobs.share.strategy;
    expect(matrix.share).toEqual(Array.from({ length: workflow.env.SHARDS }, (_, i) => i + 1));
    expect(readFileSync(join(folder, 'slurm.sh'), 'utf8')).toMatch(/^#SBATCH --array=1-\d+$/m);
  });

  it('have volumes where their commands look', () => {
    for (const one of [job, mergeJob]) {
      const { volumes } = one.spec.template.spec;
      expect(volumes.find(({ name }) => name === 'results')?.persistentVolumeClaim.claimName).toBe(claim.metadata.name);
      for (const mount of container(one).volumeMounts) expect(container(one).args.join(' ')).toContain(`${mount.mountPath}/`);
    }
  });

  it('are scripts that bash can read', async () => {
    const scripts = readdirSync(folder).filter((name) => name.endsWith('.sh'));
    expect(scripts).toHaveLength(2);
    for (const name of scripts) await run('bash', ['-n', join(folder, name)]);
  });

  describe('run', () => {
    let temporary: string;
    let sweep: string;
    let whole: SweepResults;

    const shell = (command: string, environment: Record<string, string>, parameters: string[] = []) =>
      run('bash', ['-euo', 'pipefail', '-c', command, 'bash', ...parameters], {
        cwd: root,
        env: { ...process.env, INIT_CWD: root, ...environment },
      });
    const read = (...path: string[]): SweepResults => JSON.parse(readFileSync(join(temporary, ...path), 'utf8'));

    beforeAll(async () => {
      temporary = mkdtempSync(join(tmpdir(), 'lab-scale-out-'));
      sweep = writeSmallSweep(temporary, { schedules: ['calr'], epochs: 2 });
      await shell(`node scripts/lab.mjs --backend cpu --sweep "$1" --out "$2"`, {}, [sweep, join(temporary, 'whole.json')]);
      whole = read('whole.json');
      expect(whole.cells).toHaveLength(12);
    }, 60_000);
    afterAll(() => rmSync(temporary, { recursive: true }));

    it('the same as one machine does, by the Slurm array', async () => {
      const results = join(temporary, 'slurm');
      const task = (id: number) =>
        shell('docs/scale-out/slurm.sh "$@"', { SLURM_ARRAY_TASK_ID: String(id), SLURM_ARRAY_TASK_COUNT: '2' }, [sweep, results]);
      await Promise.all([task(1), task(2)]);
      expect(read('slurm', 'results-1.json').cells).toHaveLength(6);
      const { stderr } = await shell('docs/scale-out/slurm-merge.sh "$1"', {}, [results]);
      expect(stderr).toMatch(/2 files, 12 cells, 0 gaps/);
      expect(withoutSeconds(read('slurm', 'all.json'))).toEqual(withoutSeconds(whole));
    }, 60_000);

    it('the same, by the commands of the Kubernetes Job and of the GitHub workflow', async () => {
      mkdirSync(join(temporary, 'mixed'));
      const inTemporary = (command: string) =>
        command
          .replaceAll('/sweep/sweep.json', sweep)
          .replaceAll('/results/', `${join(temporary, 'mixed')}/`)
          .replace(/(?<=[" ])(?=results-[$*])/g, `${join(temporary, 'mixed')}/`)
          .replace(/(?<= )(?=all\.json)/, `${join(temporary, 'mixed')}/`);
      await Promise.all([
        shell(inTemporary(container(job).args[0]), { JOB_COMPLETION_INDEX: '0', SHARDS: '2' }),
        shell(inTemporary(step('share', 'Run a share')), { SHARE: '2', SHARDS: '2', SWEEP: sweep }),
      ]);
      expect(readdirSync(join(temporary, 'mixed')).sort()).toEqual(['results-0.json', 'results-2.json']);
      for (const merge of [container(mergeJob).args[0], step('merge', 'Merge the shares')]) {
        await shell(inTemporary(merge), {});
        expect(withoutSeconds(read('mixed', 'all.json'))).toEqual(withoutSeconds(whole));
        rmSync(join(temporary, 'mixed', 'all.json'));
      }
    }, 60_000);
  });
});
