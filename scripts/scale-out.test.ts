import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, it, vi } from 'vitest';
import { parseAllDocuments } from 'yaml';
// First: it names the engine's sources, as the command line does.
import '../src/cli/engine-revision';
import { createNodeLab } from '../src/cli/node-lab';
import { parseOptions } from '../src/cli/options';
import { ProgressLine } from '../src/cli/progress';
import { runSweepFile } from '../src/cli/sweep/run';
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

/** The whole sweep, in this process. */
async function oneMachine(sweep: string, out: string): Promise<void> {
  const lab = createNodeLab();
  const progress = new ProgressLine(
    () => {},
    false,
    () => 0,
  );
  await runSweepFile(lab, await lab.open('cpu'), parseOptions(['--sweep', sweep, '--out', out]), { progress, print: () => {} });
  await lab.close();
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

  it('run a share each, and merge them to what one machine computes, bit for bit', async () => {
    const temporary = mkdtempSync(join(tmpdir(), 'lab-scale-out-'));
    try {
      const at = (name: string) => join(temporary, name);
      const read = (name: string): SweepResults => JSON.parse(readFileSync(at(name), 'utf8'));
      const sweep = writeSmallSweep(temporary, { schedules: ['calr'] });
      const shell = (command: string, environment: Record<string, string>, parameters: string[] = []) =>
        run('bash', ['-euo', 'pipefail', '-c', command, 'bash', ...parameters], {
          cwd: root,
          env: { ...process.env, INIT_CWD: root, ...environment },
        });
      /** A command of a cluster, with its files where this test has them. */
      const here = (command: string, out = 'all.json') =>
        command
          .replaceAll('/sweep/sweep.json', sweep)
          .replaceAll('/results/', `${temporary}/`)
          .replace(/(?<=[" ])(?=results-[$*])/g, `${temporary}/`)
          .replace(/(?<= )\S*all\.json/, at(out));
      // Each cluster has one of three shares.
      await Promise.all([
        shell('docs/scale-out/slurm.sh "$@"', { SLURM_ARRAY_TASK_ID: '1', SLURM_ARRAY_TASK_COUNT: '3' }, [sweep, temporary]),
        // The third: its index begins at 0.
        shell(here(container(job).args[0]), { JOB_COMPLETION_INDEX: '2', SHARDS: '3' }),
        shell(here(step('share', 'Run a share')).replace('results-$SHARE', 'results-of-workflow'), {
          SHARE: '2',
          SHARDS: '3',
          SWEEP: sweep,
        }),
        oneMachine(sweep, at('whole.json')),
      ]);
      expect(readdirSync(temporary).filter((name) => name.startsWith('results-'))).toHaveLength(3);
      const whole = withoutSeconds(read('whole.json'));
      expect(whole.cells).toHaveLength(12);
      await Promise.all([
        shell('docs/scale-out/slurm-merge.sh "$1"', {}, [temporary]),
        shell(here(container(mergeJob).args[0], 'of-job.json'), {}),
        shell(here(step('merge', 'Merge the shares'), 'of-workflow.json'), {}),
      ]);
      for (const name of ['all.json', 'of-job.json', 'of-workflow.json']) expect(withoutSeconds(read(name))).toEqual(whole);
    } finally {
      rmSync(temporary, { recursive: true });
    }
  }, 120_000);

  it('are told by 143 that there is more to do, also of a share that is ended while its data are read', async () => {
    const temporary = mkdtempSync(join(tmpdir(), 'lab-scale-out-'));
    try {
      const sweep = writeSmallSweep(temporary, { epochs: 1000 });
      const share = spawn(process.execPath, ['scripts/lab.mjs', '--backend', 'cpu', '--sweep', sweep], { cwd: root });
      // Its first line names the backend: nothing is read yet.
      await once(share.stderr, 'data');
      share.kill('SIGTERM');
      expect(await once(share, 'close')).toEqual([143, null]);
    } finally {
      rmSync(temporary, { recursive: true });
    }
  }, 60_000);

  it('lose no more than seconds by kill -9, and a merge of what is left ends with 2', async () => {
    const temporary = mkdtempSync(join(tmpdir(), 'lab-scale-out-'));
    try {
      const out = join(temporary, 'results-1.json');
      const sweep = writeSmallSweep(temporary, { epochs: 1000 });
      const share = spawn(process.execPath, ['--import', 'tsx', 'src/cli/main.ts', '--backend', 'cpu', '--sweep', sweep, '--out', out], {
        cwd: root,
      });
      let said = '';
      share.stderr.on('data', (chunk: Buffer) => {
        said += chunk;
      });
      const finished = () => said.match(/: test accuracy/g)?.length ?? 0;
      const kept = () => (existsSync(out) ? (JSON.parse(readFileSync(out, 'utf8')) as SweepResults).cells.length : 0);
      await vi.waitFor(() => expect(finished()).toBeGreaterThan(2), { timeout: 60_000, interval: 50 });
      const told = finished();
      // Two seconds, and what a busy machine adds.
      await vi.waitFor(() => expect(kept()).toBeGreaterThanOrEqual(told), { timeout: 10_000, interval: 50 });
      share.kill('SIGKILL');
      await once(share, 'close');
      expect(kept()).toBeGreaterThanOrEqual(told);
      expect(kept()).toBeLessThan(24);
      const all = join(temporary, 'all.json');
      await expect(
        run(process.execPath, ['--import', 'tsx', 'src/cli/main.ts', 'merge', out, '--out', all], { cwd: root }),
      ).rejects.toMatchObject({
        code: 2,
        stderr: expect.stringMatching(/cells are missing:\n/),
      });
      expect(withoutSeconds(JSON.parse(readFileSync(all, 'utf8')))).toEqual(withoutSeconds(JSON.parse(readFileSync(out, 'utf8'))));
    } finally {
      rmSync(temporary, { recursive: true });
    }
  }, 120_000);
});
