import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { installedCommand, root } from './lib/run.mjs';

/**
 * Files of the house, imports that they may not have (each rule of biome.json bites here at least once), and imports that must stay
 * allowed, lest a rule be so wide that it catches a namesake.
 */
const house: Record<string, { forbidden: string[]; allowed: string[] }> = {
  'src/protocol/x.ts': { forbidden: ['../engine/errors', '../store/x'], allowed: [] },
  'src/views/train/x.tsx': { forbidden: ['../../engine/lab/lab'], allowed: [] },
  'src/views/x.tsx': { forbidden: ['../cli/main', '@tensorflow/tfjs'], allowed: ['../store/x', '../protocol/data'] },
  'src/store/x.ts': { forbidden: ['../client/x', '../engine'], allowed: ['../protocol/plan'] },
  'src/client/x.ts': { forbidden: ['../store/x', '../engine/lab/lab', '@tensorflow/tfjs-core'], allowed: ['../protocol/lab', 'comlink'] },
  'src/charts/x.tsx': { forbidden: ['../protocol/results', '../ui/x'], allowed: [] },
  'src/ui/x.tsx': { forbidden: ['../store/x', '../charts/x'], allowed: [] },
  'src/cli/x.ts': { forbidden: ['../client/x', '../charts/save', 'react'], allowed: ['../engine/lab/lab', '../charts/palette', 'node:fs'] },
  'src/app.tsx': { forbidden: ['./engine/lab/lab'], allowed: [] },
  'src/main.tsx': { forbidden: ['./cli/main'], allowed: ['react-dom/client', './client/x'] },
  'e2e/x.spec.ts': { forbidden: ['../src/store/x'], allowed: [] },
  'src/engine/worker.ts': { forbidden: ['../store/x', 'react', 'node:fs'], allowed: ['./lab/lab', './experiment/x'] },
  'src/engine/lab/x.ts': { forbidden: ['../../store/x', 'react', 'node:fs'], allowed: ['../../protocol/lab', '../experiment/x'] },
  'src/engine/device/x.ts': { forbidden: ['../kernels/x', '../../client/x'], allowed: ['../../protocol/device', '@tensorflow/tfjs'] },
  'src/engine/kernels/dense/x.ts': { forbidden: ['../../plan/x'], allowed: ['../../device/device'] },
  'src/engine/kernels/x.ts': { forbidden: ['../models/dan', 'react-dom/client'], allowed: [] },
  'src/engine/svd/x.ts': { forbidden: ['../compression/x', '../lab/lab'], allowed: ['../matrix'] },
  'src/engine/schedules/x.ts': { forbidden: ['../training/x'], allowed: [] },
  'src/engine/data/x.ts': { forbidden: ['../plan/x'], allowed: ['../../protocol/data'] },
  'src/engine/export/x.ts': { forbidden: ['../plan/x'], allowed: ['../compression/x', '../models/x', '../data/x'] },
  'src/engine/compression/x.ts': { forbidden: ['../training/x', '../plan/x'], allowed: ['../svd/x'] },
  'src/engine/models/x.ts': { forbidden: ['../plan/x'], allowed: [] },
  'src/engine/plan/x.ts': { forbidden: ['../training/x', '../experiment/x'], allowed: ['../models/dan'] },
  'src/engine/projection/x.ts': { forbidden: ['../plan/x', '../../views/x'], allowed: ['../svd/x', '../data/x'] },
  'src/engine/number-line/x.ts': { forbidden: ['../training/x', '../lab/lab'], allowed: ['../compression/x'] },
  'src/engine/training/x.ts': {
    forbidden: ['../experiment/x', '../race/x', '../sweep/x', '@mantine/core'],
    allowed: ['../plan/x', '../../protocol/plan'],
  },
  'src/engine/experiment/x.ts': {
    forbidden: ['../lab/lab', '../../views/x', '../race/x', '../sweep/x', '../trying/x'],
    allowed: ['../data/x'],
  },
  'src/engine/trying/x.ts': {
    forbidden: ['../lab/lab', '../race/x', '../sweep/x'],
    allowed: ['../experiment/x', '../projection/x', '../plan/x'],
  },
  'src/engine/race/x.ts': { forbidden: ['../lab/lab', '../../views/x'], allowed: ['../experiment/x', '../statistics/x'] },
  'src/engine/sweep/x.ts': { forbidden: ['../lab/lab', '../../client/x', 'react'], allowed: ['../experiment/x', 'idb'] },
  'src/engine/statistics/x.ts': { forbidden: ['../training/x', '../../protocol/race'], allowed: ['jstat'] },
  'src/engine/analysis/x.ts': { forbidden: ['../training/x', '../lab/lab', '../../charts/x'], allowed: ['../statistics/x', '../sweep/x'] },
  'src/engine/report/x.ts': { forbidden: ['../device/x', '../../charts/x', 'react'], allowed: ['../analysis/x', '../../protocol/report'] },
  'src/engine/x.test.ts': { forbidden: [], allowed: ['node:fs'] },
};

let folder: string;
/** `FILE:LINE` of each complaint about an import. */
let complaints: Set<string>;
/** Files that the linter found in a cycle. */
let inCycle: string[];

const importsOf = (file: string) => [...house[file].forbidden, ...house[file].allowed];

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'import-rules-'));
  const configuration = JSON.parse(readFileSync(join(root, 'biome.json'), 'utf8'));
  // The temporary folder is no repository.
  writeFileSync(join(folder, 'biome.json'), JSON.stringify({ ...configuration, $schema: undefined, vcs: undefined }));
  for (const file of Object.keys(house)) {
    mkdirSync(dirname(join(folder, file)), { recursive: true });
    writeFileSync(
      join(folder, file),
      importsOf(file)
        .map((imported) => `import '${imported}';\n`)
        .join(''),
    );
  }
  writeFileSync(join(folder, 'src/engine/egg.ts'), "import { hen } from './hen';\nexport const egg = () => hen();\n");
  writeFileSync(join(folder, 'src/engine/hen.ts'), "import { egg } from './egg';\nexport const hen = () => egg();\n");
  const parameters = ['lint', '--reporter=json', '--max-diagnostics=none', '.'];
  const { stdout } = spawnSync(process.execPath, [installedCommand('@biomejs/biome', 'biome'), ...parameters], {
    cwd: folder,
    encoding: 'utf8',
  });
  const report: { diagnostics: { category: string; location: { path: string; start: { line: number } } }[] } = JSON.parse(stdout);
  complaints = new Set(
    report.diagnostics
      .filter(({ category }) => category === 'lint/style/noRestrictedImports' || category === 'lint/correctness/noNodejsModules')
      .map(({ location }) => `${location.path}:${location.start.line}`),
  );
  inCycle = report.diagnostics.filter(({ category }) => category === 'lint/suspicious/noImportCycles').map(({ location }) => location.path);
});

afterAll(() => rmSync(folder, { recursive: true }));

describe('the import rules of biome.json', () => {
  it.each(Object.keys(house))('hold in %s', (file) => {
    const refused = importsOf(file).filter((_, i) => complaints.has(`${file}:${i + 1}`));
    expect(refused).toEqual(house[file].forbidden);
  });

  it('find a cycle', () => {
    expect(inCycle).toEqual(expect.arrayContaining(['src/engine/egg.ts', 'src/engine/hen.ts']));
  });
});
