import type { ExportExample } from '../../../protocol/export';
import type { LayerSpecification } from '../../models/model';
import type { ExportableModel } from '../format';
import { packing, type StoredMatrix, type StoredModel } from '../stored';
import { vocabularyPath } from '../vocabulary';
import type { Loader } from './loader';

/** Node alone: loads the tensors, decodes the codes of the words that are there, and computes the logits of a sentence. */
export function javascriptExample({ layers }: Pick<ExportableModel, 'layers'>, model: StoredModel, loader: Loader): ExportExample {
  const [first, second] = model.embedding;
  const lines = [
    `import { ${loader.javascriptImports.join(', ')} } from 'node:fs';`,
    ...loader.javascript,
    ...model.embedding.flatMap(decoding),
    '// x W + b, W row by row',
    'const dense = (x, W, b) => Array.from(b, (sum, j) => x.reduce((s, v, i) => s + v * W[i * b.length + j], sum));',
    `const words = JSON.parse(readFileSync('${vocabularyPath}', 'utf8'));`,
    'const rows = new Map(words.map((word, row) => [word, row]));',
    "const tokens = process.argv.length > 2 ? process.argv.slice(2) : ['a', 'fine', 'film']; // cut as config.json says; row 1 is the unknown word",
    'const row = (of, i, columns) => Array.from({ length: columns }, (_, j) => of(i, j));',
    second
      ? `let x = tokens.map((token) => row((i, j) => row(A, i, ${first.columns}).reduce((s, v, k) => s + v * B(k, j), 0), rows.get(token) ?? 1, ${second.columns}));`
      : `let x = tokens.map((token) => row(${first.name}, rows.get(token) ?? 1, ${first.columns}));`,
    ...layers.flatMap((layer) => layerLines(layer)),
    'const p = x.map((z) => Math.exp(z - Math.max(...x)));',
    'const sum = p.reduce((a, b) => a + b);',
    "const { classes } = JSON.parse(readFileSync('config.json', 'utf8'));",
    // biome-ignore lint/suspicious/noTemplateCurlyInString: it is the example's own.
    'classes.forEach((name, c) => console.log(`${name}\\t${x[c].toFixed(6)}\\t${(p[c] / sum).toFixed(6)}`));',
  ];
  return { language: 'javascript', runtime: 'node', install: 'Node 20.19 or newer', code: `${lines.join('\n')}\n` };
}

/** Lines that make a function of row and column, which decodes the number that stands there. */
function decoding({ name, rows, columns, coded }: StoredMatrix): string[] {
  if (!coded) return [`const ${name} = (i, j) => t['${name}'][i * ${columns} + j];`];
  const { levels, meaning } = coded;
  const perRow = coded.codes.length / rows;
  const packed = packing(coded);
  const code =
    packed.kind === 'integers'
      ? `const code${name} = (k) => t['${name}.codes'][k];`
      : `const code${name} = (k) => Math.floor(t['${name}.codes'][Math.floor(k / ${packed.perWord})] / ${levels} ** (k % ${packed.perWord})) % ${levels};`;
  if (meaning.kind === 'vectors') {
    return [
      code,
      `const edges = ${JSON.stringify(meaning.edges)};`,
      `const ${name} = (i, j) => t['${name}.centres'][code${name}(i * ${perRow} + edges.findLastIndex((edge) => edge <= j)) * ${columns} + j];`,
    ];
  }
  const own = `code${name}(i * ${columns} + j)`;
  const scope = { matrix: '0', column: 'j', row: 'i' }[meaning.per];
  if (meaning.kind === 'even') {
    return [code, `const ${name} = (i, j) => t['${name}.lowest'][${scope}] + ${own} * t['${name}.step'][${scope}];`];
  }
  const start = meaning.per === 'matrix' ? '' : `${scope} * ${levels} + `;
  return [code, `const ${name} = (i, j) => t['${name}.levels'][${start}${own}];`];
}

const writers: { [Kind in LayerSpecification['kind']]: (layer: Extract<LayerSpecification, { kind: Kind }>) => string[] } = {
  'embedding-bag-mean': () => ['x = x[0].map((_, j) => x.reduce((s, v) => s + v[j], 0) / x.length);'],
  'embedding-tokens': () => [],
  dense: ({ name, activation }) => {
    const product = `dense(x, t['${name}.weight'], t['${name}.bias'])`;
    return [activation === 'relu' ? `x = ${product}.map((z) => Math.max(0, z));` : `x = ${product};`];
  },
  lstm: ({ name, units, bidirectional, pooling }) => [
    'const sigmoid = (z) => 1 / (1 + Math.exp(-z));',
    'const lstm = (x, name) => {',
    `  let h = Array(${units}).fill(0), c = h;`,
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
    'const windows = (x, n) => {',
    '  const padded = [...x, ...Array(Math.max(0, n - x.length)).fill(x[0].map(() => 0))];',
    '  return padded.slice(n - 1).map((_, i) => padded.slice(i, i + n).flat());',
    '};',
    `x = [${spans.join(', ')}].flatMap((n) => {`,
    `  const all = windows(x, n).map((v) => dense(v, t[\`${name}.\${n}.weight\`], t[\`${name}.\${n}.bias\`]));`,
    '  return all[0].map((_, j) => Math.max(0, ...all.map((y) => y[j])));',
    '});',
  ],
};

function layerLines(layer: LayerSpecification): string[] {
  // Each kind is asked of its own layers only.
  return (writers[layer.kind] as (layer: LayerSpecification) => string[])(layer);
}
