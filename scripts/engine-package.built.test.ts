import { execFile } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { engineRevision } from './lib/engine-revision.mjs';
import { root } from './lib/run.mjs';

const run = promisify(execFile);
/** A project of somebody else's, with the package among its own. */
const consumer = join(root, 'test-results', 'consumer');

beforeAll(() => {
  rmSync(consumer, { recursive: true, force: true });
  mkdirSync(join(consumer, 'node_modules'), { recursive: true });
  symlinkSync(root, join(consumer, 'node_modules', 'lowrank-lab'), 'dir');
  writeFileSync(join(consumer, 'package.json'), '{ "type": "module" }');
});
afterAll(() => rmSync(consumer, { recursive: true, force: true }));

describe('the package entry lowrank-lab/engine', () => {
  it('runs the documented example in Node as it stands', async () => {
    const example = readFileSync(join(root, 'docs/library/example.mjs'), 'utf8');
    expect(readFileSync(join(root, 'docs/library.md'), 'utf8')).toContain(example.trim());
    writeFileSync(join(consumer, 'example.mjs'), example);
    const { stdout } = await run(process.execPath, ['example.mjs'], { cwd: consumer });
    const [, energy, full, lowRank] =
      /rank 4 keeps ([\d.]+) %; test accuracy \{ full: ([\d.]+), 'low-rank': ([\d.]+) \}/.exec(stdout) ?? [];
    expect(Number(energy)).toBeGreaterThan(30);
    expect(Number(energy)).toBeLessThan(100);
    expect(Number(full)).toBeGreaterThan(0.9);
    expect(Number(lowRank)).toBeGreaterThan(0.9);
  });

  it('says which sources it was built from, as the page and the command line do', async () => {
    const named = `${createRequire(import.meta.url)('../package.json').version}+${engineRevision()}`;
    expect(named).toMatch(/^\d+\.\d+\.\d+\+[0-9a-f]{8}$/);
    writeFileSync(join(consumer, 'version.mjs'), "import { versions } from 'lowrank-lab/engine';\nconsole.log(versions['lowrank-lab']);\n");
    const { stdout } = await run(process.execPath, ['version.mjs'], { cwd: consumer });
    expect(stdout.trim()).toBe(named);
    const assets = join(root, 'dist', 'assets');
    const built = readdirSync(assets).filter((name) => name.endsWith('.js'));
    expect(built.some((name) => readFileSync(join(assets, name), 'utf8').includes(engineRevision()))).toBe(true);
    const out = join(consumer, 'results.json');
    await run(
      process.execPath,
      ['--import', 'tsx', join(root, 'src/cli/main.ts'), ...'--methods random --rates 0.9 --epochs 1 --backend cpu --out'.split(' '), out],
      { cwd: root },
    );
    expect(JSON.parse(readFileSync(out, 'utf8')).versions['lowrank-lab']).toBe(named);
  });

  it('asks for nothing of the screen', () => {
    const imported = [...readFileSync(join(root, 'dist-engine/index.js'), 'utf8').matchAll(/from "([^"./][^"]*)"/g)].map(
      ([, name]) => name,
    );
    expect(imported.length).toBeGreaterThan(0);
    expect(imported.filter((name) => /react|zustand|mantine|recharts|wouter|comlink/.test(name))).toEqual([]);
    const { dependencies } = createRequire(import.meta.url)('../package.json');
    for (const name of imported)
      expect(
        Object.keys(dependencies).some((known) => name === known || name.startsWith(`${known}/`)),
        name,
      ).toBe(true);
  });

  it.each(['NodeNext', 'Bundler'])('has types that a program resolves as %s does', async (resolution) => {
    writeFileSync(
      join(consumer, 'use.ts'),
      `import { openLab, truncatedSvd, matrix, openCpuDevice, type ExperimentResults } from 'lowrank-lab/engine';
const opened = await openLab({ embeddings: [], dataset: [] });
const results: ExperimentResults = await opened.lab.run({ ...opened.specification, rates: [0.9] }, (events) => events.map(({ kind }) => kind));
export const accuracy: number = results.results[0].testAccuracy;
const { a } = await truncatedSvd(matrix(3, 2), openCpuDevice('A test.'), { rank: 1 });
export const rows: number = a.rows;
// @ts-expect-error a rate is a number
void opened.lab.run({ ...opened.specification, rates: ['0.9'] }, () => {});
`,
    );
    const options = { noEmit: true, strict: true, skipLibCheck: true, target: 'ES2022', lib: ['ES2023', 'DOM'], types: [] };
    const module = resolution === 'NodeNext' ? 'NodeNext' : 'ESNext';
    writeFileSync(
      join(consumer, 'tsconfig.json'),
      JSON.stringify({ compilerOptions: { ...options, module, moduleResolution: resolution }, files: ['use.ts'] }),
    );
    const compiler = join(dirname(createRequire(import.meta.url).resolve('typescript/package.json')), 'bin/tsc');
    const { stdout } = await run(process.execPath, [compiler], { cwd: consumer }).catch((error: { stdout: string }) => error);
    expect(stdout).toBe('');
  });
});
