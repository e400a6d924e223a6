import type { ExportExample, ExportFile } from '../../protocol/export';
import type { ResultRow } from '../../protocol/results';
import { findMethod } from '../compression/registry';
import { firstWordId } from '../data/vocabulary';
import { findModel } from '../models/registry';
import type { ExportableModel } from './format';
import { escapeMarkdown, markdownTable } from './markdown';
import { textFile } from './text-file';

/** What the card says of the files beside it. */
export interface CardFile {
  path: string;
  /** A sentence, in Markdown. */
  holds: string;
}

const percent = (share: number | null) => (share === null ? '' : `${(100 * share).toFixed(1)} %`);
const bytes = (count: number) => count.toLocaleString('en');

/**
 * The model card: what the model is, what it was trained on, how well it does and over how many seeds, what it weighs, what it was made with, and the
 * licences. Names are of whoever made the data: they are shown as they are, and do nothing.
 */
export function modelCard(model: ExportableModel, files: readonly CardFile[], examples: readonly ExportExample[]): ExportFile {
  const sections = [
    `# ${escapeMarkdown(`${findMethod(model.row.method).label}, ${findModel(model.specification.model).label}`)}`,
    'A text classifier whose word vectors were compressed, written by Lowrank Lab.',
    what(model),
    `## Accuracy\n\n${accuracy(model.rows)}`,
    `## Size\n\n${size(model.row)}`,
    `## Files\n\n${markdownTable(
      ['File', 'Holds'],
      files.map(({ path, holds }) => [`\`${path}\``, holds]),
    )}`,
    `## Use\n\n${examples.map(example).join('\n\n')}`,
    `## Made with\n\n${madeWith(model)}`,
    `## Licences\n\n${licences(model)}`,
    `## Specification\n\nThe same specification on the same kind of backend gives the same numbers.\n\n\`\`\`json\n${JSON.stringify(model.specification, null, 2)}\n\`\`\``,
  ];
  return textFile('README.md', `${sections.join('\n\n')}\n`);
}

function what({ row, rows, specification, classes, words, tokenizer }: ExportableModel): string {
  const { embeddings, dataset, task, model, hidden } = specification;
  const named = ({ name, id }: { name: string; id: string }) => `${escapeMarkdown(name)} (${escapeMarkdown(id)})`;
  const setting = [
    row.rank === null ? '' : `rank ${row.rank}`,
    row.levels === null ? '' : `${row.levels.toLocaleString('en')} levels`,
    row.groups === null ? '' : `${row.groups} groups`,
  ].filter((part) => part !== '');
  return markdownTable(
    ['', ''],
    [
      ['Data set', named(dataset)],
      ['Task', escapeMarkdown(task)],
      ['Classes', classes.map(escapeMarkdown).join(', ')],
      ['Pretrained word vectors', named(embeddings)],
      ['Vocabulary', `${(words.length + firstWordId).toLocaleString('en')} rows; texts cut by the tokenizer ${escapeMarkdown(tokenizer)}`],
      ['Network', `${escapeMarkdown(findModel(model).label)}, ${hidden} hidden units`],
      ['Method', [escapeMarkdown(findMethod(row.method).label), ...setting].join(', ')],
      [
        'Compression rate',
        `${percent(row.rate)}${row.requestedRate === null ? '' : `, of ${percent(row.requestedRate)} that were asked for`}`,
      ],
      ['Seed of this model', `${row.seed}, the first of ${rows.length}`],
    ],
  );
}

function accuracy(rows: readonly ResultRow[]): string {
  const line = (name: string, of: (row: ResultRow) => number | null) => [
    name,
    ...rows.map((row) => percent(of(row))),
    spread(rows.map(of)),
  ];
  const table = markdownTable(
    ['', ...rows.map(({ seed }) => `Seed ${seed}`), 'Mean and standard deviation over seeds'],
    [
      line('Test accuracy', ({ testAccuracy }) => testAccuracy),
      line('Test macro-F1', ({ macroF1 }) => macroF1),
      line('Test accuracy before retraining', ({ beforeRetrainingAccuracy }) => beforeRetrainingAccuracy),
      line('Validation accuracy, which chose the checkpoint', ({ validationAccuracy }) => validationAccuracy),
      line('Test accuracy of always saying the most frequent class', ({ majorityAccuracy }) => majorityAccuracy),
    ].filter((cells) => cells.slice(1).some((cell) => cell !== '')),
  );
  const [{ testCount }] = rows;
  return `${table}\n\n${testCount.toLocaleString('en')} test sentences, read once, at the end.${rows.length === 1 ? ' One seed proves nothing.' : ''}`;
}

function spread(values: readonly (number | null)[]): string {
  const known = values.filter((value) => value !== null);
  if (known.length === 0) return '';
  const mean = known.reduce((sum, value) => sum + value, 0) / known.length;
  if (known.length === 1) return percent(mean);
  const variance = known.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (known.length - 1);
  return `${percent(mean)} ± ${(100 * Math.sqrt(variance)).toFixed(1)}`;
}

function size({ bytes: embeddingBytes, networkBytes, rate }: ResultRow): string {
  return markdownTable(
    ['', 'Bytes'],
    [
      ['Embedding', bytes(embeddingBytes)],
      ['Whole network, embedding included', bytes(networkBytes)],
      ['Embedding before compression, in float32', bytes(Math.round(embeddingBytes / (1 - rate)))],
    ],
  );
}

function example({ language, install, code }: ExportExample): string {
  const title = language === 'python' ? 'Python' : 'JavaScript';
  return `${title} (\`${install}\`), in this folder:\n\n\`\`\`${language}\n${code}\`\`\``;
}

function madeWith({ adapter, versions }: ExportableModel): string {
  const lines = [
    `- Backend: ${adapter.backend === 'webgpu' ? 'WebGPU' : 'CPU'}, ${escapeMarkdown(adapter.name)}`,
    ...Object.entries(versions).map(([name, version]) => `- ${escapeMarkdown(name)} ${escapeMarkdown(version)}`),
  ];
  return lines.join('\n');
}

function licences({ licences: all }: ExportableModel): string {
  if (all.length === 0) return 'The word vectors and the data set came without one; see where they are from before you pass the model on.';
  return all.map(({ of, text }) => `- ${escapeMarkdown(of)}: ${escapeMarkdown(text)}`).join('\n');
}
