import { describe, expect, it } from 'vitest';
import { recognizeEmbeddings } from '../data/embeddings/registry';
import { fileOf } from '../data/testing';
import { exportModel } from './export';
import { finishedRun } from './testing/finished-run';

const text = (bytes: Uint8Array | undefined) => new TextDecoder().decode(bytes);

describe('the model card', () => {
  it('says what the model is, how well it does over the seeds, what it weighs and what it was made with', async () => {
    const run = await finishedRun({ methods: ['low-rank'], seeds: [3, 4] });
    const { files } = await exportModel(run, 'low-rank@0.5', 'safetensors');
    const card = text(files.find(({ path }) => path === 'README.md')?.bytes);
    const rows = run.results.results.filter(({ method }) => method === 'low-rank');
    expect(rows).toHaveLength(2);
    for (const { testAccuracy } of rows) expect(card).toContain(`| ${(100 * testAccuracy).toFixed(1)} % |`);
    const mean = (rows[0].testAccuracy + rows[1].testAccuracy) / 2;
    const deviation = Math.abs(rows[0].testAccuracy - rows[1].testAccuracy) / Math.SQRT2;
    expect(card).toContain(`| ${(100 * mean).toFixed(1)} % ± ${(100 * deviation).toFixed(1)} |`);
    expect(card).toMatch(/Seed of this model \| 3, the first of 2/);
    expect(card).toContain(`| Embedding | ${rows[0].bytes.toLocaleString('en')} |`);
    expect(card).toContain('| Embedding before compression, in float32 | 5,760 |');
    expect(card).toMatch(/- Backend: CPU, .*\n- lowrank\\-lab 0\\\.1\\\.0\n/);
    expect(card).toContain('- made up: CC0');
    const [, specification] = /```json\n([\s\S]*?)\n```/.exec(card) ?? [];
    expect(JSON.parse(specification)).toEqual(run.specification);
    for (const { path } of files.slice(0, -1)) expect(card).toContain(`\`${path}\``);
  });

  it('shows names as they are, and lets them do nothing', async () => {
    const evil = '<script>alert(1)</script>\n# [x](https://example.org) | `y`';
    const run = await finishedRun({ methods: [], dataset: { id: 'sha256:0', name: evil } });
    const hostile = { ...run, data: { ...run.data, classes: [evil, 'b'] }, licences: [{ of: evil, text: evil }] };
    const { files } = await exportModel(hostile, 'full', 'npy');
    const card = text(files.at(-1)?.bytes);
    const shown = card.slice(0, card.indexOf('```json'));
    expect(shown).not.toContain('<script>');
    expect(shown).not.toContain('](https:');
    expect(card.match(/^# /gm)).toHaveLength(1);
    expect(JSON.parse(text(files.find(({ path }) => path === 'config.json')?.bytes)).classes).toEqual([evil, 'b']);
  });

  it('lies beside files that the Data room opens: the full table as NumPy and as safetensors, with its vocabulary', async () => {
    const run = await finishedRun({ methods: [] });
    const [full] = run.models;
    if (full.state.embedding.kind !== 'table') throw new Error('not a table');
    for (const [format, path] of [
      ['npy', 'table.npy'],
      ['safetensors', 'model.safetensors'],
    ]) {
      const { files } = await exportModel(run, 'full', format);
      const bytesOf = (name: string) => files.find((file) => file.path === name)?.bytes ?? new Uint8Array();
      const found = await recognizeEmbeddings([
        fileOf(bytesOf(path), { name: path }),
        fileOf(bytesOf('vocabulary.json'), { name: 'words' }),
      ]);
      const choice = { keep: { kind: 'all' as const }, tensor: format === 'npy' ? null : 'table' };
      const { words, vectors } = await found.format.read(found.files, choice, { limit: Number.POSITIVE_INFINITY, keeps: () => true });
      expect(words).toEqual(['<pad>', '<unk>', ...run.data.words]);
      const { values, columns } = full.state.embedding.table;
      for (const row of [0, 1, 77]) expect(vectors.row(row)).toEqual(values.slice(row * columns, (row + 1) * columns));
    }
  });
});
