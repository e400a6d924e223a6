import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { openFile, pathOf } from './files';

it('opens a file under its name, as a stream of its bytes', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'lab-files-'));
  try {
    const path = join(folder, 'vectors.txt');
    writeFileSync(path, 'the 0.5 0.25\n');
    const file = await openFile('embeddings', path);
    expect([file.name, file.size, pathOf(file)]).toEqual(['vectors.txt', 13, path]);
    expect(await new Response(file.stream() as ReadableStream).text()).toBe('the 0.5 0.25\n');
  } finally {
    rmSync(folder, { recursive: true });
  }
});
