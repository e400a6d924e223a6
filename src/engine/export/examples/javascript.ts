import type { ExportExample } from '../../../protocol/export';
import { listLength } from '../../compression/stored';
import type { ExportableModel } from '../format';
import { packing, type StoredMatrix, type StoredModel } from '../stored';
import { type LayerWriter, layerLines } from './layers';
import type { Loader } from './loader';

/** Node alone: loads the tensors, decodes the codes of the words that are there, and computes the logits of a sentence. */
export function javascriptExample({ layers }: Pick<ExportableModel, 'layers'>, model: StoredModel, loader: Loader): ExportExample {
  const [first, second] = model.embedding;
  const row = rowLine(first);
  const lines = [
    "import { readFileSync } from 'node:fs';",
    "const [config, words] = ['config.json', 'vocabulary.json'].map((path) => JSON.parse(readFileSync(path, 'utf8')));",
    ...loader.javascript,
    ...(model.embedding.some(isPacked)
      ? ['const code = (words, k, n, L) => Math.floor(words[Math.floor(k / n)] / L ** (k % n)) % L; // n codes of L levels in a word']
      : []),
    ...model.embedding.flatMap((matrix, i) => decoding(matrix, i === 0)),
    'const dense = (x, W, b) => Array.from(b, (sum, j) => x.reduce((s, v, i) => s + v * W[i * b.length + j], sum)); // x W + b',
    "const tokens = process.argv.length > 2 ? process.argv.slice(2) : ['a', 'fine', 'film']; // cut as config.json says; row 1 is the unknown word",
    `let x = tokens.map((token) => Math.max(1, words.indexOf(token))).map((id) => ${
      second ? `dense(${row}, ${second.coded ? second.name : `t.${second.name}`}, Array(${second.columns}).fill(0))` : row
    });`,
    ...layerLines(layers, writer),
    // biome-ignore lint/suspicious/noTemplateCurlyInString: it is the example's own.
    'config.classes.forEach((name, c) => console.log(`${name}\\t${x[c].toFixed(6)}\\t${(1 / x.reduce((sum, z) => sum + Math.exp(z - x[c]), 0)).toFixed(6)}`));',
  ];
  return { language: 'javascript', runtime: 'node', install: 'Node 20.19 or newer', code: `${lines.join('\n')}\n` };
}

/** The numbers of row `id` of a word's matrix; of a coded one, those alone are decoded. */
function rowLine({ name, columns, coded }: StoredMatrix): string {
  if (coded) return `Array.from({ length: ${columns} }, (_, j) => ${name}(id * ${columns} + j))`;
  return `[...t.${name}.subarray(id * ${columns}, (id + 1) * ${columns})]`;
}

function isPacked({ coded }: StoredMatrix): boolean {
  return coded !== null && packing(coded).kind === 'words';
}

/** What decodes a matrix: a function of the number's place, row by row; of the second factor, which every word needs whole, the numbers. */
function decoding({ name, rows, columns, coded }: StoredMatrix, isFirst: boolean): string[] {
  if (!coded) return [];
  const { levels, meaning } = coded;
  const packed = packing(coded);
  const codeAt = (place: string) =>
    packed.kind === 'integers' ? `t['${name}.codes'][${place}]` : `code(t['${name}.codes'], ${place}, ${packed.perWord}, ${levels})`;
  const define = (value: string) =>
    isFirst ? `const ${name} = (k) => ${value};` : `const ${name} = Float32Array.from({ length: ${rows * columns} }, (_, k) => ${value});`;
  if (meaning.kind === 'vectors') {
    const perRow = coded.codes.length / rows;
    const group = `Math.floor(k / ${columns}) * ${perRow} + edges.findLastIndex((edge) => edge <= k % ${columns})`;
    return [
      `const edges = ${JSON.stringify(meaning.edges)};`,
      define(`t['${name}.centres'][${codeAt(group)} * ${columns} + (k % ${columns})]`),
    ];
  }
  const scope = { matrix: '0', column: `k % ${columns}`, row: `Math.floor(k / ${columns})` }[meaning.per];
  if (meaning.kind === 'even') return [define(`t['${name}.lowest'][${scope}] + ${codeAt('k')} * t['${name}.step'][${scope}]`)];
  const start = meaning.per === 'matrix' ? '' : `(${scope}) * ${listLength(meaning.levels)} + `;
  return [define(`t['${name}.levels'][${start}${codeAt('k')}]`)];
}

const writer: LayerWriter = {
  lines: {
    'embedding-bag-mean': () => ['x = x[0].map((_, j) => x.reduce((s, v) => s + v[j], 0) / x.length);'],
    'embedding-tokens': () => [],
    lstm: ({ name, units, bidirectional, pooling }) => [
      'const sigmoid = (z) => 1 / (1 + Math.exp(-z));',
      `const lstm = (x, name, h = Array(${units}).fill(0), c = h) => {`,
      '  const states = x.map((v) => {',
      // biome-ignore lint/suspicious/noTemplateCurlyInString: it is the example's own.
      '    const gates = dense(h, t[`${name}.recurrent.weight`], dense(v, t[`${name}.input.weight`], t[`${name}.input.bias`]));',
      `    const [i, f, g, o] = [0, 1, 2, 3].map((q) => gates.slice(q * ${units}, (q + 1) * ${units}));`,
      '    c = c.map((old, j) => sigmoid(f[j]) * old + sigmoid(i[j]) * Math.tanh(g[j]));',
      '    return (h = c.map((cell, j) => sigmoid(o[j]) * Math.tanh(cell)));',
      '  });',
      pooling === 'last' ? '  return states.at(-1);' : '  return h.map((_, j) => Math.max(...states.map((state) => state[j])));',
      '};',
      bidirectional
        ? `x = [...lstm(x, '${name}.forward'), ...lstm([...x].reverse(), '${name}.backward')];`
        : `x = lstm(x, '${name}.forward');`,
    ],
    'conv-max': ({ name, spans }) => [
      `x = [${spans.join(', ')}].flatMap((n) => {`,
      '  const padded = [...x, ...Array(Math.max(0, n - x.length)).fill(x[0].map(() => 0))];',
      '  const windows = padded.slice(n - 1).map((_, i) => padded.slice(i, i + n).flat());',
      `  const all = windows.map((v) => dense(v, t[\`${name}.\${n}.weight\`], t[\`${name}.\${n}.bias\`]));`,
      '  return all[0].map((_, j) => Math.max(0, ...all.map((y) => y[j])));',
      '});',
    ],
  },
  dense: (x, { name, activation }) => {
    const sums = `dense(${x}, t['${name}.weight'], t['${name}.bias'])`;
    return activation === 'relu' ? `${sums}.map((z) => Math.max(0, z))` : sums;
  },
  assign: (x) => `x = ${x};`,
};
