import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { engineRevisionDefine } from './engine-revision.mjs';
import { root, runInstalled } from './run.mjs';

const folder = join(root, 'dist-engine');

/**
 * Builds the package entry `lowrank-lab/engine`: one ES module that imports the package's dependencies by their names, and the types beside it.
 *
 * @returns {Promise<number>} exit code
 */
export async function buildEngine() {
  rmSync(folder, { recursive: true, force: true });
  // Loaded only now: set-up may have installed it a moment ago.
  const { build } = await import('vite');
  await build({
    configFile: false,
    define: engineRevisionDefine(),
    root,
    publicDir: false,
    logLevel: 'warn',
    build: {
      outDir: folder,
      target: 'es2022',
      minify: false,
      lib: { entry: join(root, 'src/engine/index.ts'), formats: ['es'], fileName: 'index' },
      rollupOptions: {
        // A package's own version is read here and now: Node would ask for an attribute to import it.
        external: (/** @type {string} */ id) => /^[^./\0]/.test(id) && !id.startsWith(root) && !id.endsWith('.json'),
      },
    },
  });
  const exitCode = await runInstalled(['typescript', 'tsc'], ['-p', 'tsconfig.engine.json']);
  nameExtensions(join(folder, 'types'));
  return exitCode;
}

/**
 * Node's resolution wants the extension of every file; the sources leave it to the bundler.
 *
 * @param {string} types
 */
function nameExtensions(types) {
  for (const entry of readdirSync(types, { recursive: true, withFileTypes: true })) {
    if (!entry.name.endsWith('.d.ts')) continue;
    const file = join(entry.parentPath, entry.name);
    const text = readFileSync(file, 'utf8');
    writeFileSync(file, text.replace(/(from |import\()'(\.{1,2}\/[^']+?)(?:\.js)?'/g, "$1'$2.js'"));
  }
}
